"""Tests of apitest_server.zmq.place."""

import pytest

from apitest_server.odb import StoredObject
from apitest_server.zmq.place import Place, place_of, problem_of


@pytest.mark.parametrize(
    ("address", "bound", "connecting"),
    [
        ("tcp://127.0.0.1:5555", "", ""),
        ("tcp://[::1]:5555", "", ""),
        ("ipc:///tmp/orders", "", ""),
        ("tcp://orders.example.com:5555", "must have the IP address", ""),
        ("tcp://*:5555", "", "must say which host"),
        ("tcp://127.0.0.1:0", "must be like", "must be like"),
        ("tcp://127.0.0.1:65536", "must be like", "must be like"),
        ("tcp://127.0.0.1", "must be like", "must be like"),
        ("udp://127.0.0.1:5555", "must be like", "must be like"),
        ("ipc://", "must be like", "must be like"),
        ("", "must be like", "must be like"),
    ],
)
def test_addresses(address: str, bound: str, connecting: str) -> None:
    """What can be bound and what can be connected to is not the same."""
    for is_bound, problem in ((True, bound), (False, connecting)):
        found = problem_of(address, is_bound)
        assert found.startswith(problem)
        assert bool(found) == bool(problem)


def test_a_definition_without_method_connects() -> None:
    """As old clients have it, who do not say any."""
    fields = {"socket_type": "SUB", "address": "tcp://127.0.0.1:1", "sub_key": "a"}
    assert place_of(StoredObject(1, "channel.zmq", "x", fields)) == Place("SUB", "tcp://127.0.0.1:1", False, "a")
