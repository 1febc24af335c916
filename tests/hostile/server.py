"""A server without manners: each connection gets whatever bytes a test thinks of, as slowly or as long as it likes."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import repeat
from time import monotonic

_PAUSE = 0.02
_GIVE_UP = 10.0  # a server that never ends would keep a failing test from ending


class Peer:
    """The server's end of one connection.

    Attributes:
        received: everything that the client has sent so far, as far as it was read.
        sent: how many bytes went out.
    """

    def __init__(self, connection: socket.socket, over: threading.Event) -> None:
        self.connection = connection
        self.over = over
        self.received = b""
        self.sent = 0
        self._until = monotonic() + _GIVE_UP

    def request(self) -> str:
        """Reads a request, body and all; its first line and headers as text, "" if the client is gone."""
        head, rest = b"", self.received
        while b"\r\n\r\n" not in rest:
            more = self.connection.recv(65_536)
            if not more:
                return ""
            rest += more
        head, _, body = rest.partition(b"\r\n\r\n")
        length = next(
            (int(x.split(b":")[1]) for x in head.split(b"\r\n") if x.lower().startswith(b"content-length")), 0
        )
        while len(body) < length:
            more = self.connection.recv(65_536)
            if not more:
                return ""
            body += more
        self.received = body[length:]
        return (head + b"\r\n\r\n" + body[:length]).decode("latin-1")

    def send(self, data: bytes) -> None:
        """Sends all of it at once."""
        self.connection.sendall(data)
        self.sent += len(data)

    def drip(self, pieces: Iterable[bytes], pause: float = _PAUSE) -> None:
        """Sends pieces with a pause before each, until the client goes or the test is over."""
        for piece in pieces:
            if self.over.wait(pause) or self.is_late():
                return
            self.send(piece)

    def drip_for_ever(self, start: bytes, piece: bytes) -> None:
        """Sends a beginning byte by byte, then the same piece again and again."""
        self.drip(bytes([byte]) for byte in start)
        self.drip(repeat(piece))

    def flood(self, start: bytes, piece: bytes) -> None:
        """Sends a beginning, then the same piece as fast as the client takes it, for as long as it does."""
        self.send(start)
        while not self.over.is_set() and not self.is_late():
            self.send(piece)

    def wait(self) -> None:
        """Does nothing until the test is over."""
        self.over.wait(_GIVE_UP)

    def read_slowly(self) -> None:
        """Takes what the client sends a byte at a time."""
        while not self.over.wait(_PAUSE) and not self.is_late() and self.connection.recv(1):
            pass

    def is_late(self) -> bool:
        """Whether the client should have given up long since."""
        return monotonic() > self._until


Behaviour = Callable[[Peer], None]


def answer(body: bytes = b"{}", status: str = "200 OK", *headers: str) -> bytes:
    """A proper response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class Hostile:
    """A server on a free port of 127.0.0.1 that does with each connection what `behave` says.

    Attributes:
        behave: what is done with a connection, in a thread of its own.
        requests: what `Peer.request` read, of all connections.
        peers: the connections that came.
    """

    def __init__(self) -> None:
        self.behave: Behaviour = Peer.wait
        self.requests: list[str] = []
        self.peers: list[Peer] = []
        self.over = threading.Event()
        self.context: ssl.SSLContext | None = None
        self._responses: tuple[bytes | Callable[[str], bytes], ...] = ()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._socket.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def address(self) -> str:
        """The address for plain HTTP."""
        return f"http://127.0.0.1:{self.port}"

    def answers(self, *responses: bytes | Callable[[str], bytes]) -> None:
        """Each request from now on is answered, in their order over all connections; the last response is repeated."""
        self.requests.clear()
        self._responses = responses
        self.behave = self._answer

    def _answer(self, peer: Peer) -> None:
        while request := peer.request():
            self.requests.append(request)
            response = self._responses[min(len(self.requests), len(self._responses)) - 1]
            peer.send(response if isinstance(response, bytes) else response(request))

    def close(self) -> None:
        """Ends all connections and threads."""
        self.over.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
        for peer in self.peers:
            with suppress(OSError):
                peer.connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for peer in self.peers:
            peer.connection.close()
        self._socket.close()

    def _accept(self) -> None:
        while not self.over.is_set():
            connection, _ = self._socket.accept()
            peer = Peer(connection, self.over)
            self.peers.append(peer)
            thread = threading.Thread(target=self._serve, args=(peer,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, peer: Peer) -> None:
        with suppress(OSError, ValueError):
            if self.context:
                peer.connection = self.context.wrap_socket(peer.connection, server_side=True)
            self.behave(peer)
        with suppress(OSError):
            peer.connection.shutdown(socket.SHUT_RDWR)
        peer.connection.close()
