"""Runs what may never come to an end, or would end the thread that it runs in, in a thread of its own."""

import ctypes
import sys
from collections.abc import Callable
from threading import Thread
from traceback import walk_stack
from typing import Generic, TypeVar

T = TypeVar("T")


class Overdue(Exception):
    """It took too long.

    Attributes:
        places: where it was then, ``file:line``, innermost first.
    """

    def __init__(self, places: list[str]) -> None:
        super().__init__(places)
        self.places = places


class Raised(Exception):
    """It raised something, which may be more than an ``Exception``.

    Attributes:
        error: what it was.
    """

    def __init__(self, error: BaseException) -> None:
        super().__init__(error)
        self.error = error


class _GiveUp(BaseException):
    """Raised in a thread that nobody waits for any more."""


class _Attempt(Thread, Generic[T]):
    def __init__(self, function: Callable[[], T]) -> None:
        super().__init__(name="import", daemon=True)
        self.function = function
        self.result: list[T] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result.append(self.function())
        except BaseException as error:  # SystemExit, for example, is for whoever waits
            self.error = error

    def places(self) -> list[str]:
        frame = sys._current_frames().get(self.ident or 0)
        return [f"{one.f_code.co_filename}:{line}" for one, line in walk_stack(frame)] if frame else []

    def give_up(self) -> None:
        """Ends the thread once it runs Python again; one that waits in the system for ever stays."""
        if self.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.ident), ctypes.py_object(_GiveUp))


def within(seconds: float, function: Callable[[], T]) -> T:
    """What a function returns.

    Raises:
        Overdue: it did not return in time.
        Raised: it raised.
    """
    attempt = _Attempt(function)
    attempt.start()
    attempt.join(seconds)
    if attempt.is_alive():
        places = attempt.places()
        attempt.give_up()
        raise Overdue(places)
    if attempt.error is not None:
        raise Raised(attempt.error)
    return attempt.result[0]
