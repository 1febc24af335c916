"""The bytes of one connection: nothing waits longer than its exchange may take."""

import select
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from apitest.clients.http.limits import Limits

if TYPE_CHECKING:
    import ssl

_CHUNK = 65_536
_READ, _WRITE = 1, 4  # as poll has them


class Stream:
    """A connected socket, which is tried first and waited for where that is not enough.

    Args:
        sock: connected; after the TLS handshake where there is TLS.
        limits: of the exchange that runs.
    """

    def __init__(self, sock: "socket.socket | ssl.SSLSocket", limits: Limits) -> None:
        self._sock = sock
        self._limits = limits
        self._waits: dict[type[Exception], int] = _tls_waits() if hasattr(sock, "context") else {BlockingIOError: 0}
        self._kinds: tuple[type[Exception], ...] = tuple(self._waits)
        self._is_plain = len(self._kinds) == 1
        self._wait_to_read = _waiting(sock, _READ)  # made once: each answer is waited for
        sock.setblocking(False)

    def send(self, data: bytes) -> None:
        """Sends all of it.

        Raises:
            TimeoutError: it takes too long.
            OSError: the connection broke.
        """
        view = memoryview(data)
        while view:
            try:
                sent = self._sock.send(view)
            except self._kinds as wait:
                self._wait(self._waits[type(wait)] or _WRITE)
            else:
                view = view[sent:]

    def receive(self) -> bytes:
        """The bytes that come next, as many as are there; none at the end.

        Raises:
            TimeoutError: it takes too long.
            TooLarge: the bytes of headers are too many.
            OSError: the connection broke.
        """
        if self._is_plain:  # an answer is never there at once, and in TLS what is there cannot be seen from here
            self._wait(_READ)
        while True:
            self._limits.seconds()
            try:
                data = self._sock.recv(_CHUNK)
            except self._kinds as wait:
                self._wait(self._waits[type(wait)] or _READ)
            else:
                self._limits.took(len(data))
                return data

    def is_quiet(self) -> bool:
        """Whether nothing has come since the last answer, neither the end of the connection nor bytes."""
        try:
            self._sock.recv(1)
        except self._kinds:
            return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        """Ends the connection."""
        self._sock.close()

    def _wait(self, event: int) -> None:
        wait = self._wait_to_read if event == _READ else _waiting(self._sock, event)
        if not wait(self._limits.seconds()):
            raise TimeoutError("timed out")


def _waiting(sock: socket.socket, event: int) -> Callable[[float], bool]:
    """What waits until a socket can be read from, or written to; false if the seconds that it is given are over."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(sock, event)
        return lambda seconds: bool(poll.poll(seconds * 1000))
    reading, writing = ([sock], []) if event == _READ else ([], [sock])  # Windows has no poll
    return lambda seconds: any(select.select(reading, writing, [], seconds))


def _tls_waits() -> dict[type[Exception], int]:
    """What TLS says when it has to read or write first, and which of the two."""
    import ssl

    return {ssl.SSLWantReadError: _READ, ssl.SSLWantWriteError: _WRITE, BlockingIOError: 0}
