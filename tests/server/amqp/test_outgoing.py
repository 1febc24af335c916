"""Tests of apitest_server.amqp.outgoing."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.amqp import outgoing
from apitest_server.amqp.broker import Broker
from apitest_server.amqp.objects import AMQP_KEY
from apitest_server.amqp.outgoing import AMQPConnection
from apitest_server.errors import BadRequest, BrokerError, ServiceTimeout, ServiceUnavailable
from tests.ports import free_port
from tests.server.amqp.brokers import Rabbit, defined
from tests.server.asgi import Client, served
from tests.server.messaging.waiting import LONGEST, until

SERVICES = """
from zato.server.service import Service

class Send(Service):
    name = "send"
    def handle(self):
        given = dict(self.request.payload)
        data = given.pop("data")
        self.out.amqp.send(data, "out", given.pop("exchange", ""), given.pop("routing_key"), **given)

class SendAsync(Service):
    name = "send.async"
    async def handle(self):
        await self.outgoing.amqp["out"].send(b"bytes", routing_key=self.request.payload, correlation_id="7")
"""


@pytest.fixture
def client(tmp_path: Path, rabbit: Rabbit) -> Iterator[Client]:
    """A server with services and a connection to a real broker."""
    with served(tmp_path, services=SERVICES) as client:
        given = {"name": "out", "def_id": defined(client, rabbit), "app_id": "apitest", "expiration": 60_000}
        client.result("zato.outgoing.amqp.create", given)
        yield client


def sent(client: Client, data: object, **options: Any) -> None:
    """Sends a message as an ``async`` service does."""

    async def service() -> None:
        await connection(client).send(data, **options)

    client.runner.run(service())


def connection(client: Client) -> AMQPConnection:
    return client.app.components[AMQP_KEY].connections["out"]


@pytest.mark.rabbitmq
def test_services_send(client: Client, rabbit: Rabbit) -> None:
    """With properties and headers; those of the connection count where the message has none."""
    queue = rabbit.queue()
    headers, properties = {"h": [1, "a"]}, {"content_type": "text/csv", "priority": 7}
    client.call("send", {"data": "a,b", "routing_key": queue, "headers": headers, "properties": properties})
    client.call("send", {"data": {"a": 1}, "routing_key": queue, "app_id": "other", "type": "order"})
    client.call("send.async", queue)
    one, two, three = rabbit.got(queue)
    assert (one["payload"], one["properties"]["headers"]) == ("a,b", headers)
    found = {name: one["properties"][name] for name in ("content_type", "priority", "app_id", "expiration")}
    assert found == {**properties, "app_id": "apitest", "expiration": "60000"}
    assert one["properties"]["delivery_mode"] == 2
    assert (two["payload"], two["properties"]["content_type"]) == ('{"a":1}', "application/json")
    assert (two["properties"]["app_id"], two["properties"]["type"]) == ("other", "order")
    assert (three["payload"], three["properties"]["correlation_id"]) == ("bytes", "7")


@pytest.mark.rabbitmq
def test_what_a_broker_does_not_take(client: Client, rabbit: Rabbit) -> None:
    """It says why, and the next message goes through."""
    queue, full = rabbit.queue(), rabbit.queue(**{"x-max-length": 0, "x-overflow": "reject-publish"})
    for key, options, problem in (
        ("none", {"mandatory": True}, "No queue of the broker of `out` takes the message: NO_ROUTE"),
        (queue, {"exchange": "none"}, "does not take the message: NOT_FOUND - no exchange 'none'"),
        (queue, {"user_id": "somebody"}, "does not take the message: PRECONDITION_FAILED"),
        (full, {}, "does not take the message"),
    ):
        with pytest.raises(BrokerError, match=problem):
            sent(client, "a", routing_key=key, **options)
        sent(client, "b", routing_key=queue)
    assert [one["payload"] for one in rabbit.got(queue)] == ["b"] * 4
    sent(client, "gone", routing_key="none")  # Nobody wants it, and nobody has to


@pytest.mark.rabbitmq
@pytest.mark.parametrize(
    "given", [{"routing_key": "k" * 256}, {"routing_key": "q", "headers": {"h": object()}}, {"exchange": "e" * 256}]
)
def test_what_amqp_cannot_carry(client: Client, given: dict[str, Any]) -> None:
    """Nothing was sent; the connection is as good as before."""
    with pytest.raises(BadRequest, match="cannot be sent over AMQP"):
        sent(client, "a", **given)
    assert client.result("zato.outgoing.amqp.ping", {"name": "out"})["is_success"]
    assert connection(client).link.is_open


@pytest.mark.rabbitmq
def test_many_messages_at_a_time(client: Client, rabbit: Rabbit) -> None:
    """No more channels are opened than the pool has; who leaves meanwhile is waited for."""
    queue, to = rabbit.queue(), connection(client)

    async def many() -> None:
        sending = [asyncio.ensure_future(to.send(str(number), routing_key=queue)) for number in range(200)]
        await asyncio.sleep(0)
        await to.link.close(LONGEST)
        await asyncio.gather(*sending)

    client.runner.run(client_ready(to))
    client.runner.run(many())
    assert len(rabbit.got(queue, 300)) == 200
    assert len(to._idle) <= 10


async def client_ready(to: AMQPConnection) -> None:
    await to.link.connection(LONGEST)


@pytest.mark.rabbitmq
def test_who_does_not_confirm(client: Client, rabbit: Rabbit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever, and it is said that the message may be there; so it is where the connection is lost."""
    to = connection(client)
    client.runner.run(client_ready(to))

    async def never(*given: object) -> None:
        await asyncio.Event().wait()

    async def lost(*given: object) -> None:
        raise errors.pop()

    errors: list[BaseException] = [ConnectionResetError(), asyncio.CancelledError()]  # The driver has both
    monkeypatch.setattr(to, "_publish", never)
    with pytest.raises(ServiceTimeout, match=r"`out` did not confirm within 0.05 s"):
        sent(client, "a", timeout=0.05)
    monkeypatch.setattr(to, "_publish", lost)
    while errors:
        with pytest.raises(ServiceUnavailable, match="lost before the broker had confirmed; it may have the message"):
            sent(client, "a")
    assert to.status()["in_flight"] == 0


def test_a_broker_that_is_away() -> None:
    """The error says so, and the properties were looked at before."""
    broker = Broker("127.0.0.1", free_port(), "/", "me", "secret", 0, 0)

    async def test() -> None:
        to = AMQPConnection("out", broker, {}, 1, "test")
        with pytest.raises(ServiceUnavailable, match="the server is starting or stopping"):
            to.send("a")
        to.start()
        with pytest.raises(BadRequest, match="no property `colour`"):
            to.send("a", colour="red")
        with pytest.raises(ServiceUnavailable, match="Outgoing AMQP connection `out` is not connected"):
            await to.send("a")
        assert to.status()["is_connected"] is False
        await to.link.close(outgoing.TIMEOUT)

    asyncio.run(test())


@pytest.mark.rabbitmq
def test_a_change_counts_for_the_next_message(client: Client, rabbit: Rabbit) -> None:
    """Services find the connection by its new name."""
    queue = rabbit.queue()
    (row,) = client.result("zato.outgoing.amqp.get-list")
    client.result("zato.outgoing.amqp.edit", {"id": row["id"], "app_id": "changed", "delivery_mode": 1})
    client.call("send", {"data": "a", "routing_key": queue})
    client.result("zato.outgoing.amqp.edit", {"id": row["id"], "name": "renamed"})
    assert client.call("send", {"data": "b", "routing_key": queue}).status == 500
    (found,) = until(client, lambda: rabbit.got(queue))
    assert (found["properties"]["app_id"], found["properties"]["delivery_mode"]) == ("changed", 1)
