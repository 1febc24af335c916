"""Tests of apitest_server.internal.kafka.outgoing."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.kafka.brokers import Topics

GIVEN = {"name": "o", "is_active": False, "address": "h:1", "topic": "orders"}


def test_the_life_of_a_connection(tmp_path: Path) -> None:
    """As clients of such servers create it; its password is not shown."""
    with served(tmp_path) as client:
        number = client.result("zato.outgoing.kafka.create", {**GIVEN, "username": "u", "password": "s3cret"})["id"]
        row = client.result("zato.outgoing.kafka.get-by-id", {"id": number})
        assert row.items() >= {**GIVEN, "id": number, "timeout": 10, "compression": "none"}.items()
        assert "password" not in row
        assert client.result("zato.outgoing.kafka.get-list", {"cluster_id": 1}) == [row]
        client.result("zato.outgoing.kafka.delete", {"id": number})
        assert client.result("zato.outgoing.kafka.get-list") == []


def test_what_cannot_work_is_refused(untouched: Client) -> None:
    """With the field."""
    for changed, problem in (({"topic": "a/b"}, "`topic` must have"), ({"timeout": 0}, "`timeout`")):
        status, details = untouched.refused("zato.outgoing.kafka.create", {**GIVEN, **changed})
        assert (status, problem in details) == (400, True)


@pytest.mark.kafka
def test_messages_are_published_and_refused(tmp_path: Path, kafka_broker: Mapping[str, str]) -> None:
    """What brokers do not take is the caller's mistake."""
    topics = Topics(kafka_broker)
    topic = topics.new()
    with served(tmp_path) as client:
        client.result("zato.outgoing.kafka.create", {**GIVEN, **topics.plain, "is_active": True, "topic": topic})
        given = {"name": "o", "request_data": {"a": 1}, "key": "k", "headers": {"h": "1"}}
        sent = client.result("zato.outgoing.kafka.publish", given)
        assert sent == {"is_success": True, "topic": topic, "partition": 0, "offset": 0}
        assert client.refused("zato.outgoing.kafka.publish", {**given, "partition": 9})[0] == 400
        status = client.result("zato.outgoing.kafka.get-status", {"name": "o"})
        assert (status["is_connected"], status["in_flight"]) == (True, 0)
    [message] = topics.got(topic, 1)
    assert (message.value(), message.key()) == (b'{"a":1}', b"k")
