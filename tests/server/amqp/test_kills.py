"""A broker that is killed with SIGKILL and started again, while messages are sent and consumed."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.amqp import broker, link
from apitest_server.amqp.objects import AMQP_KEY
from apitest_server.invoke.backoff import Backoff
from tests.server.amqp.brokers import Rabbit, defined
from tests.server.asgi import served
from tests.server.messaging.kills import KILLS, SERVICES, Load, Shared, told
from tests.server.messaging.waiting import until
from tests.services.rabbitmq import RabbitMQ

pytestmark = [pytest.mark.rabbitmq, pytest.mark.long(reason="a broker is started twice")]


@pytest.fixture
def mortal(amqp_broker: object) -> Iterator[RabbitMQ]:
    """A broker of the test's own, since it dies."""
    found = RabbitMQ()
    yield found
    found.stop()


def test_confirmed_messages_outlive_the_broker(tmp_path: Path, mortal: RabbitMQ, caplog: pytest.LogCaptureFixture,
                                               monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Each comes at least once; both connections come back by themselves, and each says once that it was lost."""
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(link, "AGAIN", Backoff(2**31, 0.05, 2, 0.5))
    rabbit = Rabbit(mortal.environment())
    queue = rabbit.queue()
    with served(tmp_path, services=SERVICES) as client:
        definition = defined(client, rabbit)
        client.result("zato.outgoing.amqp.create", {"name": "out", "def_id": definition})
        channel = {"name": "in", "def_id": definition, "queue": queue, "service": "take", "prefetch_count": 10}
        client.result("zato.channel.amqp.create", {**channel, "pool_size": 2})
        out = client.app.components[AMQP_KEY].connections["out"]

        async def send(text: str) -> None:
            await out.send(text, routing_key=queue)

        load = Load(client, send)
        until(client, lambda: len(load.confirmed) > 100)
        client.runner.run(asyncio.sleep(2))  # RabbitMQ writes down a new queue a moment after it has made it
        for _ in range(KILLS):
            confirmed = len(load.confirmed)
            client.runner.run(asyncio.to_thread(mortal.kill))
            until(client, lambda: load.failed)
            client.runner.run(asyncio.to_thread(mortal.start))
            until(client, lambda confirmed=confirmed: len(load.confirmed) > confirmed + 100)
            load.failed = 0
        load.end()
        until(client, load.has_come)
    told(caplog, "apitest.amqp", ("AMQP channel `in`", "Outgoing AMQP connection `out`"))
    assert not [record for record in caplog.records if record.name.startswith(("aiormq", "asyncio"))]


def test_a_broker_that_falls_silent_is_lost(tmp_path: Path, mortal: RabbitMQ, caplog: pytest.LogCaptureFixture,
                                            monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Its connections stay open, but nothing comes: after three heartbeats each is opened anew, until it works."""
    monkeypatch.setattr(link, "AGAIN", Backoff(2**31, 0.05, 2, 0.5))
    monkeypatch.setattr(broker, "CONNECT_TIMEOUT", 1.0)
    Shared.got = []
    rabbit = Rabbit(mortal.environment())
    queue = rabbit.queue()
    with served(tmp_path, services=SERVICES) as client:
        definition = defined(client, rabbit, heartbeat=1)
        client.result("zato.outgoing.amqp.create", {"name": "out", "def_id": definition})
        channel = {"name": "in", "def_id": definition, "queue": queue, "service": "take"}
        number = client.result("zato.channel.amqp.create", channel)["id"]
        amqp = client.app.components[AMQP_KEY]
        links = amqp.connections["out"].link, amqp.channels[number].link
        until(client, lambda: all(one.is_open for one in links))
        mortal.pause(True)
        try:
            until(client, lambda: not any(one.is_open for one in links))
            until(client, lambda: all("does not answer" in one.failure for one in links))
        finally:
            mortal.pause(False)
        until(client, lambda: all(one.is_open for one in links))
        rabbit.put(queue, "hello")
        until(client, lambda: Shared.got == ["hello"])
    assert len([one for one in caplog.messages if "is not connected" in one]) == 2
