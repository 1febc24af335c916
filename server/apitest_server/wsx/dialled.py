"""One WebSocket that this server opens: the other side of :class:`WebSocket`, with the same bounds."""

import asyncio
from collections.abc import Callable, Mapping
from ssl import SSLContext, SSLError
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from apitest_server.errors import ServiceUnavailable
from apitest_server.wsx.endpoint import Bounds, Endpoint
from apitest_server.wsx.library import client_protocol
from apitest_server.wsx.websocket import WebSocket

if TYPE_CHECKING:
    from websockets.client import ClientProtocol
    from websockets.frames import Frame
    from websockets.http11 import Request, Response

_PORTS = {"ws": 80, "wss": 443}
_PING = 9


class Callee(Endpoint, Protocol):
    """What talks through a WebSocket that this server has opened."""

    def pinged(self) -> None:
        """A ping came, and was answered."""


class Address(NamedTuple):
    """Where a WebSocket is opened.

    Attributes:
        url: such as ``wss://example.com/orders``.
        headers: of the request that asks for it.
        tls: how the remote end's certificate is verified; ``None`` without TLS.
    """

    url: str
    headers: Mapping[str, str]
    tls: SSLContext | None


class Dialled(WebSocket):
    """A connection from its handshake on.

    Attributes:
        shaken: done once the handshake is over; or what it failed of.
    """

    __slots__ = ("_address", "_callee", "shaken")
    _other = "the remote end"

    def __init__(self, address: Address, make: "Callable[[Dialled], Callee]", bounds: Bounds) -> None:
        """Takes where it leads, what makes the endpoint once the handshake is over, and its bounds."""
        self._address = address
        self._callee: Callee | None = None
        self.shaken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        super().__init__(make, bounds, _nothing)  # type: ignore[arg-type]  # it is called with this object only

    def _made_protocol(self, bounds: Bounds) -> "ClientProtocol":
        return client_protocol(self._address.url, bounds.message)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvloop's is like one
        """Asks for the WebSocket."""
        super().connection_made(transport)
        protocol = self._protocol
        if TYPE_CHECKING:
            assert isinstance(protocol, ClientProtocol)
        request = protocol.connect()
        for name, value in self._address.headers.items():
            request.headers[name] = value
        protocol.send_request(request)
        self._flush()

    def data_received(self, data: bytes) -> None:
        """Parses what came; an answer that is not one of HTTP ends the handshake."""
        super().data_received(data)
        if not self.shaken.done() and self._protocol.handshake_exc is not None:
            self._refused("It did not answer as a WebSocket server does")

    def connection_lost(self, exc: Exception | None) -> None:
        """Everything is let go."""
        super().connection_lost(exc)
        self._refused("It closed the connection before the WebSocket was open")

    def leave(self, code: int, reason: str) -> None:
        """Sends a Close frame and goes, without waiting for the answer: there may be no event loop to wait on."""
        self.close(code, reason)
        if self._address.tls is None:
            self.transport.close()
        else:
            self.transport.abort()  # What was sent is under way; TLS would be taken leave of for half a minute

    def drop(self) -> None:
        """Lets go of a connection that did not become a WebSocket in time."""
        transport = getattr(self, "transport", None)  # There is none while TLS is being agreed on
        if transport is not None:
            transport.abort()

    def _shake_hands(self, event: "Request | Response") -> None:
        if self._protocol.handshake_exc is not None:
            status = getattr(event, "status_code", 101)
            words = f"It refuses the WebSocket with the status {status}"
            self._refused(words if status != 101 else "It did not answer as a WebSocket server does")
            return
        if not self.shaken.done():  # Else nobody waits for it any longer
            self.shaken.set_result(None)
            self._endpoint = self._make(self)  # type: ignore[operator]  # never a refusal
            self._endpoint.opened()

    def _frame(self, frame: "Frame", endpoint: Endpoint) -> bool:
        is_more = super()._frame(frame, endpoint)
        if frame.opcode == _PING:
            endpoint.pinged()  # type: ignore[attr-defined]  # a Callee, as the constructor wants it
        return is_more

    def _refused(self, why: str) -> None:
        if not self.shaken.done():
            self.shaken.set_exception(ServiceUnavailable(why))
            self.transport.abort()


async def dial(address: Address, make: Callable[[Dialled], Callee], bounds: Bounds, timeout: float) -> Dialled:
    """An open WebSocket, whose endpoint has been told so.

    Args:
        address: where it leads.
        make: makes the endpoint.
        bounds: see there.
        timeout: in seconds, for all of it.

    Raises:
        ServiceUnavailable: it cannot be opened; says why.
    """
    parts = urlsplit(address.url)
    socket: Dialled | None = None

    def made() -> Dialled:
        nonlocal socket
        socket = Dialled(address, make, bounds)
        return socket

    try:
        async with asyncio.timeout(timeout):
            await asyncio.get_running_loop().create_connection(
                made, parts.hostname or "", parts.port or _PORTS[parts.scheme], ssl=address.tls
            )
            assert socket is not None  # The connection has one
            await socket.shaken
            return socket
    except TimeoutError:
        raise ServiceUnavailable(f"It did not open a WebSocket within {timeout:g} s") from None
    except SSLError as error:
        raise ServiceUnavailable(f"TLS: {getattr(error, 'verify_message', '') or error.reason or error}") from None
    except OSError as error:
        raise ServiceUnavailable(error.strerror or str(error)) from None
    finally:
        if socket is not None and not _is_shaken(socket):
            socket.shaken.cancel()
            socket.drop()


def _is_shaken(socket: Dialled) -> bool:
    return socket.shaken.done() and not socket.shaken.cancelled() and socket.shaken.exception() is None


def _nothing(_: WebSocket) -> None:
    """Nobody counts the connections that this server opens."""
