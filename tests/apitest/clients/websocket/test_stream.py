"""A socket that two threads use, each operation within its own time."""

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest.clients.http.limits import TooLarge
from apitest.clients.websocket.stream import Deadline, Stream, connected
from tests.apitest.clients.certificates import Authority

Ends = tuple[Stream, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """A stream, and the other end of its connection."""
    one, other = socket.socketpair()
    stream = Stream(one, Deadline(10))
    yield stream, other
    stream.close()
    other.close()


def test_bytes_come_in_any_size(ends: Ends) -> None:
    """What came at once can be taken in pieces."""
    stream, other = ends
    other.sendall(b"abcdef")
    assert (stream.recv(1), stream.recv(3), stream.recv(10)) == (b"a", b"bcd", b"ef")
    other.shutdown(socket.SHUT_WR)
    assert stream.recv(1) == b""


def test_the_handshake_is_kept(ends: Ends) -> None:
    """The bytes of the handshake's answer are kept, those that come after it are not."""
    stream, other = ends
    other.sendall(b"headframes")
    assert stream.recv(4) == b"head"
    assert stream.start_frames() == b"head"
    assert stream.recv(6) == b"frames"
    assert stream.start_frames() == b""


def test_a_handshake_without_end(ends: Ends) -> None:
    """A handshake's answer has a size."""
    stream, other = ends
    feeding = threading.Thread(target=lambda: other.sendall(b"x" * 1_000_001))
    feeding.start()
    with pytest.raises(TooLarge, match="a handshake's answer of more than 1 MB"):
        while True:
            stream.recv(65_536)
    feeding.join()


def test_reading_has_its_time(ends: Ends) -> None:
    """A read ends when its time is over, and one that begins too late does not wait at all."""
    stream, _ = ends
    stream.reading = Deadline(0.01)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            stream.recv(1)


def test_writing_has_its_time(ends: Ends) -> None:
    """A write that nobody takes ends when its time is over, whatever reading may take."""
    stream, _ = ends
    stream.reading, stream.writing = Deadline(None), Deadline(0.05)
    with pytest.raises(TimeoutError):
        while True:
            stream.send(b"x" * 65_536)


def test_shutdown_wakes_who_waits(ends: Ends) -> None:
    """A thread that waits for bytes without limit learns that there will be none."""
    stream, _ = ends
    stream.reading = Deadline(None)
    came: list[bytes] = []
    waiting = threading.Thread(target=lambda: came.append(stream.recv(1)))
    waiting.start()
    stream.shutdown()
    waiting.join()
    assert came == [b""]


def test_nothing_is_taken_after_shutdown(ends: Ends) -> None:
    """What had come and was not taken yet is left, however much it is."""
    stream, other = ends
    other.sendall(b"x" * 100_000)
    assert stream.recv(1) == b"x"
    stream.shutdown()
    assert stream.recv(1) == b""


def test_both_directions_with_tls(tmp_path: Path) -> None:
    """Much that is sent and received at the same time over TLS arrives as it was sent."""
    authority = Authority(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.issue("server"))
    one, other = socket.socketpair()
    data = bytes(range(256)) * 8_000

    def echo() -> None:
        with context.wrap_socket(other, server_side=True) as secured:
            left = len(data)
            while left:
                part = secured.recv(16_384)
                secured.sendall(part)
                left -= len(part)

    echoing = threading.Thread(target=echo)
    echoing.start()
    stream = Stream(one, Deadline(60))
    stream.secure(ssl.create_default_context(cafile=authority.ca_file), "127.0.0.1")
    stream.start_frames()
    sending = threading.Thread(target=_send_all, args=(stream, data))
    sending.start()
    received = b""
    while len(received) < len(data):
        received += stream.recv(65_536)
    sending.join()
    echoing.join()
    stream.close()
    assert received == data


def _send_all(stream: Stream, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[stream.send(rest) :]


def test_connecting() -> None:
    """The first address that takes the connection is the one; where none does, the last one's error is told."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    connected("127.0.0.1", port, Deadline(10)).close()
    listening.close()
    with pytest.raises(ConnectionRefusedError):
        connected("127.0.0.1", port, Deadline(10))
    with pytest.raises(socket.gaierror):
        connected("no-such-host.invalid", port, Deadline(10))
