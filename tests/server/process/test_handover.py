"""Tests of apitest_server.process.handover."""

from apitest_server.process.connections import Connections
from apitest_server.process.handover import head_of, left, path_of


def test_a_path_is_decoded() -> None:
    """Without the query string."""
    assert path_of(b"/a%20b/c?d=%20") == "/a b/c"


def test_a_head_is_written_as_it_came() -> None:
    """Whatever version of HTTP it says."""
    scope = {"method": "GET", "http_version": "1.0", "headers": [(b"host", b"x"), (b"a", b"\xff")]}
    assert head_of(scope, b"/a?b") == b"GET /a?b HTTP/1.0\r\nhost: x\r\na: \xff\r\n\r\n"


def test_who_left_no_longer_counts() -> None:
    """Neither against the limits nor when the server stops."""
    connected, socket = Connections(1, 1), object()
    connected.admit("a")
    connections = {socket}
    left(connected, "a", connections, socket)
    assert (connected.count, connections) == (0, set())
