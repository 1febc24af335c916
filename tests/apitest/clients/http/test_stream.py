"""The bytes of a connection."""

import socket
import threading
from collections.abc import Iterator

import pytest

from apitest.clients.http.limits import Limits
from apitest.clients.http.stream import Stream


@pytest.fixture
def limits() -> Limits:
    """A minute for an exchange."""
    made = Limits()
    made.start(60)
    made.await_headers()
    return made


@pytest.fixture
def pair(limits: Limits) -> Iterator[tuple[Stream, socket.socket]]:
    """A stream, and the socket at its other end."""
    ours, theirs = socket.socketpair()
    stream = Stream(ours, limits)
    yield stream, theirs
    stream.close()
    theirs.close()


def test_there_and_back(pair: tuple[Stream, socket.socket]) -> None:
    """What is sent arrives whole, whatever fits at once, and what comes is read until the end."""
    stream, other = pair
    data = bytes(5_000_000)
    got: list[bytes] = []

    def read() -> None:
        while sum(map(len, got)) < len(data):
            got.append(other.recv(1_000_000))
        other.sendall(b"thanks")
        other.shutdown(socket.SHUT_WR)

    reader = threading.Thread(target=read)
    reader.start()
    stream.send(data)
    assert (stream.receive(), stream.receive()) == (b"thanks", b"")
    reader.join()
    assert b"".join(got) == data


def test_nothing_waits_too_long(pair: tuple[Stream, socket.socket], limits: Limits) -> None:
    """Where nothing comes, and where nothing is taken, the wait ends with the time of the exchange."""
    stream, _ = pair
    limits.deadline -= 59.95
    with pytest.raises(TimeoutError):
        stream.receive()
    with pytest.raises(TimeoutError):
        stream.send(bytes(50_000_000))


def test_bytes_that_are_late(pair: tuple[Stream, socket.socket], limits: Limits) -> None:
    """Bytes that are there once the time is over are not read."""
    stream, other = pair
    other.sendall(b"late")
    limits.start(0)
    with pytest.raises(TimeoutError):
        stream.receive()


def test_quiet(pair: tuple[Stream, socket.socket]) -> None:
    """A connection is quiet until something comes that nobody has asked for, or its end."""
    stream, other = pair
    assert stream.is_quiet()
    other.sendall(b"x")
    assert not stream.is_quiet()
    assert stream.is_quiet()
    other.close()
    assert not stream.is_quiet()
