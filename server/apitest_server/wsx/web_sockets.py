"""WebSocket channels as the rest of the server uses them: ``server.components[WEB_SOCKETS]``."""

import asyncio
from collections.abc import Iterator

from apitest_server.components import Key
from apitest_server.config import WebSocketChannel
from apitest_server.errors import NotFound
from apitest_server.invoke.reply import encode
from apitest_server.wsx.backend import Backend
from apitest_server.wsx.channels import Channel, Channels, Connected
from apitest_server.wsx.door import Door
from apitest_server.wsx.ports import Ports

RESTARTED = 1012


class WebSockets:
    """The channels, their ports, and who is connected.

    Attributes:
        channels: those that are served.
        ports: that channels have of their own.
        taps: what administrators watch.
    """

    def __init__(self, channels: Channels, backend: Backend, write_timeout: float, host: str) -> None:
        """Takes what it works with.

        Args:
            channels: those of server.conf.
            backend: answers clients.
            write_timeout: seconds that a client may go without reading.
            host: that a port of its own listens on where the channel does not say so.
        """
        self.channels = channels
        self.ports = Ports()
        self.taps = backend.taps
        self.taps.clients = self.clients
        self._backend = backend
        self._write_timeout = write_timeout
        self._host = host
        self._loop: asyncio.AbstractEventLoop | None = None
        self.ports.want(self._addresses())

    def door(self, port: int = 0) -> Door:
        """The entry at a port; 0 is the server's."""
        return Door(self.channels, self._backend, self._write_timeout, port)

    def check(self, number: int, settings: WebSocketChannel) -> None:
        """Refuses a channel that could not be served.

        Raises:
            BadRequest: its path or its port is taken.
        """
        self.channels.check(number, settings)
        if settings.port:
            self.ports.check(settings.host or self._host, settings.port)

    def serve(self, number: int, settings: WebSocketChannel | None) -> None:
        """Serves a channel from now on, or not any longer; called in any thread but the loop's.

        Raises:
            BadRequest: its port cannot be opened.
        """
        closed = self.channels.serve(number, settings)
        if closed is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(_disconnect_all, closed)
        self.ports.want(self._addresses())

    def start(self) -> None:
        """Clients can connect from now on."""
        self._loop = asyncio.get_running_loop()

    def close(self) -> None:
        """The server has ended."""
        self.ports.close()
        self._loop = None

    def clients(self) -> Iterator[Connected]:
        """Everybody that is connected to this server."""
        for channel in self.channels:
            yield from list(channel.clients.values())

    def find(self, connection: str) -> Connected | None:
        """A client of this server by the ID of its connection."""
        for channel in self.channels:
            client = channel.clients.get(connection)
            if client is not None:
                return client
        return None

    def broadcast(self, number: int, data: object) -> int:
        """Sends a request to everybody with a session on a channel; returns to how many. On the event loop.

        Raises:
            NotFound: there is no such channel, or it is not active.
        """
        channel = self.channels.get(number)
        if channel is None:
            raise NotFound(f"There is no active WebSocket channel with ID {number}")
        data_json = encode(data).decode("utf-8")
        return sum(client.tell(data_json) for client in list(channel.clients.values()))

    def _addresses(self) -> set[tuple[str, int]]:
        settings = [channel.settings for channel in self.channels]
        return {(one.host or self._host, one.port) for one in settings if one.port}


def _disconnect_all(channel: Channel) -> None:
    for client in list(channel.clients.values()):
        client.disconnect("The channel is closed", RESTARTED)


WEB_SOCKETS: Key[WebSockets] = Key("web_sockets")
