"""An outgoing connection that stays connected, and sends what services give it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeVar

from apitest_server.invoke.crossing import here_or_awaited
from apitest_server.messaging.user import User

T = TypeVar("T")
Note = Callable[[bytes, str], None]  # A body, and where it is sent


def nothing(body: bytes, where: str) -> None:
    """Takes note of nothing."""


class OutgoingConnection(User):
    """What outgoing connections of all technologies have in common.

    Attributes:
        name: its name.
        title: such as ``Outgoing Kafka connection `CRM```.
        note: takes note of what is sent.
    """

    def __init__(self, technology: str, name: str, note: Note = nothing) -> None:
        """Takes what it is called; ``technology`` is for people, such as ``Kafka``."""
        super().__init__()
        self.name = name
        self.title = f"Outgoing {technology} connection `{name}`"
        self.note = note
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, after: asyncio.Event | None = None) -> None:
        """Services can use it from now on."""
        self._loop = asyncio.get_running_loop()

    def done(self, work: Coroutine[None, None, T], timeout: float) -> T | Awaitable[T]:
        """What a coroutine returns; an ``async`` service has to await it.

        Raises:
            ServiceUnavailable: the server is starting or stopping.
            ServiceTimeout: it took too long.
        """
        return here_or_awaited(self._loop, work, self.name, timeout)
