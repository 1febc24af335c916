"""What one exchange may take of time and of header bytes.

A time-out of a socket is one for each read: a server that sends a byte now and then never meets it. Here each read and
each write has what is left of the time of the whole exchange, whatever it waits for: a status line, headers, the size
of a chunk, a trailer, a TLS record, the end of an upload.
"""

import socket
import time
from collections.abc import Iterable
from typing import Any

from apitest.expressions import expression
from apitest.language.sizes import show_size

HEADER_BYTES = 1_000_000
_SHORT_LABELS = expression(r"(?:[A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}")


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


class NotConnected(Exception):
    """There is no connection; the cause says why."""


class NotConnectedInTime(NotConnected):
    """It took too long."""


class BadHost(NotConnected):
    """The host's name cannot be that of a host."""


class UnknownHost(NotConnected):
    """The host's name has no address."""


def connected(
    host: str, port: int, limits: Limits, make: type[socket.socket] = socket.socket, options: Iterable[Any] = ()
) -> socket.socket:
    """A new socket, connected to the first address of the host that takes it.

    Args:
        host: its name, or an address, without brackets.
        port: its port.
        limits: of the exchange that it is for.
        make: the class of the socket.
        options: as `socket.setsockopt` takes them.

    Raises:
        NotConnected: with its cause.
        TimeoutError: there is no time left at all.
    """
    try:
        # As bytes it need not be encoded: the codec takes its time to import.
        name = host.encode() if _SHORT_LABELS.fullmatch(host) else host
        addresses = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise BadHost(f"{host!r}, label empty or too long") from None
    except socket.gaierror as error:
        raise UnknownHost(str(error)) from error
    try:
        return _first(addresses, limits, make, options)
    except TimeoutError as error:
        raise NotConnectedInTime(f"Connection to {host} timed out") from error
    except OSError as error:
        raise NotConnected(f"Failed to establish a new connection: {error}") from error


def _first(
    addresses: Iterable[tuple[Any, ...]], limits: Limits, make: type[socket.socket], options: Iterable[Any]
) -> socket.socket:
    problem = OSError("the name has no address")
    for family, kind, protocol, _, address in addresses:
        made = make(family, kind, protocol)
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
