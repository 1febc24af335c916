"""Tests of apitest_server.internal.zmq._address."""

import pytest

from tests.server.asgi import Client


@pytest.mark.parametrize("kind", ["channel", "outgoing"])
def test_an_address_that_no_socket_could_have_is_refused(untouched: Client, kind: str) -> None:
    """Whether it can be bound is looked at, too."""
    given = {"name": "x", "service": "zato.ping", "socket_method": "bind", "address": "tcp://shop.example.com:1"}
    status, details = untouched.refused(f"zato.{kind}.zmq.create", given)
    assert (status, "`address` must have the IP address" in details) == (400, True)
