"""The bytes below a WebSocket: a socket that two threads use, each operation with what is left of its own time.

One thread reads for as long as the connection lasts, others write. OpenSSL must not do both at once, so that no one
waits for bytes while holding the lock.
"""

import selectors
import socket
import ssl
import time
from contextlib import suppress
from threading import Lock

from apitest.clients.http.limits import HEADER_BYTES, TooLarge
from apitest.language.sizes import show_size

_CHUNK = 65_536
_READ, _WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class Deadline:
    """The moment until which something may take, by the monotonic clock; None for no limit."""

    def __init__(self, seconds: float | None) -> None:
        self.end = None if seconds is None else time.monotonic() + seconds

    def left(self) -> float | None:
        """The seconds that are left.

        Raises:
            TimeoutError: there are none.
        """
        if self.end is None:
            return None
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left


class Stream:
    """What websocket-client takes for a socket.

    Attributes:
        reading: until when a read may take; writing likewise.
        head: the bytes of the handshake's answer; they are kept until `start_frames`.
    """

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        connected.setblocking(False)
        self._socket = connected
        self._lock = Lock()
        self._buffer = b""
        self._given = 0  # bytes of the buffer
        self._is_shut = False
        self.reading = self.writing = deadline
        self.head: bytearray | None = bytearray()

    def secure(self, context: ssl.SSLContext, host: str) -> None:
        """Talks TLS from now on.

        Raises:
            OSError: the handshake failed; TimeoutError where it takes too long.
        """
        secured = context.wrap_socket(self._socket, server_hostname=host, do_handshake_on_connect=False)
        self._socket = secured
        while True:
            try:
                return secured.do_handshake()
            except ssl.SSLWantReadError:
                self._wait(_READ, self.reading)
            except ssl.SSLWantWriteError:
                self._wait(_WRITE, self.writing)

    def start_frames(self) -> bytes:
        """The handshake is over: returns its answer's bytes."""
        head, self.head = bytes(self.head or b""), None
        return head

    def recv(self, size: int) -> bytes:
        """At least one byte, at most so many; none where the other end is gone, or after `shutdown`.

        Raises:
            OSError: the connection broke; TimeoutError where it takes too long.
            TooLarge: a handshake's answer has no end.
        """
        if self._is_shut:  # What has come by then may be a lot, and nobody wants it
            return b""
        if self._given == len(self._buffer):
            self._buffer, self._given = self._received(), 0
        taken = self._buffer[self._given : self._given + size]
        self._given += len(taken)
        if self.head is not None:
            self.head += taken
            if len(self.head) > HEADER_BYTES:
                raise TooLarge(f"a handshake's answer of more than {show_size(HEADER_BYTES)}")
        return taken

    def _received(self) -> bytes:
        while True:
            self.reading.left()
            try:
                with self._lock:
                    return self._socket.recv(_CHUNK)
            except (BlockingIOError, ssl.SSLWantReadError):
                self._wait(_READ, self.reading)
            except ssl.SSLWantWriteError:
                self._wait(_WRITE, self.reading)

    def send(self, data: bytes | memoryview) -> int:
        """Sends some of the bytes, and says how many.

        Raises:
            OSError: the connection broke; TimeoutError where it takes too long.
        """
        while True:
            self.writing.left()
            try:
                with self._lock:
                    return self._socket.send(data)
            except (BlockingIOError, ssl.SSLWantWriteError):
                self._wait(_WRITE, self.writing)
            except ssl.SSLWantReadError:
                self._wait(_READ, self.writing)

    def _wait(self, event: int, deadline: Deadline) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, event)
            if not selector.select(deadline.left()):
                raise TimeoutError("timed out")

    def gettimeout(self) -> float:
        """Zero, so that websocket-client leaves the waiting to us."""
        return 0.0

    def settimeout(self, seconds: float | None) -> None:
        """Without effect: time-outs are the deadlines."""

    def shutdown(self, how: int = socket.SHUT_RDWR) -> None:
        """Ends the connection, and wakes whoever waits for bytes."""
        self._is_shut = True
        with suppress(OSError):
            self._socket.shutdown(how)

    def close(self) -> None:
        """Gives the socket back; nobody may be waiting for it."""
        self._socket.close()


def connected(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A socket that is connected to the first address of the host that takes it.

    Raises:
        OSError: there is none; TimeoutError where it takes too long.
    """
    problem: OSError = OSError("the name has no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(deadline.left())
            made.connect(address)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            made.close()
            problem = error
        else:
            return made
    raise problem
