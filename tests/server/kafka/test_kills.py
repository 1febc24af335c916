"""A broker that is killed with SIGKILL and started again, while messages are sent and consumed."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apitest_server.errors import HTTPError
from apitest_server.kafka.objects import KAFKA_KEY
from apitest_server.kafka.outgoing import KafkaConnection
from tests.server.asgi import served
from tests.server.kafka.brokers import LONGEST, Topics, until
from tests.services.kafka import Kafka

pytestmark = [pytest.mark.kafka, pytest.mark.long(reason="a broker is started twice")]
KILLS = 2
SENDERS = 8
SERVICES = """
from zato.server.service import Service
from tests.server.kafka.test_kills import Shared

class Take(Service):
    name = "take"
    def handle(self):
        Shared.got.append(self.request.payload)
"""


class Shared:
    """What the service of the channel has got."""

    got: list[str]


@pytest.fixture
def mortal(kafka_broker: object) -> Iterator[Kafka]:
    """A broker of the test's own, since it dies."""
    found = Kafka()
    yield found
    found.stop()


class Load:
    """Messages that are sent one after the other by several senders.

    Attributes:
        confirmed: what the broker has confirmed.
    """

    def __init__(self, to: KafkaConnection) -> None:
        self.confirmed: list[str] = []
        self.is_over = False
        self._to = to

    async def sender(self, number: int) -> None:
        count = 0
        while not self.is_over:
            text = f"{number}.{count}"
            count += 1
            try:
                await self._to.send(text)  # type: ignore[misc]
            except HTTPError:
                await asyncio.sleep(0.01)
            else:
                self.confirmed.append(text)


def test_confirmed_messages_outlive_the_broker(tmp_path: Path, mortal: Kafka, caplog: pytest.LogCaptureFixture) -> None:
    """Each comes at least once; both connections come back by themselves, and each says once that it was lost."""
    caplog.set_level(logging.INFO)
    Shared.got = []
    topics = Topics(mortal.environment())
    topic = topics.new(partitions=3)
    with served(tmp_path, services=SERVICES) as client:
        client.result("zato.outgoing.kafka.create", {"name": "out", **topics.plain, "topic": topic})
        client.result("zato.channel.kafka.create", {"name": "in", **topics.plain, "topic": topic, "service": "take"})
        kafka = client.app.components[KAFKA_KEY]
        [channel] = kafka.channels.values()
        links = kafka.connections["out"].link, channel.links[0]
        load = Load(kafka.connections["out"])
        senders = client.runner.run(begun(load))
        until(client, lambda: len(load.confirmed) > 100 and len(Shared.got) > 100)
        for _ in range(KILLS):
            confirmed = len(load.confirmed)
            client.runner.run(asyncio.to_thread(mortal.kill))
            until(client, lambda: not any(link.is_open for link in links))
            client.runner.run(asyncio.to_thread(mortal.start))
            until(client, lambda confirmed=confirmed: len(load.confirmed) > confirmed + 100)
            until(client, lambda: all(link.is_open for link in links))
        load.is_over = True
        client.runner.run(ended(senders))
        until(client, lambda: set(load.confirmed) <= set(Shared.got))
    said = [record.getMessage() for record in caplog.records if record.name == "apitest.kafka"]
    for title in ("Kafka channel `in`", "Outgoing Kafka connection `out`"):
        about = [line for line in said if line.startswith(title)]
        assert 1 <= len([line for line in about if "is not connected" in line]) <= KILLS
        assert 2 <= len([line for line in about if "is connected" in line]) <= KILLS + 1
        assert len(about) <= 2 * KILLS + 1


async def begun(load: Load) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(load.sender(number)) for number in range(SENDERS)]


async def ended(tasks: list[asyncio.Task[Any]]) -> None:
    async with asyncio.timeout(LONGEST):
        await asyncio.gather(*tasks)
