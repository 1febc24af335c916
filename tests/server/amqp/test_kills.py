"""A broker that is killed with SIGKILL and started again, while messages are sent and consumed."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.amqp import broker, link
from apitest_server.amqp.objects import AMQP_KEY
from apitest_server.amqp.outgoing import AMQPConnection
from apitest_server.errors import BrokerError, HTTPError
from apitest_server.invoke.backoff import Backoff
from tests.server.amqp.brokers import LONGEST, Rabbit, defined, until
from tests.server.asgi import served
from tests.services.rabbitmq import RabbitMQ

pytestmark = [pytest.mark.rabbitmq, pytest.mark.long(reason="a broker is started twice")]
KILLS = 2
SENDERS = 8
SERVICES = """
from zato.server.service import Service
from tests.server.amqp.test_kills import Shared

class Take(Service):
    name = "take"
    def handle(self):
        Shared.got.append(self.request.payload)
"""


class Shared:
    """What the service of the channel has got."""

    got: list[str]


@pytest.fixture
def mortal(amqp_broker: object) -> Iterator[RabbitMQ]:
    """A broker of the test's own, since it dies."""
    found = RabbitMQ()
    yield found
    found.stop()


class Load:
    """Messages that are sent one after the other by several senders.

    Attributes:
        confirmed: what the broker has confirmed.
        failed: how many were not.
    """

    def __init__(self, to: AMQPConnection, queue: str) -> None:
        self.confirmed: list[str] = []
        self.failed = 0
        self.is_over = False
        self._to, self._queue = to, queue

    async def sender(self, number: int) -> None:
        count = 0
        while not self.is_over:
            text = f"{number}.{count}"
            count += 1
            try:
                await self._to.send(text, routing_key=self._queue)
            except (HTTPError, BrokerError):
                self.failed += 1
                await asyncio.sleep(0.01)
            else:
                self.confirmed.append(text)


def test_confirmed_messages_outlive_the_broker(tmp_path: Path, mortal: RabbitMQ, caplog: pytest.LogCaptureFixture,
                                               monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Each comes at least once; both connections come back by themselves, and each says once that it was lost."""
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(link, "AGAIN", Backoff(2**31, 0.05, 2, 0.5))
    Shared.got = []
    rabbit = Rabbit(mortal.environment())
    queue = rabbit.queue()
    with served(tmp_path, services=SERVICES) as client:
        definition = defined(client, rabbit)
        client.result("zato.outgoing.amqp.create", {"name": "out", "def_id": definition})
        channel = {"name": "in", "def_id": definition, "queue": queue, "service": "take", "prefetch_count": 10}
        client.result("zato.channel.amqp.create", {**channel, "pool_size": 2})
        load = Load(client.app.components[AMQP_KEY].connections["out"], queue)
        senders = client.runner.run(begun(load))
        until(client, lambda: len(load.confirmed) > 100)
        client.runner.run(asyncio.sleep(2))  # RabbitMQ writes down a new queue a moment after it has made it
        for _ in range(KILLS):
            confirmed = len(load.confirmed)
            client.runner.run(aside(mortal.kill))
            until(client, lambda: load.failed)
            client.runner.run(aside(mortal.start))
            until(client, lambda confirmed=confirmed: len(load.confirmed) > confirmed + 100)
            load.failed = 0
        load.is_over = True
        client.runner.run(ended(senders))
        until(client, lambda: set(load.confirmed) <= set(Shared.got))
    said = [record.getMessage() for record in caplog.records if record.name == "apitest.amqp"]
    for title in ("AMQP channel `in`", "Outgoing AMQP connection `out`"):
        about = [line for line in said if line.startswith(title)]
        assert 1 <= len([line for line in about if "is not connected" in line]) <= KILLS
        assert 2 <= len([line for line in about if "is connected" in line]) <= KILLS + 1
        assert len(about) <= 2 * KILLS + 1
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


async def begun(load: Load) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(load.sender(number)) for number in range(SENDERS)]


async def ended(tasks: list[asyncio.Task[None]]) -> None:
    async with asyncio.timeout(LONGEST):
        await asyncio.gather(*tasks)


async def aside(work: Any) -> None:
    """In a thread: meanwhile the server goes on."""
    await asyncio.to_thread(work)
