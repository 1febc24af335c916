"""The time in UTC by a clock that is never set: it begins with another clock and goes on by the monotonic one."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class SteadyClock:
    """Now, in UTC, whatever happens to the clock that it began with when it was asked first."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        """Takes what it begins with: seconds since 1970."""
        self._now = now
        self._ahead: float | None = None

    def __call__(self) -> datetime:
        """Now."""
        if self._ahead is None:
            self._ahead = self._now() - time.monotonic()
        return datetime.fromtimestamp(time.monotonic() + self._ahead, UTC)
