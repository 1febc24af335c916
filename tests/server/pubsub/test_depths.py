"""Tests of apitest_server.pubsub.depths: whatever several servers add, a topic holds no more than it may."""

import asyncio

import pytest
from sqlalchemy import select

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb.models import Fact, PubSubMessage
from apitest_server.pubsub.message import Publication
from apitest_server.pubsub.statements import HALF_FULL
from apitest_server.pubsub.subscribing import expire
from tests.server.pubsub.place import Place

Two = tuple[Place, Place]


def published(places: Two, *counts: int) -> list[int]:
    """Publishes so many messages to each server, at the same time; returns how many each has taken."""

    async def all_of(place: Place, count: int) -> int:
        publishing = (place.broker.publish("/a", Publication(data=1, has_gd=True)) for _ in range(count))
        told = await asyncio.gather(*publishing, return_exceptions=True)
        assert all(isinstance(each, str | ServiceUnavailable) for each in told), told
        return sum(isinstance(each, str) for each in told)

    async def scenario() -> list[int]:
        return await asyncio.gather(*(all_of(place, count) for place, count in zip(places, counts, strict=True)))

    return places[0].run(scenario())


def full(two: Two, policy: str = "refuse") -> None:
    for place in two:
        place.topic("/a", max_depth_gd=320, depth_policy=policy)


def marks(place: Place) -> list[str]:
    with place.odb.reading() as session:
        return list(session.scalars(select(Fact.name).where(Fact.name.startswith(HALF_FULL))))


def test_what_a_server_may_add_without_looking_is_not_filled_by_others(two: Two) -> None:
    """One has looked long ago; meanwhile another one has filled the topic."""
    full(two)
    assert published(two, 1, 0) == [1, 0]
    assert published(two, 0, 200) == [0, 200]
    assert published(two, 0, 200) == [0, 119]
    assert published(two, 50, 0) == [0, 0]
    assert two[0].count(PubSubMessage) == 320


@pytest.mark.parametrize("policy", ["refuse", "drop-oldest"])
def test_servers_that_publish_at_the_same_time_fill_a_topic_exactly(two: Two, policy: str) -> None:
    """Neither more nor less; there is room again for what was taken."""
    full(two, policy)
    key = two[0].subscribe("/a")
    taken = [published(two, 9, 7) for _ in range(30)]
    assert two[0].count(PubSubMessage) == 320
    if policy == "refuse":
        assert sum(map(sum, taken)) == 320
    assert len(marks(two[0])) == 1
    while two[0].pull(key):
        continue
    assert published(two, 5, 5) == [5, 5]
    assert marks(two[0]) == []


def test_the_mark_of_a_topic_that_was_deleted_is_removed(two: Two) -> None:
    """When what has expired is looked for; those of others stay."""
    full(two)
    place = two[0]
    other = place.topic("/b", max_depth_gd=4)
    place.publish("/b", 1, 2, 3, has_gd=True)
    published(two, 200, 0)
    place.delete(other.id)
    assert len(marks(place)) == 2
    place.run(place.broker.do(lambda connection: expire(connection, 0.0)))
    assert marks(place) == [f"{HALF_FULL}{place.broker.topics.named('/a').id}"]
