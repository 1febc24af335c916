"""Tests of apitest_server.kafka.consumer, with a real broker."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from apitest_server.kafka import consumer
from apitest_server.kafka.objects import KAFKA_KEY
from apitest_server.messaging.delivery import Outcome
from tests.server.asgi import served
from tests.server.kafka.brokers import Topics
from tests.server.messaging.waiting import LONGEST, until

pytestmark = pytest.mark.kafka
SERVICES = """
from zato.server.service import Service
from tests.server.kafka.test_consumer import Shared

class Take(Service):
    name = "take"
    def handle(self):
        Shared.got.append((self.request.kafka.topic, self.request.payload))
        if self.request.payload == "long":
            assert Shared.gate.wait(60)
"""


class Shared:
    """What the service has got, and what a long call of it waits for."""

    got: list[tuple[str, str]]
    gate: threading.Event


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    Shared.got, Shared.gate = [], threading.Event()
    yield
    Shared.gate.set()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Grows whenever the consumer has told the group, during a long call, that it lives."""
    looked: list[float] = []
    is_done = consumer._is_done

    def counted(called: "Future[Outcome]", seconds: float) -> bool:
        looked.append(seconds)
        return is_done(called, seconds)

    monkeypatch.setattr(consumer, "_SOON", 0.02)
    monkeypatch.setattr(consumer, "_is_done", counted)
    return looked


def test_a_long_call_does_not_lose_what_stands_behind_it(tmp_path: Path, topics: Topics, waits: list[float]) -> None:
    """It is paused, looked after, and goes on where it was; each message comes once."""
    topic = topics.new()
    topics.put(topic, "long", "b", "c")
    with served(tmp_path, services=SERVICES) as client:
        given = {"name": topic, **topics.plain, "topic": topic, "service": "take"}
        client.result("zato.channel.kafka.create", given)
        until(client, lambda: len(waits) > 10)
        assert Shared.got == [(topic, "long")]
        Shared.gate.set()
        until(client, lambda: len(Shared.got) == 3)
    assert [text for _, text in Shared.got] == ["long", "b", "c"]


def test_partitions_that_come_during_a_long_call_are_kept(tmp_path: Path, topics: Topics, waits: list[float]) -> None:
    """Those of a consumer that has left the group: their messages wait until the call is over."""
    topic = topics.new(partitions=2)
    with served(tmp_path, services=SERVICES) as client:
        given = {**topics.plain, "topic": topic, "service": "take", "group_id": topic}
        client.result("zato.channel.kafka.create", {"name": "one", **given})
        other = client.result("zato.channel.kafka.create", {"name": "other", **given})["id"]
        until(client, lambda: topics.shares(topic) == [1, 1])
        for partition in range(2):  # Both are in a long call now
            topics.put(topic, "long", partition=partition)
        until(client, lambda: len(Shared.got) == 2)
        client.app.components[KAFKA_KEY].channels[other].links[0].leaving.set()
        for partition in range(2):
            topics.put(topic, f"later {partition}", partition=partition)
        until(client, lambda: len(waits) > 10)
        Shared.gate.set()
        until(client, lambda: {"later 0", "later 1"} <= {text for _, text in Shared.got})


def test_a_service_that_does_not_end_holds_nobody_up(tmp_path: Path, topics: Topics) -> None:
    """A server that stops waits for its own time only; the message is not taken for handled, and comes again."""
    topic = topics.new()
    topics.put(topic, "long")
    given = {"name": topic, **topics.plain, "topic": topic, "service": "take"}
    with served(tmp_path, conf="[limits]\nshutdown_timeout = 1\n", services=SERVICES) as client:
        client.result("zato.channel.kafka.create", given)
        until(client, lambda: len(Shared.got) == 1)
        [channel] = client.app.components[KAFKA_KEY].channels.values()
    Shared.gate.set()
    thread = channel.links[0]._thread
    assert thread is not None
    thread.join(LONGEST)
    assert not thread.is_alive()
