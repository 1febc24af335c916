"""Tests of the pools of urllib3 whose sockets keep to the limits of an exchange."""

import socket
from contextlib import closing

import pytest
from urllib3.exceptions import ConnectTimeoutError, LocationParseError, NameResolutionError, NewConnectionError

from apitest.clients.http.limits import Limits
from apitest.clients.http.pools import pool_classes


def _connection(limits: Limits, host: str, port: int) -> socket.socket:
    pool = pool_classes(limits)["http"](host, port)
    made: socket.socket = pool.ConnectionCls(host, port)._new_conn()  # type: ignore[attr-defined]
    return made


def test_a_socket() -> None:
    """Every way in which a library reads and writes has what is left of the time, and counts."""
    limits = Limits()
    limits.start(60)
    limits.await_headers()
    server = socket.create_server(("127.0.0.1", 0))
    client = _connection(limits, "localhost", server.getsockname()[1])
    peer, _ = server.accept()
    with closing(server), closing(client), closing(peer):
        assert client.send(b"ab") == 2
        client.sendall(b"c")
        assert peer.recv(3) == b"abc"
        peer.sendall(b"de")
        assert client.recv(1) == b"d"
        assert client.recv_into(bytearray(1)) == 1
        limits.start(0)
        for wait in (lambda: client.recv(1), lambda: client.sendall(b"x"), lambda: client.send(b"x")):
            with pytest.raises(TimeoutError):
                wait()


def test_no_connection() -> None:
    """What keeps a connection from being made is told by urllib3's own errors."""
    limits = Limits()
    limits.start(60)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    with pytest.raises(NewConnectionError):
        _connection(limits, "127.0.0.1", port)
    with pytest.raises(NameResolutionError):
        _connection(limits, "no-such-host.invalid", 80)
    with pytest.raises(LocationParseError):
        _connection(limits, "a" * 64, 80)
    limits.start(0)
    with pytest.raises(ConnectTimeoutError):
        _connection(limits, "127.0.0.1", port)
