"""A WebSocket's handshake and the frames that went over it, as reports show them."""

from itertools import islice
from typing import TYPE_CHECKING

from apitest.clients.http.exchange import printable
from apitest.events import Exchange
from apitest.language.shortening import cut

if TYPE_CHECKING:
    from apitest.clients.websocket.connection import WebSocketConnection
    from apitest.clients.websocket.handshake import Handshake

_LIMIT = 10_000  # characters of the body of a refusal
_LATEST = 20  # frames in a failure


def of_handshake(url: str, handshake: "Handshake") -> Exchange:
    """The request for a WebSocket and its answer; secrets are taken out where the event is emitted."""
    return Exchange(
        protocol="WebSocket",
        request=f"GET {url}",
        request_headers=handshake.sent,
        response=f"{handshake.status} {handshake.reason}".strip() if handshake.status else "",
        response_headers=handshake.headers,
        response_body=cut(printable(handshake.body), _LIMIT),
    )


def make(connection: "WebSocketConnection") -> Exchange:
    """The handshake of a connection and the latest of its frames."""
    frames = tuple(connection.log.frames)
    return of_handshake(connection.url, connection.handshake)._replace(frames=frames[-_LATEST:])


def since(connection: "WebSocketConnection", told: int | None) -> Exchange:
    """The frames that came after so many; the handshake as well if it was not told yet, which None stands for."""
    frames, logged = tuple(connection.log.frames), connection.log.number
    new = tuple(islice(frames, max(len(frames) - (logged - (told or 0)), 0), None))
    if told is not None:
        return Exchange("WebSocket", f'WebSocket "{connection.name}"', frames=new)
    return of_handshake(connection.url, connection.handshake)._replace(frames=new)
