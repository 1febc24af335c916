"""Signals to the parent of workers, as something that it can wait for together with what workers tell."""

import os
import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self


class Alarm:
    """Counts Ctrl-C and SIGTERM while it is open; a context manager.

    Args:
        at_once: called at the second one, which also raises KeyboardInterrupt.

    Attributes:
        descriptor: can be read when there was a signal.
        reason: why the run is to end; empty while it is not.
    """

    def __init__(self, at_once: Callable[[], None]) -> None:
        self._at_once = at_once
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
        self.reason = ""

    def __enter__(self) -> Self:
        self.descriptor, self._woken = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self.descriptor, False)
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self.descriptor)
        os.close(self._woken)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if self.reason:
            self._at_once()
            raise KeyboardInterrupt
        self.reason = "KeyboardInterrupt" if number == signal.SIGINT else "Terminated"
        os.write(self._woken, b".")
