"""A broker that is killed with SIGKILL and started again, while messages are sent and consumed."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.kafka.objects import KAFKA_KEY
from tests.server.asgi import served
from tests.server.kafka.brokers import Topics
from tests.server.messaging.kills import KILLS, SERVICES, Load, Shared, told
from tests.server.messaging.waiting import until
from tests.services.kafka import Kafka

pytestmark = [pytest.mark.kafka, pytest.mark.long(reason="a broker is started twice")]


@pytest.fixture
def mortal(kafka_broker: object) -> Iterator[Kafka]:
    """A broker of the test's own, since it dies."""
    found = Kafka()
    yield found
    found.stop()


def test_confirmed_messages_outlive_the_broker(tmp_path: Path, mortal: Kafka, caplog: pytest.LogCaptureFixture) -> None:
    """Each comes at least once; both connections come back by themselves, and each says once that it was lost."""
    caplog.set_level(logging.INFO)
    topics = Topics(mortal.environment())
    topic = topics.new(partitions=3)
    with served(tmp_path, services=SERVICES) as client:
        client.result("zato.outgoing.kafka.create", {"name": "out", **topics.plain, "topic": topic})
        client.result("zato.channel.kafka.create", {"name": "in", **topics.plain, "topic": topic, "service": "take"})
        kafka = client.app.components[KAFKA_KEY]
        [channel] = kafka.channels.values()
        links = kafka.connections["out"].link, channel.links[0]
        load = Load(client, kafka.connections["out"].send)  # type: ignore[arg-type] - on the event loop
        until(client, lambda: len(load.confirmed) > 100 and len(Shared.got) > 100)
        for _ in range(KILLS):
            confirmed = len(load.confirmed)
            client.runner.run(asyncio.to_thread(mortal.kill))
            until(client, lambda: not any(link.is_open for link in links))
            client.runner.run(asyncio.to_thread(mortal.start))
            until(client, lambda confirmed=confirmed: len(load.confirmed) > confirmed + 100)
            until(client, lambda: all(link.is_open for link in links))
        load.end()
        until(client, load.has_come)
    told(caplog, "apitest.kafka", ("Kafka channel `in`", "Outgoing Kafka connection `out`"))
