"""PURE  How often a caller may do something in a stretch of time, in bounded memory."""

from collections import OrderedDict
from collections.abc import Hashable

SIZE = 10_000  # callers that are kept; of more, those are forgotten that began the longest ago


class Quota:
    """So many times in so many seconds, by caller; the stretch begins with a caller's first time."""

    def __init__(self, times: int, seconds: float, size: int = SIZE) -> None:
        self._times = times
        self._seconds = seconds
        self._size = size
        self._known: OrderedDict[Hashable, tuple[float, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def take(self, caller: Hashable, now: float) -> float:
        """Counts one more time: 0 if it is allowed, else the seconds until the next one is."""
        began, count = self._known.get(caller, (now, 0))
        if not began <= now < began + self._seconds:
            self._known.pop(caller, None)
            began, count = now, 0
        if count >= self._times:
            return began + self._seconds - now
        self._known[caller] = began, count + 1
        if len(self._known) > self._size:
            self._known.popitem(last=False)
        return 0.0
