"""Tests of apitest_server.internal.crud.status."""

from pathlib import Path

import pytest

from tests.server.asgi import Client, served


@pytest.mark.parametrize("service", ["zato.channel.amqp.get-status", "zato.outgoing.zmq.get-status"])
def test_an_object_is_named_by_its_id_or_name(untouched: Client, service: str) -> None:
    """One of the two has to be given, and there has to be such an object."""
    assert untouched.refused(service, {}) == (400, "One of the input fields `id` and `name` is required")
    assert untouched.refused(service, {"id": 7})[0] == 404
    assert untouched.refused(service, {"name": "none"})[0] == 404


@pytest.mark.parametrize(
    ("technology", "title"), [("channel", "ZeroMQ channel"), ("outgoing", "outgoing ZeroMQ connection")]
)
def test_what_is_not_active_does_nothing(tmp_path: Path, technology: str, title: str) -> None:
    """That is said with its name."""
    given = {"name": "x", "address": "tcp://127.0.0.1:1", "service": "zato.ping", "is_active": False}
    with served(tmp_path) as client:
        number = client.result(f"zato.{technology}.zmq.create", given)["id"]
        for asked in ({"id": number}, {"name": "x"}):
            found = client.refused(f"zato.{technology}.zmq.get-status", asked)
            assert found == (404, f"There is no active {title} `x`")
