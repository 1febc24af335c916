"""Tests of apitest_server.kafka.outgoing, with a real broker."""

from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import KafkaError

from apitest_server.errors import BadRequest, BrokerError, ServiceTimeout, ServiceUnavailable
from apitest_server.kafka.objects import KAFKA_KEY
from apitest_server.kafka.outgoing import KafkaConnection
from tests.server.asgi import Client, served
from tests.server.kafka.brokers import Topics
from tests.server.messaging.waiting import until

pytestmark = pytest.mark.kafka
SERVICES = """
from zato.server.service import Service

class Plain(Service):
    name = "plain"
    def handle(self):
        sent = self.out.kafka.send({"article": "tea"}, "out", self.request.input.topic, key="k", headers={"h": "1"})
        self.response.payload = {"partition": sent.partition, "offset": sent.offset}

class Async(Service):
    name = "async"
    async def handle(self):
        await self.out.kafka["out"].send("text")
        self.response.payload = {"where": await self.out.kafka["out"].ping()}
"""


def outgoing(client: Client, topics: Topics, **more: object) -> KafkaConnection:
    client.result("zato.outgoing.kafka.create", {"name": "out", **topics.plain, **more})
    return client.app.components[KAFKA_KEY].connections["out"]


def done(client: Client, connection: KafkaConnection, *given: Any, **more: Any) -> Any:
    """What sending returns, on the server's event loop."""

    async def sent() -> Any:
        return await connection.send(*given, **more)  # type: ignore[misc]

    return client.runner.run(sent())


def test_services_send_and_are_told_where_the_message_is(tmp_path: Path, topics: Topics) -> None:
    """Plain services and async ones; a connection has a topic of its own for messages without one."""
    topic, own = topics.new(), topics.new()
    with served(tmp_path, services=SERVICES) as client:
        outgoing(client, topics, topic=own, compression="gzip")
        assert client.result("plain", {"topic": topic}) == {"partition": 0, "offset": 0}
        assert client.result("plain", {"topic": topic}) == {"partition": 0, "offset": 1}
        assert client.result("async") == {"where": f"kafka://{topics.plain['address']}"}
    [message, _] = topics.got(topic, 2)
    assert (message.value(), message.key(), message.headers()) == (b'{"article":"tea"}', b"k", [("h", b"1")])
    assert [message.value() for message in topics.got(own, 1)] == [b"text"]


def test_what_cannot_be_sent_is_refused(tmp_path: Path, topics: Topics) -> None:
    """Without a topic, to a partition that is not there, with headers that are none, or too large."""
    topic = topics.new()
    with served(tmp_path) as client:
        connection = outgoing(client, topics, timeout=3)
        with pytest.raises(BadRequest, match="A topic is required: `out` has none"):
            done(client, connection, "x")
        with pytest.raises(BadRequest, match="cannot be sent to Kafka"):
            done(client, connection, "x", topic, headers={"a": 1})
        with pytest.raises(BrokerError, match="do not take the message"):
            done(client, connection, b"x" * 2_000_000, topic)
        with pytest.raises(BrokerError, match="Unknown partition"):
            done(client, connection, "x", topic, partition=7)
        # Where the machine is busy the client may take a late answer for a lost connection, until the next one
        until(client, lambda: connection.status()["is_connected"])
        assert connection.status()["in_flight"] == 0


def test_brokers_that_are_away(tmp_path: Path, topics: Topics) -> None:
    """After its time a message is given up, and the error says why."""
    with served(tmp_path) as client:
        connection = outgoing(client, topics, address="127.0.0.1:1", timeout=1)
        with pytest.raises(ServiceUnavailable, match="`out` is not connected: Connection refused"):
            done(client, connection, "x", "topic")
        assert client.refused("zato.outgoing.kafka.ping", {"name": "out"})[0] == 503


def test_over_tls(tmp_path: Path, topics: Topics) -> None:
    """A certificate that no authority vouches for is refused; with the authority it is taken."""
    topic = topics.new()
    with served(tmp_path) as client:
        given = {"name": "out", **topics.over_tls, "password": topics.password, "ca_certs": "", "timeout": 5}
        number = client.result("zato.outgoing.kafka.create", given)["id"]
        status, details = client.refused("zato.outgoing.kafka.ping", {"id": number})
        assert (status, "certificate" in details) == (503, True)
        client.result(
            "zato.outgoing.kafka.edit", {"id": number, "ca_certs": topics.over_tls["ca_certs"], "timeout": 30}
        )
        sent = client.result("zato.outgoing.kafka.publish", {"id": number, "topic": topic, "request_data": "x"})
        assert (sent["topic"], sent["offset"]) == (topic, 0)
        listed = client.call("zato.outgoing.kafka.get-list").text
    assert topics.password not in listed


def test_what_the_driver_says_of_a_message(tmp_path: Path, topics: Topics) -> None:
    """What was given up may be there; what brokers refuse is not."""
    with served(tmp_path) as client:
        connection = outgoing(client, topics)
        done(client, connection, "x", topics.new())
        for code in (KafkaError._MSG_TIMED_OUT, KafkaError._PURGE_INFLIGHT):
            failed = connection._failed(KafkaError(code))
            assert isinstance(failed, ServiceTimeout) and "did not confirm within 10 s" in str(failed)
        assert isinstance(connection._failed(KafkaError(KafkaError.TOPIC_AUTHORIZATION_FAILED)), BrokerError)
