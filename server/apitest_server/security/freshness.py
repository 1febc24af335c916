"""Security as the ODB has it: what another server of the same ODB changed or deleted counts here a moment later."""

import time
from collections.abc import Callable

from apitest_server.errors import ServiceUnavailable, StartError
from apitest_server.odb import ODB
from apitest_server.odb.live import LiveObjects

INTERVAL = 1.0  # seconds; for so long a definition that was deleted on another server may still be accepted
PREFIX = "security."  # What the kinds of these objects begin with


class Freshness:
    """Reads the objects of security again when they are older than ``INTERVAL``."""

    def __init__(self, odb: ODB, live: LiveObjects, clock: Callable[[], float] = time.monotonic) -> None:
        """Takes the ODB, what makes its objects effective, and seconds that only grow."""
        self._odb = odb
        self._live = live
        self._clock = clock
        self._until = clock() + INTERVAL

    @property
    def is_due(self) -> bool:
        """Whether what is known may be out of date."""
        return self._clock() >= self._until

    def refresh(self) -> None:
        """Makes effective what has changed; takes about a millisecond, so it belongs in a thread.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        try:
            with self._odb.changing:
                self._live.refresh(PREFIX, self._odb.load(PREFIX))
        except StartError:
            raise ServiceUnavailable("The server's database cannot be reached") from None
        self._until = self._clock() + INTERVAL
