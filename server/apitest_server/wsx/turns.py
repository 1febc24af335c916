"""The messages of one client, one after the other: only so many are worked on at a time, and none overtakes.

But for answers: what is worked on may be waiting for them, so that they are taken while all others wait.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Protocol

AT_ONCE = 16  # Messages of one client that are worked on at the same time; the others wait
AHEAD = 256 * 1024  # bytes of those that wait before the client is not read from any longer
_EACH = 100  # bytes that any message takes beside its own


class Owner(Protocol):
    """Whose messages they are."""

    def take(self, message: str | bytes) -> None:
        """It is this message's turn."""

    def read(self, is_wanted: bool) -> None:
        """Says whether the client is read from."""

    def failed(self, error: BaseException) -> None:
        """Work has ended with an error."""

    def idle(self) -> None:
        """Nothing is being worked on any more."""


class Turns:
    """Whose turn it is."""

    __slots__ = ("_ahead", "_at_once", "_holds", "_is_reading", "_loop", "_overtakes", "_owner", "_queue", "_tasks")

    def __init__(
        self, loop: asyncio.AbstractEventLoop, owner: Owner, overtakes: Callable[[str | bytes], bool] = lambda _: False
    ) -> None:
        """Takes what it works with.

        Args:
            loop: the event loop.
            owner: whose messages they are.
            overtakes: takes a message at once, where so many are being worked on, if it need not wait; whether it did.
        """
        self._loop = loop
        self._owner = owner
        self._overtakes = overtakes
        self._queue: deque[str | bytes] = deque()
        self._ahead = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._at_once = AT_ONCE
        self._holds = 0
        self._is_reading = True

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being worked on."""
        return not self._tasks

    def came(self, message: str | bytes) -> None:
        """A message came: its turn is now, or when others are done."""
        if self._has_room:
            self._owner.take(message)
        elif self._holds or not self._overtakes(message):
            self._queue.append(message)
            self._ahead += len(message) + _EACH
        self._set_reading()

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Begins to work on a message."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def hold(self) -> None:
        """No other message has its turn until ``release``, and nothing is read."""
        self._holds += 1
        self._set_reading()

    def pause(self, seconds: float) -> None:
        """No other message has its turn for a while."""
        self.hold()
        self._loop.call_later(seconds, self.release)

    def release(self) -> None:
        """The next one has its turn, unless something else holds it."""
        self._holds -= 1
        self._go_on()

    def end(self) -> None:
        """No other message has its turn any more, but for what overtakes."""
        self._at_once = 0

    def clear(self) -> None:
        """The client is gone: what waits is dropped, what is being worked on ends by itself."""
        self._queue.clear()
        self._ahead = 0

    @property
    def _has_room(self) -> bool:
        return not self._holds and len(self._tasks) < self._at_once

    def _go_on(self) -> None:
        while self._queue and self._has_room:
            message = self._queue.popleft()
            self._ahead -= len(message) + _EACH
            self._owner.take(message)
        self._set_reading()

    def _set_reading(self) -> None:
        is_wanted = not self._holds and self._ahead < AHEAD
        if is_wanted != self._is_reading:
            self._is_reading = is_wanted
            self._owner.read(is_wanted)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._owner.failed(error)
        self._go_on()
        if not self._tasks:
            self._owner.idle()
