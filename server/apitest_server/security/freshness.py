"""Security as the ODB has it, also while other servers of the same ODB are not heard: nobody gets in by mistake."""

import time
from collections.abc import Callable

from apitest_server.errors import ServiceUnavailable, StartError
from apitest_server.odb import ODB
from apitest_server.odb.live import LiveObjects

INTERVAL = 1.0  # seconds; for so long a definition that was deleted on another server may still be accepted
PREFIX = "security."  # What the kinds of these objects begin with


class Freshness:
    """Reads the objects of security again when they are older than ``INTERVAL``, while no server would be heard."""

    def __init__(
        self,
        odb: ODB,
        live: LiveObjects,
        are_current: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Takes what it works with.

        Args:
            odb: the ODB.
            live: what makes its objects effective.
            are_current: whether what others change is heard of, so that there is no need to look.
            clock: seconds that only grow.
        """
        self._are_current = are_current
        self._odb = odb
        self._live = live
        self._clock = clock
        self._until = clock() + INTERVAL

    @property
    def is_due(self) -> bool:
        """Whether what is known may be out of date."""
        return self._clock() >= self._until and not self._are_current()

    def refresh(self) -> None:
        """Makes effective what has changed; takes about a millisecond, so it belongs in a thread.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        try:
            with self._odb.changing:
                self._live.refresh(self._odb.load(PREFIX), lambda item: item.kind.startswith(PREFIX))
        except StartError:
            raise ServiceUnavailable("The server's database cannot be reached") from None
        self._until = self._clock() + INTERVAL
