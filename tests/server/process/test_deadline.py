"""Tests of apitest_server.process.deadline, with a clock that is set by hand."""

import asyncio
from collections.abc import Callable
from typing import cast

from apitest_server.process.deadline import Deadline


class Loop:
    """What a deadline needs of an event loop."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[Timer] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, function: Callable[[], None]) -> "Timer":
        self.timers.append(Timer(self, when, function))
        return self.timers[-1]

    def pass_to(self, now: float) -> None:
        self.now = now
        for timer in [timer for timer in self.timers if timer.when <= now]:
            self.timers.remove(timer)
            timer.function()


class Timer:
    def __init__(self, loop: Loop, when: float, function: Callable[[], None]) -> None:
        self.loop, self.when, self.function = loop, when, function

    def cancel(self) -> None:
        if self in self.loop.timers:
            self.loop.timers.remove(self)


def test_a_deadline_passes_once() -> None:
    """Not one that was lifted, and one that was moved at its new time; there is a single timer at a time."""
    loop, late = Loop(), list[float]()
    deadline = Deadline(cast(asyncio.AbstractEventLoop, loop), lambda: late.append(loop.now))
    deadline.expect(5)
    deadline.lift()
    loop.pass_to(5)
    assert (late, loop.timers) == ([], [])
    deadline.expect(5)
    loop.pass_to(7)
    deadline.expect(10)
    assert len(loop.timers) == 1
    loop.pass_to(10)
    loop.pass_to(17)
    assert late == [17]
    deadline.expect(9)
    deadline.expect(1)
    loop.pass_to(18)
    assert (late, loop.timers) == ([17, 18], [])


def test_a_deadline_that_was_stopped_has_no_timer() -> None:
    """Nothing is called any more."""
    loop, late = Loop(), list[float]()
    deadline = Deadline(cast(asyncio.AbstractEventLoop, loop), lambda: late.append(loop.now))
    deadline.stop()
    deadline.expect(1)
    deadline.stop()
    loop.pass_to(2)
    assert (late, loop.timers) == ([], [])
