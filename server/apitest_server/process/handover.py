"""An HTTP request that becomes a WebSocket: what is handed over of it, and what happens when that is gone."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

import httptools

from apitest_server.process.connections import Connections


def path_of(url: bytes) -> str:
    """The path in a request line, decoded."""
    return unquote(httptools.parse_url(url).path.decode("ascii"))


def head_of(scope: Mapping[str, Any], url: bytes) -> bytes:
    """Request line and headers as bytes, with which a WebSocket begins.

    Args:
        scope: of the request, as ASGI has it.
        url: as it stood in the request line.
    """
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    line = b"%s %s HTTP/%s" % (scope["method"].encode("ascii"), url, scope["http_version"].encode("ascii"))
    return b"\r\n".join([line, *(b"%s: %s" % header for header in headers), b"", b""])


def left(connected: Connections, address: str, connections: set[Any], socket: object) -> None:
    """A WebSocket is gone: it no longer counts, and the server does not wait for it when it stops.

    Args:
        connected: who is connected.
        address: of the client.
        connections: those that the server waits for.
        socket: the WebSocket.
    """
    connections.discard(socket)
    connected.leave(address)
