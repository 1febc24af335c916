"""What a room is to the server: ``open_room(server)`` is called once, at start, and the server keeps what it returns.

A room has a module ``room.py`` with ``open_room`` and a line in ``app.ROOMS``. It puts what services may use into
``server.components``, and finds there what the rooms before it have put in.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from apitest_server.config import Config
from apitest_server.odb.live import Live
from apitest_server.service.base import Server


class Host(Server, Protocol):
    """The server that a room is opened in."""

    config: Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """An open room.

    Attributes:
        kinds: kind of objects -> a function that returns what makes them effective. It is called with the first object
            of the kind, so that a kind without objects costs a start nothing.
        start: called when the server begins to answer.
        close: called when the server has answered its last request; what it returns is awaited.
    """

    kinds: Mapping[str, Callable[[], Live]] = field(default_factory=dict)
    start: Callable[[], None] | None = None
    close: Callable[[], Awaitable[None] | None] | None = None


class Opener(Protocol):
    """The module ``room.py`` of a room."""

    def open_room(self, server: Host) -> Room:
        """Opens the room."""
