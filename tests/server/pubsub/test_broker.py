"""Tests of apitest_server.pubsub.broker."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, text

from apitest_server.errors import Forbidden, NotFound, ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.odb.models import PubSubMessage, PubSubQueue, PubSubSubscription
from apitest_server.pubsub import broker
from apitest_server.pubsub.delivery import Terms
from apitest_server.pubsub.message import Message, Publication
from apitest_server.pubsub.topics import permissions
from tests.server.pubsub.place import Place, until

BOTH = pytest.mark.parametrize("has_gd", [True, False])


@BOTH
def test_what_is_published_arrives(place: Place, has_gd: bool) -> None:
    """Once, with the highest priority first, then the oldest."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, {"b": [None]}, has_gd=has_gd)
    place.publish("/a", "first", has_gd=has_gd, priority=9)
    (first, *_) = claimed = place.run(place.broker.claim(sub_key))
    assert [one.data for one in claimed] == ["first", 1, {"b": [None]}]
    assert (first.sub_key, first.delivery_count, first.has_gd, first.size) == (sub_key, 1, has_gd, 5)
    assert place.run(place.broker.claim(sub_key)) == []
    place.run(place.broker.confirm(sub_key, [one.msg_id for one in claimed]))
    assert place.pull(sub_key) == []
    assert place.count(PubSubMessage) == place.count(PubSubQueue) == 0


@BOTH
def test_what_does_not_arrive_comes_again_in_its_place(place: Place, has_gd: bool) -> None:
    """Each time it is sent counts."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    ids = place.publish("/a", "x", "y", "z", has_gd=has_gd)
    place.run(place.broker.claim(sub_key, 2))
    place.run(place.broker.release(sub_key, ids[:2]))
    again = place.run(place.broker.claim(sub_key))
    assert [(one.data, one.delivery_count) for one in again] == [("x", 2), ("y", 2), ("z", 1)]


@BOTH
def test_the_first_subscriber_gets_what_was_kept(place: Place, has_gd: bool) -> None:
    """The second one gets what comes from then on."""
    place.topic("/a")
    place.publish("/a", 1, 2, has_gd=has_gd)
    first = place.run(place.broker.subscribe(place.rest, "/a"))
    assert (first.queue_depth, first.is_new) == (2, True)
    second = place.run(place.broker.subscribe(place.endpoint("other"), "/a"))
    assert (second.queue_depth, second.is_new) == (0, True)
    place.publish("/a", 3, has_gd=has_gd)
    assert place.pull(second.sub_key) == [3]
    assert place.pull(first.sub_key) == [1, 2, 3]


def test_messages_of_both_kinds_come_in_one_order(place: Place) -> None:
    """Also where only some of them are asked for."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    for number in range(6):
        place.publish("/a", number, has_gd=bool(number % 2), priority=5)
    place.publish("/a", "now", has_gd=False, priority=9)
    assert place.pull(sub_key, 3) == ["now", 0, 1]
    assert place.pull(sub_key, 2) == [2, 3]
    (left,) = place.run(place.broker.claim(sub_key, 1))
    assert (left.data, left.delivery_count) == (4, 1)
    assert [(one.data, one.delivery_count) for one in place.run(place.broker.claim(sub_key))] == [(5, 1)]


def test_permissions_count(place: Place) -> None:
    """Of endpoints; services of the server may publish anywhere. What is not there is not found."""
    place.topic("/a/b")
    nobody = place.endpoint("nobody", permissions=permissions("pub=/b/*\nsub=/b/*"))
    with pytest.raises(Forbidden, match="`nobody` may not publish to topic `/a/b`"):
        place.run(place.broker.publish("/a/b", Publication(data=1), nobody))
    with pytest.raises(Forbidden, match="may not subscribe"):
        place.run(place.broker.subscribe(nobody, "/a/b"))
    with pytest.raises(NotFound, match="no topic `/c`"):
        place.run(place.broker.publish("/c", Publication(data=1)))
    assert place.run(place.broker.publish("/a/b", Publication(data=1), place.rest))
    place.topic("/a/b", is_active=False)
    with pytest.raises(ServiceUnavailable, match="stopped"):
        place.run(place.broker.publish("/a/b", Publication(data=1), "a.service"))


def test_subscribing_again_gives_the_same_subscription(place: Place) -> None:
    """Another client of the endpoint has one of its own."""
    place.topic("/a")
    one = place.subscribe("/a", client_id="x")
    assert place.subscribe("/a", client_id="x") == one
    assert place.subscribe("/a", client_id="y") != one
    found = place.broker.find(place.rest, "/a", "x")
    assert found is not None
    assert found.sub_key == one


def test_what_is_unsubscribed_is_gone(place: Place) -> None:
    """With all that waits for it."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, 2, has_gd=True)
    place.publish("/a", 3, has_gd=False)
    assert place.run(place.broker.unsubscribe(sub_key)) == 1
    assert place.run(place.broker.unsubscribe(sub_key)) == 0
    assert place.count(PubSubMessage) == place.count(PubSubSubscription) == 0
    with pytest.raises(NotFound, match="no subscription"):
        place.pull(sub_key)


@BOTH
def test_what_comes_is_pushed_to_who_is_attached(odb: ODB, has_gd: bool) -> None:
    """What has not arrived is sent again, until it has."""
    with Place(odb, terms=Terms(retry_wait=0.01)) as place:
        place.topic("/a")
        sub_key = place.subscribe("/a")
        place.publish("/a", "before", has_gd=has_gd)
        arrived: list[tuple[object, int]] = []
        attempts: list[int] = []

        async def deliver(messages: Sequence[Message]) -> None:
            attempts.append(len(messages))
            if len(attempts) < 3:
                raise ConnectionError("gone")
            arrived.extend((one.data, one.delivery_count) for one in messages)

        async def scenario() -> None:
            place.broker.attach(sub_key, deliver)
            await until(lambda: len(arrived) == 1)
            await place.broker.publish("/a", Publication(data="after", has_gd=has_gd))
            await until(lambda: len(arrived) == 2)
            place.broker.detach(sub_key, deliver)

        place.run(scenario())
        assert arrived == [("before", 3), ("after", 1)]


def test_the_newest_takes_over(place: Place) -> None:
    """Who was attached before is told, and cannot detach the newer one."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    told: list[str] = []
    got: list[tuple[object, int]] = []
    begun = asyncio.Event()

    async def old(messages: Sequence[Message]) -> None:
        begun.set()
        await asyncio.Event().wait()

    async def new(messages: Sequence[Message]) -> None:
        got.extend((one.data, one.delivery_count) for one in messages)

    async def scenario() -> None:
        place.broker.attach(sub_key, old, lambda: told.append("replaced"))
        await place.broker.publish("/a", Publication(data=1, has_gd=True))
        await begun.wait()
        place.broker.attach(sub_key, new)
        assert told == ["replaced"]
        place.broker.detach(sub_key, old)
        assert place.broker.is_attached(sub_key)
        await until(lambda: bool(got))

    place.run(scenario())
    assert got == [(1, 2)]


@BOTH
def test_who_gives_up_leaves_the_messages_to_others(place: Place, has_gd: bool) -> None:
    """Whenever that is: they are given out again, and were not sent."""
    topic = place.topic("/a", hook_service_name="my.hook")
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, 2, has_gd=has_gd)
    asked = asyncio.Event()

    async def endless(service: str, payload: object) -> object:
        asked.set()
        return await asyncio.Event().wait()

    async def given_up() -> None:
        claiming = asyncio.ensure_future(place.broker.claim(sub_key))
        await asyncio.sleep(0)
        claiming.cancel()
        await asyncio.wait([claiming])
        await until(lambda: not len(place.broker.queues._background))
        place.hook = endless  # type: ignore[method-assign]
        claiming = asyncio.ensure_future(place.broker.claim(sub_key))
        await asked.wait()
        claiming.cancel()
        await asyncio.wait([claiming])
        await until(lambda: not len(place.broker.queues._background))

    place.run(given_up())
    place.topic(topic.name)
    claimed = place.run(place.broker.claim(sub_key))
    assert [(one.data, one.delivery_count) for one in claimed] == [(1, 1), (2, 1)]


@BOTH
def test_what_a_hook_skips_holds_nothing_up(odb: ODB, has_gd: bool) -> None:
    """Whoever is behind it is delivered at once, by push and by pull; the hook is asked again after a while."""
    with Place(odb, terms=Terms(batch_size=3, skip_wait=300)) as place:
        place.topic("/a", hook_service_name="my.hook")
        sub_key, skipped, asked = place.subscribe("/a"), set(range(10)), list[object]()
        arrived: list[tuple[object, int]] = []

        async def hook(service: str, payload: Any) -> object:
            ctx = payload["ctx"]
            if ctx["type"] == "before_delivery":
                asked.append(ctx["msg"]["data"])
                return {"hook_action": "skip" if ctx["msg"]["data"] in skipped else ""}
            return None

        async def deliver(messages: Sequence[Message]) -> None:
            arrived.extend((one.data, one.delivery_count) for one in messages)

        async def pushed() -> None:
            place.broker.attach(sub_key, deliver)
            await until(lambda: bool(arrived))
            assert (arrived, asked) == ([(10, 1)], list(range(11)))
            skipped.clear()
            place.bus.seconds += 1000
            place.broker.waits_again(await place.broker.subscription(sub_key))
            await until(lambda: len(arrived) == 11)
            assert arrived[1:] == [(number, 1) for number in range(10)]
            place.broker.detach(sub_key, deliver)

        place.hook = hook  # type: ignore[method-assign]
        place.publish("/a", *range(11), has_gd=has_gd)
        assert place.pull(sub_key, 2) == [10]
        place.publish("/a", 10, has_gd=has_gd)
        asked.clear()
        place.run(pushed())


@BOTH
def test_two_that_pull_with_one_key_share_what_there_is(place: Place, has_gd: bool) -> None:
    """No message is given to both."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    place.publish("/a", *range(10), has_gd=has_gd)

    async def together() -> list[list[Message]]:
        return await asyncio.gather(*(place.broker.claim(sub_key, 4) for _ in range(4)))

    got = [[one.data for one in each] for each in place.run(together())]
    assert sorted(str(data) for each in got for data in each) == [str(number) for number in range(10)]
    assert got[0] == [0, 1, 2, 3]


def test_what_has_expired_is_swept(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if nobody asks for it; the sweeping begins with the first topic, and survives a database that is away."""
    monkeypatch.setattr(broker, "SWEEP", 0.001)
    topic = place.topic("/a")
    sub_key = place.subscribe("/a")
    for has_gd in (True, False):
        place.publish("/a", "short", has_gd=has_gd, expiration=600_000)
        place.publish("/a", "long", has_gd=has_gd)
    place.bus.seconds += 1000
    failures = [ServiceUnavailable("away")]
    do = place.broker.do

    async def sometimes(function: Callable[[Connection], object]) -> object:
        if failures:
            raise failures.pop()
        return await do(function)

    place.broker.do = sometimes  # type: ignore[method-assign,assignment]

    async def swept() -> None:
        async with asyncio.timeout(30):
            while await do(lambda connection: connection.scalar(text("SELECT count(*) FROM pubsub_messages"))) != 1:
                await asyncio.sleep(0.01)

    place.run(swept())
    place.run(until(lambda: [one.data for one in place.broker.memory.of_topic(topic.id, 0.0)] == ["long"]))
    assert place.pull(sub_key) == ["long", "long"]


def test_sweeping_goes_on_after_any_error(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has a line of it."""
    monkeypatch.setattr(broker, "SWEEP", 0.001)
    failures: list[Exception] = [RuntimeError("unheard\nof"), ValueError("again")]

    def expire(now: float) -> list[str]:
        if failures:
            raise failures.pop()
        return swept.set() or []  # type: ignore[func-returns-value]

    swept = asyncio.Event()
    place.broker.memory.expire = expire  # type: ignore[method-assign,assignment]
    place.topic("/a")
    place.run(until(swept.is_set))
    assert "Looking for what has expired failed, and is tried again in 0.001 s: RuntimeError: unheard of" in caplog.text


def test_a_broker_that_has_not_started_says_so(odb: ODB) -> None:
    """To a thread that asks it for something."""
    unstarted = Place(odb)
    with pytest.raises(ServiceUnavailable, match="not running"):
        unstarted.broker.wait(unstarted.broker.publish("/a", Publication(data=1)))
    unstarted.runner.close()
