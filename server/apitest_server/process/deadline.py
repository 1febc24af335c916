"""By when something has to happen on a connection."""

import asyncio
from collections.abc import Callable


class Deadline:
    """There is one timer, set again when it rings: deadlines come and go more often than they pass."""

    __slots__ = ("_due", "_loop", "_rings", "_timer", "_too_late")

    def __init__(self, loop: asyncio.AbstractEventLoop, too_late: Callable[[], None]) -> None:
        """Takes what is called when a deadline has passed."""
        self._loop = loop
        self._too_late = too_late
        self._due: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._rings = 0.0

    def expect(self, seconds: float) -> None:
        """Something has to happen within this time."""
        self._due = self._loop.time() + seconds
        if self._timer is None or self._rings > self._due:
            self._set(self._due)

    def lift(self) -> None:
        """It has happened."""
        self._due = None

    def stop(self) -> None:
        """Nothing is expected any longer, and there is no timer."""
        self._due = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set(self, when: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._rings = when
        self._timer = self._loop.call_at(when, self._ring)

    def _ring(self) -> None:
        self._timer = None
        if self._due is None:
            return
        if self._due > self._loop.time():
            self._set(self._due)
        else:
            self._too_late()
