"""The messages of one client, one after the other: only so many are worked on at a time, and none overtakes."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from typing import Protocol

AT_ONCE = 16  # Messages of one client that are worked on at the same time; the others wait, and it is not read from


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

    __slots__ = ("_holds", "_loop", "_owner", "_queue", "_tasks")

    def __init__(self, loop: asyncio.AbstractEventLoop, owner: Owner) -> None:
        self._loop = loop
        self._owner = owner
        self._queue: deque[str | bytes] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._holds = 0

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being worked on."""
        return not self._tasks

    def came(self, message: str | bytes) -> None:
        """A message came: its turn is now, or when others are done."""
        if self._holds:
            self._queue.append(message)
        else:
            self._owner.take(message)

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Begins to work on a message."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        if len(self._tasks) == AT_ONCE:
            self.hold()

    def hold(self) -> None:
        """No other message has its turn until ``release``."""
        self._holds += 1
        if self._holds == 1:
            self._owner.read(False)

    def pause(self, seconds: float) -> None:
        """No other message has its turn for a while."""
        self.hold()
        self._loop.call_later(seconds, self.release)

    def release(self) -> None:
        """The next one has its turn, unless something else holds it."""
        self._holds -= 1
        while self._queue and not self._holds:
            self._owner.take(self._queue.popleft())
        if not self._holds:
            self._owner.read(True)

    def clear(self) -> None:
        """The client is gone: what waits is dropped, what is being worked on ends by itself."""
        self._queue.clear()

    def _done(self, task: "asyncio.Task[None]") -> None:
        was_full = len(self._tasks) == AT_ONCE
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._owner.failed(error)
        if was_full:
            self.release()
        if not self._tasks:
            self._owner.idle()
