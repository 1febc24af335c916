"""Outgoing ZeroMQ connections, ``self.out.zmq.send(data, "CRM")``."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from apitest_server.errors import ServiceUnavailable
from apitest_server.invoke.crossing import is_cancelled
from apitest_server.invoke.message_body import body_of
from apitest_server.messaging.connection import Note, OutgoingConnection, nothing
from apitest_server.outgoing.connections import Connections
from apitest_server.zmq.link import Link
from apitest_server.zmq.place import Place

if TYPE_CHECKING:
    from zmq.asyncio import Context, Socket

TIMEOUT = 10.0  # seconds that a peer may take to come, or to take a message


class ZMQConnection(OutgoingConnection):
    """One outgoing connection.

    Attributes:
        link: its socket.
    """

    def __init__(self, name: str, place: Place, context: Callable[[], "Context"], note: Note = nothing) -> None:
        """Takes where it leads; opens its socket once it is started."""
        super().__init__("ZeroMQ", name, note)
        self.link = Link(place, self.title, context, self._wait)

    def start(self, after: asyncio.Event | None = None) -> None:
        """Opens the socket once that of the connection before is closed."""
        super().start(after)
        self.link.start(after)

    async def close(self, seconds: float) -> None:
        """Closes the socket; what is being sent is refused."""
        await self.link.close()

    def send(self, data: object, topic: str = "", timeout: float = TIMEOUT) -> Awaitable[None] | None:
        """Sends a message; in an ``async`` service the result has to be awaited.

        ``PUSH`` returns once a peer's connection has taken it, ``PUB`` at once: who has not subscribed misses it.

        Args:
            data: bytes as they are, text in UTF-8, all else as JSON.
            topic: of what is published, if not the message itself begins with it: a frame of its own before the body.
            timeout: seconds that a peer may take.

        Raises:
            ServiceUnavailable: no peer is there, or none has room.
        """
        body, _ = body_of(data)
        frames = [topic.encode("utf-8"), body] if topic else [body]
        self.note(body, f"{self.link.place.address} {topic}".rstrip())
        return self.done(self._send(frames, timeout), timeout)

    def status(self) -> dict[str, object]:
        """What it is doing."""
        return self.link.status()

    async def _wait(self, socket: "Socket") -> None:
        """Services use it."""
        await self.link.leaving.wait()

    async def _send(self, frames: list[bytes], timeout: float) -> None:
        link = self.link
        try:
            async with asyncio.timeout(timeout):
                if link.socket is None or link.leaving.is_set():
                    raise ServiceUnavailable(f"{link.title} was closed")
                socket = await asyncio.shield(link.socket)
                await socket.send_multipart(frames)
        except TimeoutError:
            opened = link.socket is not None and link.socket.done()
            why = f"no peer at {link.place.address} takes it" if opened else link.failure
            raise ServiceUnavailable(f"{link.title} has not sent a message within {timeout:g} s: {why}") from None
        except asyncio.CancelledError:
            if is_cancelled():
                raise
            raise ServiceUnavailable(f"{link.title} was closed before a peer had taken a message") from None


class ZMQConnections(Connections[ZMQConnection]):
    """``self.out.zmq``: the connections by name, and a short way to send."""

    def send(self, data: object, name: str, topic: str = "", timeout: float = TIMEOUT) -> Awaitable[None] | None:
        """Sends a message through the connection of a name; see :meth:`ZMQConnection.send`."""
        return self[name].send(data, topic, timeout)
