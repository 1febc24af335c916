"""Tests of apitest_server.wsx.subscriber, against a server that grants and refuses topics."""

import asyncio
import json
import logging
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection

from apitest_server.invoke.backoff import Backoff
from apitest_server.wsx import hooks, link, messages, subscriber
from tests.server.pubsub.subscribing import CONF, broker, prepare, publish
from tests.server.wsx.calling import address, calling
from tests.server.wsx.plain import serving
from tests.server.wsx.serving import Listening, channel, run


class Remote:
    """Grants a topic after so many refusals; ends no subscription where that number is below zero."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.asked: list[str] = []
        self.ended: list[str] = []
        self.connections: list[ServerConnection] = []

    async def handle(self, connection: ServerConnection) -> None:
        self.connections.append(connection)
        async for raw in connection:
            message = json.loads(raw)
            number = message["meta"]["id"]
            if message["meta"]["action"] == "create-session":
                await connection.send(messages.session_created("s", "t", number, "token"))
                continue
            if message["data"]["service"] == "zato.pubsub.pubapi.unsubscribe":
                if self.refusals < 0:
                    await connection.send(messages.failure("s", "t", number, 500, "No"))
                    continue
                self.ended.append(message["data"]["request"]["topic_name"])
                await connection.send(messages.reply("s", "t", number, 200, "{}"))
                continue
            assert message["data"]["service"] == "zato.pubsub.pubapi.subscribe-wsx"
            self.asked.append(message["data"]["request"]["topic_name"])
            if self.refusals:
                self.refusals -= 1
                await connection.send(messages.failure("s", "t", number, 403, "No such topic"))
            else:
                answer = {"sub_key": f"zpsk.{self.asked[-1]}", "queue_depth": 0}
                await connection.send(messages.reply("s", "t", number, 200, json.dumps(answer)))


FIELDS = {"subscription_list": "/a\n/b", "on_message_service_name": "test.hook"}


def test_topics_are_subscribed_to_whenever_it_connects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the first link of the pool only; the keys are known."""
    monkeypatch.setattr(link, "FIRST_DELAY", 0.01)
    remote = Remote()

    async def test(here: Listening) -> None:
        async with serving(remote.handle) as url, calling(tmp_path / "calling") as there:
            await there.connect(url, pool_size=3, **FIELDS)
            await there.until_open()
            await here.until(lambda: len(remote.asked) == 2)
            for connection in remote.connections[:3]:
                connection.transport.abort()
            await here.until(lambda: len(remote.asked) == 4)
            assert remote.asked == ["/a", "/b"] * 2
            [first, *_] = there.connection.links
            assert first.sub_keys == {"/a": "zpsk./a", "/b": "zpsk./b"}

    run(tmp_path, test, channel())


def test_a_topic_that_is_refused_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Until it is granted; the log has one line of each topic."""
    monkeypatch.setattr(subscriber, "RETRIES", Backoff(100, 0.01, 1))
    remote = Remote(refusals=5)

    async def test(here: Listening) -> None:
        async with serving(remote.handle) as url, calling(tmp_path / "calling") as there:
            await there.connect(url, **FIELDS)
            await here.until(lambda: len(remote.asked) == 7)
            await asyncio.sleep(0)
            assert sorted(remote.asked) == ["/a"] * 4 + ["/b"] * 3

    with caplog.at_level(logging.WARNING, "apitest.wsx"):
        run(tmp_path, test, channel())
    lines = [record.getMessage() for record in caplog.records if "could not subscribe" in record.getMessage()]
    assert len(lines) == 2
    assert "403: No such topic" in lines[0]


def test_topics_that_are_no_longer_wanted_are_left(tmp_path: Path) -> None:
    """Those that an edit takes away, all when the connection is deleted; none when it is switched off."""
    remote = Remote()

    async def test(here: Listening) -> None:
        async with serving(remote.handle) as url, calling(tmp_path / "calling") as there:
            number = await there.connect(url, **FIELDS)

            async def edit(**fields: object) -> None:
                await here.until(
                    lambda: (
                        bool(there.connection.links)
                        and len(there.connection.links[0].sub_keys) == len(there.connection.remote.topics)
                    )
                )
                await there.call("zato.outgoing.wsx.edit", {"id": number, **fields})

            await edit(subscription_list="/b\n/c")
            await here.until(lambda: remote.ended == ["/a"])
            await edit(is_active=False)
            await here.until(lambda: all(one.state.name == "CLOSED" for one in remote.connections))
            assert remote.ended == ["/a"]
            await there.call("zato.outgoing.wsx.edit", {"id": number, "is_active": True})
            await edit(name="There too")
            await there.call("zato.outgoing.wsx.edit", {"id": number, "name": "There"})
            await here.until(lambda: bool(there.connection.links) and len(there.connection.links[0].sub_keys) == 2)
            await there.call("zato.outgoing.wsx.delete", {"id": number})
            await here.until(lambda: sorted(remote.ended) == ["/a", "/b", "/c"])

    run(tmp_path, test, channel())


def test_a_real_server_ends_the_subscription(tmp_path: Path) -> None:
    """When the connection is deleted, so that nothing is kept there for nobody."""

    async def test(here: Listening) -> None:
        await prepare(here)
        async with calling(tmp_path / "calling") as there:
            fields = {"username": "user1", "secret": "secret1", "subscription_list": "/customer/new"}
            number = await there.connect(address(here), on_message_service_name="test.hook", **fields)
            await here.until(lambda: bool(there.connection.links) and bool(there.connection.links[0].sub_keys))
            assert len(broker(here).subscriptions.where(lambda one: True)) == 1
            await there.call("zato.outgoing.wsx.delete", {"id": number})
            await here.until(lambda: not broker(here).subscriptions.where(lambda one: True))

    run(tmp_path, test, CONF)


def test_a_subscription_that_cannot_be_ended_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """In the log; the connection is closed all the same."""
    remote = Remote()

    async def test(here: Listening) -> None:
        async with serving(remote.handle) as url, calling(tmp_path / "calling") as there:
            number = await there.connect(url, **FIELDS)
            await here.until(lambda: bool(there.connection.links) and len(there.connection.links[0].sub_keys) == 2)
            remote.refusals = -1
            await there.call("zato.outgoing.wsx.delete", {"id": number})
            await here.until(lambda: remote.connections[0].state.name == "CLOSED")

    run(tmp_path, test, channel())
    assert caplog.text.count("could not end its subscription to /") == 2


def test_a_subscription_that_is_not_answered_keeps_nothing_open(tmp_path: Path) -> None:
    """A connection that is changed meanwhile is closed at once, not after the time-out."""
    connections: list[ServerConnection] = []

    async def handle(connection: ServerConnection) -> None:
        connections.append(connection)
        login = json.loads(await connection.recv())["meta"]["id"]
        await connection.send(messages.session_created("s", "t", login, "token"))
        await connection.recv()
        await connection.wait_closed()

    async def test(here: Listening) -> None:
        async with serving(handle) as url, calling(tmp_path / "calling") as there:
            number = await there.connect(url, timeout=1000, **FIELDS)
            await here.until(lambda: bool(there.connection.links) and there.connection.links[0].in_flight == 1)
            await there.call("zato.outgoing.wsx.edit", {"id": number, "is_active": False})
            await here.until(lambda: connections[0].state.name == "CLOSED")

    run(tmp_path, test, channel())


@pytest.mark.parametrize("has_gd", [False, True])
def test_what_the_hook_fails_with_is_delivered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_gd: bool
) -> None:
    """By a real server, with the number of the attempt; once the hook has finished, nothing waits."""
    monkeypatch.setattr(hooks, "PAUSES", Backoff(100, 0.01))

    async def test(here: Listening) -> None:
        await prepare(here)
        async with calling(tmp_path / "calling") as there:
            fields = {"subscription_list": "/customer/new", "on_message_service_name": "test.failing"}
            await there.connect(address(here), username="user1", secret="secret1", **fields)
            await here.until(lambda: bool(there.connection.links) and bool(there.connection.links[0].sub_keys))
            await publish(here, {"id": 7}, has_gd=has_gd)
            failing = there.service("test.failing")
            await here.until(lambda: len(failing.heard) == 3)  # type: ignore[attr-defined]  # the test's own
            [first], [second], [third] = failing.heard  # type: ignore[attr-defined]  # the test's own
            assert [one["delivery_count"] for one in (first, second, third)] == [1, 2, 3]
            assert first["msg_id"] == third["msg_id"]
            await publish(here, "next", has_gd=has_gd)
            await here.until(lambda: len(failing.heard) == 4)  # type: ignore[attr-defined]  # the test's own
            assert failing.heard[3][0]["data"] == "next"  # type: ignore[attr-defined]  # the test's own

    run(tmp_path, test, CONF + "confirm_timeout = 0.1\n")
