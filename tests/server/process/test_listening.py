"""Tests of apitest_server.process.listening."""

import socket
import sys
from collections.abc import Iterator

import pytest

from apitest_server.errors import StartError
from apitest_server.process.listening import arrived, listening, turn_away


@pytest.fixture
def sock() -> Iterator[socket.socket]:
    """A socket that listens, and does not wait."""
    with listening("127.0.0.1", 0) as sock:
        sock.listen()
        sock.setblocking(False)
        yield sock


def test_a_port_in_use_is_refused(sock: socket.socket) -> None:
    """The error names it."""
    port = sock.getsockname()[1]
    with pytest.raises(StartError, match=f"Cannot listen on 127.0.0.1:{port}: "):
        listening("127.0.0.1", port)


@pytest.mark.parametrize(("host", "fix"), [("127.0.0.1", "another one, or give --port 0"), ("192.0.2.1", "As `host`")])
def test_what_to_do_depends_on_what_is_wrong(sock: socket.socket, host: str, fix: str) -> None:
    """Another port does not help against an address that is not one of this machine."""
    with pytest.raises(StartError, match=fix):
        listening(host, sock.getsockname()[1])


def test_who_has_arrived_is_let_in(sock: socket.socket) -> None:
    """In their order, also once newcomers are turned away."""
    clients = [socket.create_connection(sock.getsockname()) for _ in range(3)]
    turn_away(sock)
    found = arrived(sock)
    assert [one.getpeername() for one in found] == [one.getsockname() for one in clients]
    assert arrived(sock) == []
    for client, server in zip(clients, found, strict=True):
        client.sendall(b"here")
        server.setblocking(True)
        assert server.recv(10) == b"here"
        client.close()
        server.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a filter for that")
def test_newcomers_are_turned_away(sock: socket.socket) -> None:
    """They are not connected, so nothing of theirs can be cut off; once the socket is closed they are refused."""
    turn_away(sock)
    with socket.socket() as client:
        client.settimeout(0.1)
        with pytest.raises(TimeoutError):
            client.connect(sock.getsockname())
    assert arrived(sock) == []
