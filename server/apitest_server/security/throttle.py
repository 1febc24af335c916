"""PURE  Slower and slower: how long a caller has to wait before the next attempt, after how many that failed."""

from collections import OrderedDict
from collections.abc import Hashable

FREE = 5  # Attempts that may fail before there is any wait: people mistype
FIRST = 0.1
LONGEST = 10.0
FORGOTTEN_AFTER = 900.0
SIZE = 10_000


class Throttle:
    """Failures by caller, in bounded memory; all times are seconds of one clock.

    After ``FREE`` failures in a row an attempt has to wait ``FIRST`` seconds, and twice as long after each further
    one, up to ``LONGEST``. A success, or ``FORGOTTEN_AFTER`` seconds without an attempt, clears the record. Of more
    than ``size`` callers those are forgotten that failed the longest ago.
    """

    def __init__(self, size: int = SIZE) -> None:
        self._failures: OrderedDict[Hashable, tuple[int, float]] = OrderedDict()
        self._size = size

    def __len__(self) -> int:
        return len(self._failures)

    def delay(self, caller: Hashable, now: float) -> float:
        """How long the caller's next attempt has to wait."""
        count, last = self._failures.get(caller, (0, now))
        if now - last > FORGOTTEN_AFTER:
            del self._failures[caller]
            return 0.0
        if count < FREE:
            return 0.0
        return float(min(LONGEST, FIRST * 2 ** min(count - FREE, 30)))

    def failed(self, caller: Hashable, now: float) -> None:
        """Takes note of an attempt that failed."""
        count, _ = self._failures.pop(caller, (0, now))
        self._failures[caller] = (count + 1, now)
        if len(self._failures) > self._size:
            self._failures.popitem(last=False)

    def succeeded(self, caller: Hashable) -> None:
        """Clears the caller's record."""
        self._failures.pop(caller, None)
