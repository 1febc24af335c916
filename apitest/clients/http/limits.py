"""What one exchange may take of time and of header bytes, kept by the sockets themselves.

A time-out of a socket is one for each read: a server that sends a byte now and then never meets it. Here each read and
each write has what is left of the time of the whole exchange, whichever library is above, and whatever it waits for: a
status line, headers, the size of a chunk, a trailer, a TLS record, the end of an upload.
"""

import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, LocationParseError, NameResolutionError, NewConnectionError

from apitest.language.sizes import show_size

HEADER_BYTES = 1_000_000


class TooLarge(Exception):
    """The server sends more than a response may have; the text says of what."""


class Limits:
    """What is left to the exchange that runs; all sockets of a session have the same.

    Attributes:
        deadline: by the monotonic clock; all of the exchange, redirects and sign-in included, ends by then.
    """

    def __init__(self) -> None:
        self.deadline = 0.0
        self._header_bytes = 0.0

    def start(self, seconds: float) -> None:
        """An exchange begins, which may take so many seconds."""
        self.deadline = time.monotonic() + seconds

    def await_headers(self) -> None:
        """From now on the bytes that come are those of headers."""
        self._header_bytes = HEADER_BYTES

    def await_body(self) -> None:
        """From now on the bytes that come are counted by who reads the body."""
        self._header_bytes = float("inf")

    def seconds(self) -> float:
        """The seconds that are left.

        Raises:
            TimeoutError: there are none.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left

    def took(self, size: int) -> int:
        """Counts bytes that came; returns their number.

        Raises:
            TooLarge: those of headers are too many.
        """
        self._header_bytes -= size
        if self._header_bytes < 0:
            raise TooLarge(f"headers of more than {show_size(HEADER_BYTES)}")
        return size


class _Limited:
    """The part of a socket that waits, with what is left of the time."""

    limits: Limits
    settimeout: Any

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        self.settimeout(self.limits.seconds())
        return self.limits.took(super().recv_into(*arguments, **named))  # type: ignore[misc]  # the socket's

    def recv(self, *arguments: Any) -> bytes:
        self.settimeout(self.limits.seconds())
        data: bytes = super().recv(*arguments)  # type: ignore[misc]  # the socket's
        self.limits.took(len(data))
        return data

    def send(self, *arguments: Any) -> int:
        self.settimeout(self.limits.seconds())
        return super().send(*arguments)  # type: ignore[misc,no-any-return]  # the socket's

    def sendall(self, *arguments: Any) -> None:
        self.settimeout(self.limits.seconds())
        super().sendall(*arguments)  # type: ignore[misc]  # the socket's


class _PlainSocket(_Limited, socket.socket):
    pass


class _TLSSocket(_Limited, ssl.SSLSocket):
    pass


def pool_classes(limits: Limits) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's pools, by scheme, whose connections keep to these limits."""

    class Connection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, limits)

    class TLSConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, limits)

        def connect(self) -> None:
            super().connect()
            if type(self.sock) is ssl.SSLSocket:  # there is no way to say which class urllib3 should make
                self.sock.__class__ = _TLSSocket
                self.sock.limits = limits  # type: ignore[attr-defined]  # of the class that it is now

    class Pool(HTTPConnectionPool):
        ConnectionCls = Connection

    class TLSPool(HTTPSConnectionPool):
        ConnectionCls = TLSConnection

    return {"http": Pool, "https": TLSPool}


def _connected(connection: HTTPConnection, limits: Limits) -> socket.socket:
    """A new socket, connected to the first address of the host that takes it; the errors are urllib3's own."""
    host = connection._dns_host.strip("[]")
    try:
        addresses = socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise LocationParseError(f"{host!r}, label empty or too long") from None
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    try:
        return _first(addresses, connection.socket_options or (), limits)
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, f"Connection to {connection.host} timed out") from error
    except OSError as error:
        raise NewConnectionError(connection, f"Failed to establish a new connection: {error}") from error


def _first(addresses: Iterable[tuple[Any, ...]], options: Iterable[tuple[Any, ...]], limits: Limits) -> socket.socket:
    problem = OSError("the name has no address")
    for family, kind, protocol, _, address in addresses:
        made = _PlainSocket(family, kind, protocol)
        made.limits = limits
        try:
            for option in options:
                made.setsockopt(*option)
            made.settimeout(limits.seconds())
            made.connect(address)
        except OSError as error:
            made.close()
            problem = error
        else:
            return made
    raise problem
