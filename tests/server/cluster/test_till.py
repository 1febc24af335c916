"""Tests of tests.server.cluster.till."""

import os
import socket
import struct
from threading import Thread

import pytest
from websockets.sync.server import ServerConnection, serve

from tests.server.cluster.till import Till

AT_ONCE = struct.pack("ii", 1, 0)  # Lingering for no time: the other end is told that the connection is reset


def _dies(connection: ServerConnection) -> None:
    connection.recv()
    connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    os.close(connection.socket.detach())


def test_a_server_that_dies_before_it_has_answered_leaves_no_socket_behind() -> None:
    """Whatever a later test then collects."""
    with serve(_dies, "127.0.0.1", 0) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            with pytest.raises(ConnectionResetError) as raised:
                Till(f"http://127.0.0.1:{server.socket.getsockname()[1]}", "/")
        finally:
            server.shutdown()
            thread.join()
    [till] = {
        id(found): found for entry in raised.traceback if isinstance(found := entry.locals.get("self"), Till)
    }.values()
    assert till.connection.sock is None
