"""Tests of apitest_server.pubsub.services: messages are calls of services."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from apitest_server.odb.models import PubSubSubscription, ServerRun
from apitest_server.pubsub import services as module
from apitest_server.pubsub.broker import PUBSUB, Broker
from apitest_server.pubsub.message import Publication
from apitest_server.pubsub.services import Services
from apitest_server.service.messages import Channel
from tests.server.asgi import Client, served

CONF = "[pubsub]\nretry_wait = 0.01\nlongest_retry_wait = 0.02\n"
TAKER = """
import threading
from zato.server.service import Service

class Taker(Service):
    name = 'test.taker'
    came = []
    fails = {}
    def handle(self):
        message = self.request.payload
        Taker.came.append((message['data'], message['delivery_count'], self.channel.type))
        if Taker.fails.get(message['data'], 0) >= message['delivery_count']:
            raise RuntimeError('not yet')

class SlowTaker(Service):
    name = 'test.slow-taker'
    goes_on = threading.Event()
    done = []
    def handle(self):
        Taker.came.append((self.request.payload['data'], self.request.payload['delivery_count'], self.channel.type))
        self.goes_on.wait(20)
        self.done.append(self.request.payload['data'])

class Came(Service):
    name = 'test.came'
    def handle(self):
        Taker.fails.update(self.request.payload or {})
        return {'came': Taker.came}
"""


def prepare(client: Client, service: str = "test.taker") -> str:
    """A topic with a subscription of a service; returns its key."""
    if not len(client.app.components[PUBSUB].topics):
        client.result("zato.pubsub.topic.create", {"name": "/a"})
    fields = {"name": "taker", "endpoint_type": "service", "service_name": service, "topic_patterns": "sub=/**"}
    client.result("zato.pubsub.endpoint.create", {**fields, "role": "sub"})
    broker = client.app.components[PUBSUB]
    return client.runner.run(broker.subscribe(broker.endpoints.named("taker"), "/a")).sub_key


def publish(client: Client, *data: object, has_gd: bool = False) -> None:
    broker = client.app.components[PUBSUB]
    for one in data:
        client.runner.run(broker.publish("/a", Publication(data=one, has_gd=has_gd)))


def came(client: Client, wanted: int) -> list[Any]:
    """What the service was called with, once it was so often."""

    async def waited() -> list[Any]:
        async with asyncio.timeout(20):
            while True:
                told: Any = await client.app.invoker.call("test.came", None, Channel(type="invoke"))
                if len(told["came"]) >= wanted:
                    return list(told["came"])
                await asyncio.sleep(0.005)

    return client.runner.run(waited())


@pytest.mark.parametrize("has_gd", [False, True])
def test_a_service_is_called_with_each_message(tmp_path: Path, has_gd: bool) -> None:
    """In their order; once each."""
    with served(tmp_path, CONF, taker=TAKER) as client:
        prepare(client)
        publish(client, "a", "b", "c", has_gd=has_gd)
        assert came(client, 3) == [(one, 1, "pubsub") for one in "abc"]


@pytest.mark.parametrize("has_gd", [False, True])
def test_a_message_that_the_service_fails_with_comes_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, has_gd: bool
) -> None:
    """Before those after it; what had arrived does not, and the count of those that were not tried stays."""
    with served(tmp_path, CONF, taker=TAKER) as client:
        client.result("test.came", {"b": 2})
        prepare(client)
        publish(client, "a", "b", "c", has_gd=has_gd)
        assert [one[:2] for one in came(client, 5)] == [("a", 1), ("b", 1), ("b", 2), ("b", 3), ("c", 1)]
    assert "the service `test.taker` has failed: not yet" in caplog.text
    assert "RuntimeError: not yet" in caplog.text


def test_a_server_that_starts_delivers_what_waits(tmp_path: Path) -> None:
    """Without being asked for anything."""
    with served(tmp_path, CONF, taker=TAKER) as client:
        client.result("test.came", {"a": 1_000_000})
        prepare(client)
        publish(client, "a", has_gd=True)
        came(client, 1)
    with served(tmp_path, CONF, taker=TAKER) as client:
        [(data, count, _)] = came(client, 1)[:1]
        assert (data, count >= 2) == ("a", True)


def test_a_server_that_stops_lets_services_finish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message that is being worked on has arrived, those behind it in the batch come first at the next start."""
    close = Services.close

    async def goes_on(services: Services, seconds: float) -> None:
        client.app.store.get("test.slow-taker").cls.goes_on.set()  # type: ignore[attr-defined]  # the test's own
        await close(services, seconds)

    monkeypatch.setattr(Services, "close", goes_on)
    with served(tmp_path, CONF, taker=TAKER) as client:
        client.result("zato.pubsub.topic.create", {"name": "/a"})
        publish(client, "a", "b", "c", has_gd=True)
        prepare(client, "test.slow-taker")
        assert came(client, 1) == [("a", 1, "pubsub")]
        done = client.app.store.get("test.slow-taker").cls.done  # type: ignore[attr-defined]
    assert done == ["a"]
    with served(tmp_path, CONF, taker=TAKER) as client:
        client.app.store.get("test.slow-taker").cls.goes_on.set()  # type: ignore[attr-defined]
        assert came(client, 2) == [("b", 1, "pubsub"), ("c", 1, "pubsub")]


def test_a_long_batch_is_confirmed_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a server that dies has done little of what comes again; each message is delivered once."""
    monkeypatch.setattr(module, "LONGEST", 0.0)
    with served(tmp_path, CONF, taker=TAKER) as client:
        client.result("zato.pubsub.topic.create", {"name": "/a"})
        publish(client, *"abc", has_gd=True)
        key = prepare(client)
        assert came(client, 3) == [(each, 1, "pubsub") for each in "abc"]
        pusher = client.app.components[PUBSUB].pushers[key]
        client.runner.run(until(lambda: pusher.delivered == 3))
        assert (pusher.failures, pusher.problem) == (0, "")


def test_nothing_is_done_where_no_service_subscribes(tmp_path: Path) -> None:
    """No task, and the ODB is not asked for subscriptions."""
    with served(tmp_path, CONF) as client:
        broker = client.app.components[PUBSUB]
        services = [each.__self__ for each in broker.listeners if isinstance(getattr(each, "__self__", None), Services)]
        client.result("zato.pubsub.topic.create", {"name": "/a"})
        assert [each._task for each in services] == [None]


def test_only_one_server_delivers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another server of the ODB delivers is left to it, and taken over once that is gone."""
    asked: list[bool] = []
    hold = Broker.hold

    async def noted(broker: Broker, sub_key: str) -> bool:
        asked.append(await hold(broker, sub_key))
        return asked[-1]

    monkeypatch.setattr(Broker, "hold", noted)
    with served(tmp_path, CONF, taker=TAKER) as client:
        key = prepare(client)
        with client.app.odb.writing() as session:
            session.add(other_server())
            session.execute(update(PubSubSubscription).values(held_by="other"))
    asked.clear()
    with served(tmp_path, CONF, taker=TAKER) as client:
        broker = client.app.components[PUBSUB]
        publish(client, "a", has_gd=True)
        client.runner.run(until(lambda: bool(asked)))
        assert (set(asked), broker.is_attached(key)) == ({False}, False)
        with client.app.odb.writing() as session:
            session.delete(session.merge(other_server()))
        broker.tell_listeners()
        assert came(client, 1)[0][0] == "a"


def other_server() -> ServerRun:
    """The row of one that was heard of in a far future, so that nobody takes it for dead."""
    return ServerRun(id="other", server="other", machine="elsewhere", pid=1, address="http://elsewhere:1", seen=1e12)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.005)
