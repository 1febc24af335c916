"""Tests of apitest_server.pubsub.store."""

import asyncio
import json

import pytest
from sqlalchemy import delete, select, update

from apitest_server.errors import NotFound, ServiceUnavailable
from apitest_server.odb.models import PubSubMessage, PubSubQueue, ServerRun
from apitest_server.pubsub.message import Publication
from apitest_server.pubsub.queues import PATIENCE
from apitest_server.pubsub.taking import Held
from tests.server.pubsub.place import Place

ALIVE = "alive"  # The run of another server


def advance(place: Place, seconds: float) -> None:
    """The database's clock goes on."""
    place.bus.seconds += seconds


def given_out(place: Place, number: int, run: str | None) -> None:
    """Whoever is subscribed to it, a message is delivered by the run of another server, or waits."""
    with place.odb.writing() as session:
        if run == ALIVE and not session.get(ServerRun, run):
            session.add(ServerRun(id=run, server="a", machine="b", pid=1, address="c", seen=1e12))
        which = select(PubSubMessage.id).where(PubSubMessage.content == json.dumps(number).encode())
        session.execute(update(PubSubQueue).where(PubSubQueue.message_id.in_(which)).values(claimed_by=run))


def pushed(place: Place, sub_key: str) -> list[object]:
    """What is pushed next, and arrives."""
    claimed = place.run(place.broker.claim(sub_key, is_pushed=True))
    place.run(place.broker.confirm(sub_key, [one.msg_id for one in claimed]))
    return [one.data for one in claimed]


def published_at_once(place: Place, topic_name: str, *data: object) -> list[object]:
    """Publishes messages in one transaction; what each publisher is told."""

    async def together() -> list[object]:
        await place.broker.ready()
        publishing = (place.broker.publish(topic_name, Publication(data=each, has_gd=True)) for each in data)
        return await asyncio.gather(*publishing, return_exceptions=True)

    return place.run(together())


def test_a_full_topic_refuses(place: Place) -> None:
    """Who comes first is served; there is room again for what was taken."""
    place.topic("/a", max_depth_gd=5)
    sub_key = place.subscribe("/a")
    told = published_at_once(place, "/a", *range(8))
    assert [isinstance(each, ServiceUnavailable) for each in told] == [False] * 5 + [True] * 3
    with pytest.raises(ServiceUnavailable, match="full"):
        place.publish("/a", 9, has_gd=True)
    assert place.pull(sub_key, 2) == [0, 1]
    place.publish("/a", 10, 11, has_gd=True)
    assert place.pull(sub_key) == [2, 3, 4, 10, 11]


def test_a_full_topic_drops_its_oldest_messages(place: Place) -> None:
    """Also those of one and the same transaction."""
    place.topic("/a", max_depth_gd=3, depth_policy="drop-oldest")
    sub_key = place.subscribe("/a")
    assert all(isinstance(each, str) for each in published_at_once(place, "/a", *range(5)))
    assert place.count(PubSubMessage) == place.count(PubSubQueue) == 3
    place.publish("/a", 5, has_gd=True)
    assert place.pull(sub_key) == [3, 4, 5]


@pytest.mark.parametrize("has_gd", [True, False])
def test_what_has_expired_takes_no_room(place: Place, has_gd: bool) -> None:
    """A topic that is full of it takes as many new messages, and refuses the next one."""
    place.topic("/a", max_depth_gd=2, max_depth_non_gd=2)
    place.publish("/a", 1, 2, expiration=1000, has_gd=has_gd)
    with pytest.raises(ServiceUnavailable, match="full"):
        place.publish("/a", 3, has_gd=has_gd)
    advance(place, 1)
    place.publish("/a", 4, 5, has_gd=has_gd)
    with pytest.raises(ServiceUnavailable, match="full"):
        place.publish("/a", 6, has_gd=has_gd)
    assert place.pull(place.subscribe("/a")) == [4, 5]


@pytest.mark.parametrize("has_gd", [True, False])
def test_no_message_is_dropped_where_another_one_has_expired(place: Place, has_gd: bool) -> None:
    """Although it is the oldest one that would be dropped."""
    place.topic("/a", max_depth_gd=2, max_depth_non_gd=2, depth_policy="drop-oldest")
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, has_gd=has_gd)
    place.publish("/a", 2, expiration=1000, has_gd=has_gd)
    advance(place, 1)
    place.publish("/a", 3, has_gd=has_gd)
    assert place.pull(sub_key) == [1, 3]


@pytest.mark.parametrize("policy", ["refuse", "drop-oldest"])
def test_a_topic_never_holds_more_than_it_may(place: Place, policy: str) -> None:
    """However many come one after the other or together, with others taken in between."""
    place.topic("/a", max_depth_gd=20, depth_policy=policy)
    sub_key = place.subscribe("/a")
    for size in (1, 7, 3, 15, 2, 1, 1, 30, 4):
        published_at_once(place, "/a", *range(size))
        assert place.count(PubSubMessage) <= 20
        place.pull(sub_key, 2)


def test_a_topic_that_another_server_deleted(place: Place) -> None:
    """Its publishers are told; those of other topics are none the worse."""
    gone, there = place.topic("/gone"), place.topic("/there")
    place.subscribe("/there")
    with place.odb.writing() as session:
        from apitest_server.odb.models import Object

        session.delete(session.get_one(Object, gone.id))

    async def together() -> list[object]:
        names = (gone.name, there.name)
        publishing = (place.broker.publish(name, Publication(data=1, has_gd=True)) for name in names)
        return await asyncio.gather(*publishing, return_exceptions=True)

    told = place.run(together())
    assert isinstance(told[0], NotFound)
    assert isinstance(told[1], str)


def test_what_a_dead_server_was_delivering_is_delivered_again(place: Place) -> None:
    """What one that is alive delivers is left to it."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, 2, 3, has_gd=True)
    assert [one.data for one in place.run(place.broker.claim(sub_key, 2))] == [1, 2]
    given_out(place, 1, ALIVE)
    given_out(place, 2, "dead")
    claimed = place.run(place.broker.claim(sub_key))
    assert [(one.data, one.delivery_count) for one in claimed] == [(2, 2), (3, 1)]


def test_nothing_overtakes_what_another_server_delivers(place: Place) -> None:
    """Not while that may come again: only what comes before it is pushed, wherever it is kept."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    place.publish("/a", "late", priority=1, has_gd=True)
    place.publish("/a", 1, has_gd=True)
    place.publish("/a", 2, has_gd=False)
    place.publish("/a", 3, has_gd=True)
    place.publish("/a", 4, has_gd=False)
    given_out(place, 3, ALIVE)
    assert pushed(place, sub_key) == [1, 2]
    for _ in range(2):
        with pytest.raises(Held):
            pushed(place, sub_key)
    given_out(place, 3, None)
    assert pushed(place, sub_key) == [3, 4, "late"]


def test_what_a_server_dies_over_comes_before_the_rest(place: Place) -> None:
    """However often it was asked meanwhile for what comes next."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, 2, 3, has_gd=True)
    given_out(place, 1, ALIVE)
    given_out(place, 2, ALIVE)
    with pytest.raises(Held):
        pushed(place, sub_key)
    with place.odb.writing() as session:
        session.execute(delete(ServerRun).where(ServerRun.id == ALIVE))
    assert pushed(place, sub_key) == [1, 2, 3]


def test_messages_do_not_wait_for_ever_for_those_before_them(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    """If another server lives and keeps them, they are overtaken in the end, and the log says so."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, 2, has_gd=True)
    given_out(place, 1, ALIVE)
    for seconds in (0.0, PATIENCE - 1.0):
        advance(place, seconds)
        with pytest.raises(Held):
            pushed(place, sub_key)
    advance(place, 1.0)
    assert pushed(place, sub_key) == [2]
    assert f"Messages for {sub_key} overtake others" in caplog.text
    place.publish("/a", 3, has_gd=True)
    with pytest.raises(Held):
        pushed(place, sub_key)


def test_who_asks_is_given_what_there_is(place: Place) -> None:
    """A pull does not wait for what another server gives out."""
    place.topic("/a")
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, 2, has_gd=True)
    given_out(place, 1, ALIVE)
    assert place.pull(sub_key) == [2]


def test_what_has_expired_is_not_given_out(place: Place) -> None:
    """By the database's clock; a topic may set a limit."""
    place.topic("/a", max_expiration=60_000)
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, has_gd=True)
    place.publish("/a", 2, has_gd=True, expiration=1000)
    advance(place, 2)
    assert place.pull(sub_key) == [1]
    place.publish("/a", 3, has_gd=False)
    advance(place, 120)
    assert place.pull(sub_key) == []
