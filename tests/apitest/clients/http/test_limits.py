"""Tests of the limits of an exchange, and of connecting within them."""

import socket
from contextlib import closing

import pytest

from apitest.clients.http.limits import (
    HEADER_BYTES,
    BadHost,
    Limits,
    NotConnected,
    NotConnectedInTime,
    TooLarge,
    UnknownHost,
    connected,
)


def test_time() -> None:
    """Before the deadline there are seconds left, after it none, and nothing was started at first."""
    limits = Limits()
    with pytest.raises(TimeoutError):
        limits.seconds()
    limits.start(60)
    assert 0 < limits.seconds() <= 60
    limits.start(0)
    with pytest.raises(TimeoutError):
        limits.seconds()


def test_header_bytes() -> None:
    """Bytes of headers are counted, those of bodies are not, and headers that follow start anew."""
    limits = Limits()
    limits.await_headers()
    assert limits.took(HEADER_BYTES) == HEADER_BYTES
    with pytest.raises(TooLarge, match="headers of more than 1 MB"):
        limits.took(1)
    limits.await_body()
    assert limits.took(10 * HEADER_BYTES) == 10 * HEADER_BYTES
    limits.await_headers()
    assert limits.took(1) == 1


def test_a_connection() -> None:
    """It is to the first address that takes it: localhost may have two."""
    limits = Limits()
    limits.start(60)
    options = ((socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),)
    server = socket.create_server(("127.0.0.1", 0))
    made = connected("localhost", server.getsockname()[1], limits, options=options)
    with closing(server), closing(made):
        assert made.getpeername() == server.getsockname()
        assert made.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_no_connection() -> None:
    """What keeps a connection from being made is told apart."""
    limits = Limits()
    limits.start(60)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotConnected) as refused:
        connected("127.0.0.1", port, limits)
    assert isinstance(refused.value.__cause__, ConnectionRefusedError)
    with pytest.raises(UnknownHost):
        connected("no-such-host.invalid", 80, limits)
    with pytest.raises(BadHost):
        connected("a" * 64, 80, limits)
    limits.start(0)
    with pytest.raises(NotConnectedInTime):
        connected("127.0.0.1", port, limits)
