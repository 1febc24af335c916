"""Tests of apitest_server.pubsub.clients: real clients of a channel, in the process of the server."""

import asyncio
import itertools
import logging
from pathlib import Path

import pytest
from sqlalchemy import func, select

from apitest_server.internal.pubsub.wsx import SubscribeWSX
from apitest_server.odb.models import PubSubQueue
from apitest_server.pubsub.broker import PUBSUB
from apitest_server.pubsub.client_names import subscriber
from apitest_server.pubsub.clients import CLIENTS
from tests.server.pubsub.subscribing import (
    CONF,
    SUBSCRIBE,
    all_data,
    asked,
    broker,
    confirm,
    prepare,
    publish,
    received,
    signed_in,
    subscribe,
)
from tests.server.wsx.serving import Listening, run

KEYS = {
    "delivery_count", "msg_id", "expiration_time_iso", "topic_name", "pub_time_iso", "recv_time_iso", "priority",
    "expiration", "has_gd", "data", "sub_key", "mime_type", "size",
}  # fmt: skip


@pytest.mark.parametrize("has_gd", [False, True])
def test_messages_are_delivered(tmp_path: Path, has_gd: bool) -> None:
    """To who has subscribed, with all of their keys; once confirmed they are gone."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server)
        told = await subscribe(guest)
        assert told["queue_depth"] == 0
        assert told["sub_key"].startswith("zpsk.websockets.")
        await publish(server, {"id": 7}, has_gd=has_gd)
        delivery = await guest.next()
        assert (delivery["meta"]["msg_type"], delivery["meta"]["ctx"]) == ("zwsx.psrq", {"sub_key": told["sub_key"]})
        message = delivery["data"]
        assert set(message) == KEYS
        assert (message["data"], message["delivery_count"], message["has_gd"]) == ({"id": 7}, 1, has_gd)
        assert (message["sub_key"], message["topic_name"]) == (told["sub_key"], "/customer/new")
        await confirm(guest, delivery)
        await publish(server, "next", has_gd=has_gd)
        assert await all_data(guest, 1) == [("next", 1)]
        while (await subscribe(guest))["queue_depth"]:
            pass

    run(tmp_path, test, CONF)


def test_the_answer_comes_before_the_first_delivery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also to the first subscriber, whom messages wait for, and however long its call still takes."""
    handle = SubscribeWSX.handle

    async def slow(service: SubscribeWSX) -> None:
        await handle(service)
        for _ in range(50):  # What would be delivered meanwhile waits for the database in the same line
            await service.server.components[PUBSUB].do(lambda connection: None)

    monkeypatch.setattr(SubscribeWSX, "handle", slow)

    async def test(server: Listening) -> None:
        await prepare(server)
        await publish(server, "kept", has_gd=False)
        guest = await signed_in(server)
        answer = await guest.invoke({"service": SUBSCRIBE, "request": {"topic_name": "/customer/new"}})
        assert (answer["meta"]["msg_type"], answer["data"]["queue_depth"]) == ("zwsx.rspok", 1)
        assert await all_data(guest, 1) == [("kept", 1)]
        await asked(guest, "zato.pubsub.pubapi.unsubscribe", {"topic_name": "/customer/new"})
        assert not broker(server)._pushers

    run(tmp_path, test, CONF)


def test_who_reads_nothing_holds_nobody_up(tmp_path: Path) -> None:
    """Others get everything; of what it does not read no more than a batch is in memory next to its queue."""

    async def test(server: Listening) -> None:
        await prepare(server)
        idle = await signed_in(server, "idle")
        await subscribe(idle)
        [client] = server.web_sockets.clients()
        idle.connection.transport.pause_reading()
        guest = await signed_in(server, "reader")
        await subscribe(guest)
        got: list[tuple[object, int]] = []
        for number in range(40):
            await publish(server, f"{number} {'x' * 400_000}")
            got += await all_data(guest, 1)
        assert [str(data).partition(" ")[0] for data, _ in got] == [str(number) for number in range(40)]
        assert all(count == 1 for _, count in got)
        assert client.socket.unsent <= 512 * 1024
        (attached,) = (each for each in broker(server).pushers.values() if not each.delivered)
        assert (attached.failures, attached.problem) == (0, "")
        idle.connection.transport.resume_reading()
        assert len(await all_data(idle, 40)) == 40

    run(tmp_path, test, CONF)


def test_one_message_may_come_in_a_list(tmp_path: Path) -> None:
    """Which a client asks for when it subscribes, and can change when it does so once more."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server)
        first = await subscribe(guest, wrap_one_msg_in_list=True)
        await publish(server, "a")
        delivery = await guest.next()
        await confirm(guest, delivery)
        assert [each["data"] for each in delivery["data"]] == ["a"]
        assert (await subscribe(guest))["sub_key"] == first["sub_key"]
        await publish(server, "b")
        assert (await guest.next())["data"]["data"] == "b"

    run(tmp_path, test, CONF)


def test_several_messages_come_together(tmp_path: Path) -> None:
    """Those that came while the client had not confirmed; never more than one delivery is under way."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server)
        await subscribe(guest)
        await publish(server, "a")
        first = await guest.next()
        await publish(server, "b", "c")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await guest.next()
        await confirm(guest, first)
        assert [each["data"] for each in await received(guest)] == ["b", "c"]

    run(tmp_path, test, CONF)


@pytest.mark.parametrize("has_gd", [False, True])
def test_what_is_not_confirmed_comes_again(tmp_path: Path, has_gd: bool) -> None:
    """After the time-out, counted; until the client confirms it."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server)
        await subscribe(guest)
        await publish(server, "a", has_gd=has_gd)
        assert (await guest.next())["data"]["delivery_count"] == 1
        assert (await guest.next())["data"]["delivery_count"] == 2
        again = await guest.next()
        assert again["data"]["delivery_count"] >= 3
        await confirm(guest, again)

    run(tmp_path, test, CONF + "confirm_timeout = 0.05\n")


@pytest.mark.parametrize("has_gd", [False, True])
def test_a_subscription_outlives_its_connection(tmp_path: Path, has_gd: bool) -> None:
    """What comes meanwhile, and what was not confirmed, is delivered when the client is back; nothing else is asked."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server)
        told = await subscribe(guest)
        created = (await broker(server).subscription(told["sub_key"])).created
        await publish(server, "a", has_gd=has_gd)
        assert (await guest.next())["data"]["data"] == "a"
        guest.connection.transport.abort()
        await server.until(lambda: not list(server.web_sockets.clients()))
        await publish(server, "b", has_gd=has_gd)
        again = await signed_in(server)
        assert await all_data(again, 2) == [("a", 2), ("b", 1)]
        assert (await subscribe(again))["sub_key"] == told["sub_key"]
        assert (await broker(server).subscription(told["sub_key"])).created == created

    run(tmp_path, test, CONF)


def test_a_subscription_outlives_the_server(tmp_path: Path) -> None:
    """With guaranteed delivery so does what waits for it."""

    async def before(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server)
        await subscribe(guest)
        await publish(server, "a", has_gd=True)
        await guest.next()
        await publish(server, "b", has_gd=True)

    async def after(server: Listening) -> None:
        assert await all_data(await signed_in(server), 2) == [("a", 2), ("b", 1)]

    run(tmp_path, before, CONF)
    run(tmp_path, after, CONF)


def test_others_do_not_get_what_waits_for_a_client(tmp_path: Path) -> None:
    """It is another one if its ID is; and one without an ID is always another one."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server, "till-7")
        key = (await subscribe(guest))["sub_key"]
        await guest.connection.close()
        await publish(server, "a")
        for client_id in ("till-8", ""):
            other = await signed_in(server, client_id)
            assert (await subscribe(other))["sub_key"] != key
            await publish(server, client_id)
            assert await all_data(other, 1) == [(client_id, 1)]

    run(tmp_path, test, CONF)


def test_the_subscription_of_a_client_without_an_id_ends_with_its_connection(tmp_path: Path) -> None:
    """Nothing is kept for it."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server, "")
        key = (await subscribe(guest))["sub_key"]
        await guest.connection.close()
        await server.until(lambda: broker(server).subscriptions.get(key) is None)

    run(tmp_path, test, CONF)


def test_subscriptions_of_clients_without_an_id_end_with_a_server_that_was_killed(tmp_path: Path) -> None:
    """Others find out when their first client comes; those of clients with an ID stay."""

    async def before(server: Listening) -> None:
        await prepare(server)
        for client_id in ("", "till-7"):
            await subscribe(await signed_in(server, client_id))
        server.client.app.components[CLIENTS]._sessions.clear()  # So that it does not end them itself

    async def after(server: Listening) -> None:
        await signed_in(server, "till-8")
        await broker(server).ready()
        await server.until(lambda: len(broker(server).subscriptions.where(lambda one: True)) == 1)
        assert [one.client_id for one in broker(server).subscriptions.where(lambda one: True)] == ["user1:till-7"]

    run(tmp_path, before, CONF)
    run(tmp_path, after, CONF)


def test_the_newest_connection_of_a_client_wins(tmp_path: Path) -> None:
    """It gets what the earlier one had not confirmed; that one goes on otherwise, and its end changes nothing."""

    async def test(server: Listening) -> None:
        await prepare(server)
        old = await signed_in(server)
        key = (await subscribe(old))["sub_key"]
        await publish(server, "a")
        assert (await old.next())["data"]["data"] == "a"
        new = await signed_in(server)
        assert await all_data(new, 1) == [("a", 2)]
        assert await asked(old, "zato.ping", {}) == {"pong": "zato"}
        await old.connection.close()
        await server.until(lambda: len(list(server.web_sockets.clients())) == 1)
        await publish(server, "b")
        assert await all_data(new, 1) == [("b", 1)]
        assert broker(server).is_attached(key)

    run(tmp_path, test, CONF)


def test_an_older_connection_takes_over_when_the_newest_ends(tmp_path: Path) -> None:
    """The client is still there: it gets what comes, and what it had not confirmed on the other one."""

    async def test(server: Listening) -> None:
        await prepare(server)
        oldest, old = await signed_in(server), await signed_in(server)
        await subscribe(old)
        new = await signed_in(server)
        await publish(server, "a")
        assert (await new.next())["data"]["data"] == "a"
        await new.connection.close()
        assert await all_data(old, 1) == [("a", 2)]
        await old.connection.close()
        await server.until(lambda: len(list(server.web_sockets.clients())) == 1)
        await publish(server, "b")
        assert await all_data(oldest, 1) == [("b", 1)]

    run(tmp_path, test, CONF)


def test_only_endpoints_with_permission_subscribe(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A topic that does not exist is refused like one that the client may not subscribe to."""

    async def test(server: Listening) -> None:
        guest = await signed_in(server)
        nobody = await subscribe(guest)
        await prepare(server, "pub=/**\nsub=/customer/*", "/customer/new", "/staff/new")
        expected = {"status": 403, "error_message": "Forbidden"}
        for told in (nobody, await subscribe(guest, "/staff/new"), await subscribe(guest, "/customer/unknown")):
            assert {name: told[name] for name in expected} == expected

    with caplog.at_level(logging.WARNING):
        run(tmp_path, test, CONF)
    assert "may not subscribe to `/staff/new`: The endpoint `clients` may not" in caplog.text
    assert "may not subscribe to `/customer/unknown`: There is no topic" in caplog.text


def test_permissions_that_are_withdrawn_count_at_once(tmp_path: Path) -> None:
    """What comes waits, and is delivered once it may be again."""

    async def test(server: Listening) -> None:
        endpoint = await prepare(server)
        guest = await signed_in(server)
        await subscribe(guest)
        await server.call("zato.pubsub.endpoint.edit", {"id": endpoint, "topic_patterns": "sub=/other"})
        await publish(server, "a")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await guest.next()
        await server.call("zato.pubsub.endpoint.edit", {"id": endpoint, "topic_patterns": "sub=/customer/*"})
        assert await all_data(guest, 1) == [("a", 1)]

    run(tmp_path, test, CONF)


def test_a_topic_can_be_deleted_under_its_subscribers(tmp_path: Path) -> None:
    """They go on; the subscription is gone."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server)
        key = (await subscribe(guest))["sub_key"]
        await publish(server, "a")
        await guest.next()
        [topic] = await server.call("zato.pubsub.topic.get-list", {"cluster_id": 1})
        await server.call("zato.pubsub.topic.delete", {"id": topic["id"]})
        await server.until(lambda: not broker(server).is_attached(key))
        assert await asked(guest, "zato.ping", {}) == {"pong": "zato"}
        assert (await subscribe(guest))["status"] == 403

    run(tmp_path, test, CONF)


def test_a_large_message_is_delivered_alone(tmp_path: Path) -> None:
    """Of whatever size, whatever else waits."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await server.connect(max_size=None)
        await guest.sign_in("user1", "secret1", client_id="till-7")
        await subscribe(guest)
        large = "x" * 3_000_000
        await publish(server, "a")
        first = await guest.next()
        await publish(server, "b", large, "c")
        await confirm(guest, first)
        found = [[each["data"] for each in await received(guest)] for _ in range(3)]
        assert found == [["b"], [large], ["c"]]

    run(tmp_path, test, CONF)


def test_one_who_does_not_confirm_holds_nobody_up(tmp_path: Path) -> None:
    """Neither others of its topic nor who publishes; what waits for it is in its queue alone."""

    async def test(server: Listening) -> None:
        await prepare(server)
        slow, quick = await signed_in(server, "slow"), await signed_in(server, "quick")
        await subscribe(slow)
        await subscribe(quick)
        for number in range(50):
            await publish(server, number)
            assert await all_data(quick, 1) == [(number, 1)]
        assert (await slow.next())["data"]["data"] == 0
        [client] = [one for one in server.web_sockets.clients() if one.client_id == "slow"]
        assert client.socket.messages_out == 3  # Two answers, and the delivery that is not confirmed
        assert not client.socket.unsent

    run(tmp_path, test, CONF)


@pytest.mark.parametrize("client_id", ["x" * 1000, "a\0b"])
def test_an_id_that_databases_cannot_keep_is_refused(tmp_path: Path, client_id: str) -> None:
    """The client can do all else."""

    async def test(server: Listening) -> None:
        await prepare(server)
        guest = await signed_in(server, client_id)
        assert (await subscribe(guest))["status"] == 400
        assert await asked(guest, "zato.ping", {}) == {"pong": "zato"}

    run(tmp_path, test, CONF)


def test_nothing_is_left_of_who_has_gone(tmp_path: Path) -> None:
    """No session, nobody attached, no task, although deliveries were under way."""

    async def test(server: Listening) -> None:
        await prepare(server)
        tasks, clients = len(asyncio.all_tasks()), server.client.app.components[CLIENTS]
        for number in range(20):
            guest = await signed_in(server, f"till-{number}" if number % 2 else "")
            await subscribe(guest)
            await publish(server, number)
            guest.connection.transport.abort()
        await server.until(lambda: not (clients._sessions or len(clients._background) or broker(server)._pushers))
        await server.until(lambda: not broker(server)._ending)
        del guest
        await server.until(lambda: len(asyncio.all_tasks()) <= tasks + 2)
        assert len(broker(server).subscriptions.where(lambda one: True)) == 10

    run(tmp_path, test, CONF)


def stored(server: Listening) -> int:
    """How many messages wait in the ODB."""
    with server.client.app.odb.reading() as session:
        return session.scalar(select(func.count()).select_from(PubSubQueue)) or 0


def test_clients_that_come_and_go_get_everything(tmp_path: Path) -> None:
    """Whatever they were doing when they left: in the end all queues are empty, and nothing else is left of it."""
    wanted, staying = set(range(60)), list[asyncio.Task[object]]()

    async def visits(server: Listening, name: str) -> None:
        seen: set[object] = set()
        for stay in itertools.cycle((1, 0, 2)):
            guest = await signed_in(server, name)
            for _ in range(stay):
                seen.update(each["data"] for each in await received(guest))
                if seen == wanted:
                    staying.append(asyncio.create_task(all_data(guest, 1_000_000)))  # What it did not confirm in time
                    return
            guest.connection.transport.abort()

    async def test(server: Listening) -> None:
        await prepare(server)
        names = [f"till-{number}" for number in range(8)]
        for name in names:
            guest = await signed_in(server, name)
            await subscribe(guest)
            guest.connection.transport.abort()
        visiting = asyncio.gather(*(visits(server, name) for name in names))
        for number in sorted(wanted):
            await publish(server, number, has_gd=bool(number % 2))
        await visiting
        one, topic = broker(server), broker(server).topics.named("/customer/new")
        await server.until(lambda: not one.memory.of_topic(topic.id, 0.0))
        await server.until(lambda: not stored(server))
        for task in staying:
            task.cancel()
        for guest in server.guests:
            guest.connection.transport.abort()
        await server.until(lambda: not (one._pushers or one._ending))

    run(tmp_path, test, CONF)


def test_names_of_clients_are_told_apart() -> None:
    """A user cannot choose an ID that makes it somebody else's client, or a connection's."""
    names = [subscriber(*one) for one in (("a", "b:c"), ("a:b", "c"), ("", "a:b"), ("", "ws.1@run"), ("ws.1@run", "a"))]
    assert len(set(names)) == len(names)
    assert all(":" in name for name in names)
    assert subscriber("a", "") == ""
