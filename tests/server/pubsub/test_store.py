"""Tests of apitest_server.pubsub.store."""

import asyncio

import pytest
from sqlalchemy import insert, update

from apitest_server.errors import NotFound, ServiceUnavailable
from apitest_server.odb.models import PubSubMessage, PubSubQueue, ServerRun
from apitest_server.pubsub.message import Publication
from tests.server.pubsub.place import Place


def advance(place: Place, seconds: float) -> None:
    """The database's clock goes on."""
    place.bus.seconds += seconds


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
    with place.odb.writing() as session:
        row = {"server": "a", "machine": "b", "pid": 1, "address": "c", "seen": 1.0}
        session.execute(insert(ServerRun).values(id="alive", **row))
        session.execute(update(PubSubQueue).where(PubSubQueue.message_id == 1).values(claimed_by="alive"))
        session.execute(update(PubSubQueue).where(PubSubQueue.message_id == 2).values(claimed_by="dead"))
    claimed = place.run(place.broker.claim(sub_key))
    assert [(one.data, one.delivery_count) for one in claimed] == [(2, 2), (3, 1)]


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
