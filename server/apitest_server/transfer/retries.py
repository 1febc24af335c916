"""PURE  When files whose services have failed are tried again: each later than the last time."""

import sys
from collections.abc import Collection

from apitest_server.invoke.backoff import Backoff
from apitest_server.invoke.patience import Patience

_AGAIN = Backoff(sys.maxsize, 1, 2, 300)


class Retries:
    """The files of a directory that have failed, by name. Times are those of a clock that is never set."""

    def __init__(self) -> None:
        self._failed: dict[str, tuple[Patience, float]] = {}

    def is_due(self, name: str, now: float) -> bool:
        """Whether a file may be tried; one that has not failed always."""
        found = self._failed.get(name)
        return found is None or found[1] <= now

    def failed(self, name: str, now: float) -> float:
        """It has failed: returns in how many seconds it is tried again."""
        patience = self._failed[name][0] if name in self._failed else Patience(_AGAIN)
        wait = patience.next()
        self._failed[name] = patience, now + wait
        return wait

    def keep(self, names: Collection[str]) -> None:
        """Forgets all that are not there any longer."""
        self._failed = {name: found for name, found in self._failed.items() if name in names}
