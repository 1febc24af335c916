"""PURE  For what fails again and again: when it is tried next, and which of its failures are logged."""

import sys

from apitest_server.invoke.backoff import Backoff

LOGGED = Backoff(sys.maxsize, 60, 2, 3600)


class Patience:
    """Waiting times, each longer than the one before, until something has worked.

    Attributes:
        wait: the time that comes next, in seconds, before chance has shortened it.
    """

    __slots__ = ("_backoff", "_delays", "wait")

    def __init__(self, backoff: Backoff) -> None:
        self._backoff = backoff
        self.wait = 0.0
        self.reset()

    def next(self, chance: float = 1.0) -> float:
        """Seconds to wait now: from half of the time to all of it, as a random number from 0 to 1 has it.

        So servers that have lost the same neighbour do not come back to it all at once.
        """
        wait = self.wait * (0.5 + chance / 2)
        self.wait = next(self._delays, self.wait)
        return wait

    def reset(self) -> None:
        """It has worked."""
        self._delays = self._backoff.delays()
        self.wait = next(self._delays, 0.0)


class Complaints:
    """Which failures are logged: the first one, another a minute later at the earliest, then fewer and fewer.

    Attributes:
        unsaid: how many were not logged since the last one that was.
    """

    __slots__ = ("_is_news", "_next", "_patience", "unsaid")

    def __init__(self) -> None:
        self._patience = Patience(LOGGED)
        self._next = float("-inf")
        self._is_news = True
        self.unsaid = 0

    def is_due(self, now: float) -> bool:
        """Whether a failure at this moment, in seconds of a clock that is never set, is logged."""
        if now < self._next:
            self.unsaid += 1
            return False
        self._next = now + self._patience.next()
        self._is_news = True
        return True

    def said(self) -> int:
        """How many were not logged; from here on they are counted anew."""
        unsaid, self.unsaid = self.unsaid, 0
        return unsaid

    def is_news(self) -> bool:
        """Whether it is worth a line that it has worked: the first time, and after a failure that was logged."""
        is_news, self._is_news = self._is_news, False
        return is_news

    def over(self) -> None:
        """It works again: the next failure is news, unless the last one was logged a moment ago."""
        self._patience.reset()
