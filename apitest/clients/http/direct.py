"""Sends requests straight to their servers, over connections that are kept for the next request."""

import socket
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from apitest.clients.http import limits as http_limits
from apitest.clients.http import wire
from apitest.clients.http.limits import Limits, TooLarge
from apitest.clients.http.message import REDIRECTS, Outgoing, Received, merged
from apitest.clients.http.reader import Reader
from apitest.clients.http.settings import RequestSettings
from apitest.clients.http.stream import Stream
from apitest.clients.http.url import origin
from apitest.clients.http.wire import Head

if TYPE_CHECKING:
    from apitest.clients.http.pools import Adapter

_MOST_IDLE = 10  # connections that are kept for further requests
_OPTIONS = ((socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),)


class _Peer(NamedTuple):
    """Who is at the other end, and what was asked of the connection."""

    origin: tuple[str, str, int]
    verify: bool | str
    certificate: tuple[str, str] | None


class _Connection(NamedTuple):
    stream: Stream
    reader: Reader


class Direct:
    """The transport for requests that go to their server without a proxy.

    Args:
        limits: of the exchange that runs.
        ca_bundle: the certificates to trust; True for those that requests brings.
    """

    def __init__(self, limits: Limits, ca_bundle: str | bool) -> None:
        self._limits = limits
        self._ca_bundle = ca_bundle
        self._idle: dict[_Peer, _Connection] = {}
        self._tls: Adapter | None = None

    def send(self, request: Outgoing, settings: RequestSettings, size: int) -> Received:
        """Sends a request and reads the whole answer.

        Args:
            request: whose URL is ready.
            settings: how it is sent.
            size: bytes that the body of the answer may have.

        Raises:
            NotConnected, TooLarge, OSError, http.client.HTTPException: no complete answer came.
        """
        verify = self._ca_bundle if settings.verify is True else settings.verify
        certificate = settings.certificate
        where = origin(request.url)
        peer = _Peer(where, verify, certificate) if where[0] == "https" else _Peer(where, False, None)
        connection = self._connection(peer, request.url)
        self._limits.await_headers()
        try:
            head, body, lasts = self._exchange(connection, request, size)
        except BaseException:
            connection.stream.close()
            raise
        if lasts and not connection.reader.has_more():
            self._keep(peer, connection)
        else:
            connection.stream.close()
        answer = Received(head.status, head.reason, request.url, merged(head.fields), head.fields, body, request)
        if body and "Content-Encoding" in answer.headers:
            from apitest.clients.http.unpacking import unpack

            unpack(answer, self._limits, size)
        return answer

    def close(self) -> None:
        """Ends the connections that were kept."""
        for connection in self._idle.values():
            connection.stream.close()
        self._idle.clear()

    def _connection(self, peer: _Peer, url: str) -> _Connection:
        """The connection of the last request to the same server, else a new one."""
        kept = self._idle.pop(peer, None)
        if kept is not None:
            if kept.stream.is_quiet():
                return kept
            kept.stream.close()
        scheme, host, port = peer.origin
        if scheme == "https":
            made: socket.socket = self._adapter().tls_socket(url, peer.verify, peer.certificate)
        else:
            made = http_limits.connected(host, port, self._limits, options=_OPTIONS)
        stream = Stream(made, self._limits)
        return _Connection(stream, Reader(stream.receive))

    def _adapter(self) -> "Adapter":
        """What opens connections with TLS; it and what it needs take their time to import."""
        if self._tls is None:
            from apitest.clients.http.pools import Adapter

            self._tls = Adapter(self._limits)
        return self._tls

    def _keep(self, peer: _Peer, connection: _Connection) -> None:
        while len(self._idle) >= _MOST_IDLE:
            self._idle.pop(next(iter(self._idle))).stream.close()
        self._idle[peer] = connection

    def _exchange(self, connection: _Connection, request: Outgoing, size: int) -> tuple[Head, bytes, bool]:
        """The head of the answer, its body as it was sent, and whether the connection can be used again."""
        # A server may answer before it has read all, and close.
        with suppress(BrokenPipeError, ConnectionResetError):
            for piece in wire.pieces(request):
                connection.stream.send(piece)
        head = connection.reader.head()
        self._limits.await_body()
        try:
            body, lasts = connection.reader.body(head, request.method, size)
        except Exception as error:
            if isinstance(error, TooLarge) or head.status not in REDIRECTS or head.first("location") is None:
                raise
            body, lasts = b"", False  # what is wrong with a page that nobody looks at does not matter
        return head, body, lasts
