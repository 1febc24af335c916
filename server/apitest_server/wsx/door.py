"""Where WebSockets come in: who asks for which path at which port, and what becomes of it."""

from collections.abc import Callable
from typing import NamedTuple

from apitest_server.service.asgi import RawHeaders, Receive, Scope, Send
from apitest_server.wsx.backend import Backend
from apitest_server.wsx.channels import Channel, Channels
from apitest_server.wsx.client import Client
from apitest_server.wsx.endpoint import Bounds, Refusal
from apitest_server.wsx.websocket import WebSocket

UNSENT = 1024 * 1024  # bytes that may wait for a client to read, next to one message of the largest size


class Visit(NamedTuple):
    """An HTTP request to upgrade.

    Attributes:
        path: decoded, without the query string.
        headers: names in lower case.
        address: of the client; of the first one, where a trusted proxy stands between.
        local: the server's address and port.
        left: called when the connection is gone.
    """

    path: str
    headers: RawHeaders
    address: str
    local: str
    left: Callable[[WebSocket], None]


class Door:
    """The entry at one port.

    Attributes:
        port: of channels of their own, where nothing else is; 0 is the server's.
    """

    def __init__(self, channels: Channels, backend: Backend, write_timeout: float, port: int = 0) -> None:
        """Takes what it works with.

        Args:
            channels: what there is.
            backend: answers clients.
            write_timeout: seconds that a client may go without reading.
            port: see above.
        """
        self._channels = channels
        self._backend = backend
        self._write_timeout = write_timeout
        self.port = port

    def knows(self, path: str) -> bool:
        """Whether there is a WebSocket channel; any other request to upgrade is answered as if it were none."""
        return self._channels.find(self.port, path) is not None

    def enter(self, visit: Visit) -> WebSocket:
        """What speaks with the client from its handshake on."""
        channel = self._channels.find(self.port, visit.path)
        if channel is None:  # It was there a moment ago
            return WebSocket(Refusal(404, "Not found\n"), Bounds(0, 0, self._write_timeout), visit.left)
        settings = channel.settings
        bounds = Bounds(
            settings.max_message_size,
            UNSENT + settings.max_message_size,
            self._write_timeout,
            settings.compression,
            settings.origins,
        )
        return WebSocket(self._maker(channel, visit), bounds, visit.left)

    def _maker(self, channel: Channel, visit: Visit) -> Callable[[WebSocket], Client] | Refusal:
        if not channel.admits(visit.address):
            return Refusal(503, "Too many connections\n")
        return lambda socket: Client(socket, channel, self._backend, visit.address, visit.local)


async def nothing_else(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers what is not a WebSocket where nothing else is: an ASGI application."""
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
