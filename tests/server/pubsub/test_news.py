"""Tests of apitest_server.pubsub.news: two servers of one ODB on one loop, with the bus between them."""

import asyncio
from collections.abc import Sequence

import pytest

from apitest_server.pubsub import news as news_of
from apitest_server.pubsub.message import Message, Publication
from tests.server.pubsub.place import Place, until


def learned(place: Place, sub_key: str) -> None:
    """Waits until a server knows of a subscription."""
    place.run(until(lambda: place.broker.subscriptions.get(sub_key) is not None))


@pytest.mark.parametrize("has_gd", [True, False])
def test_what_one_server_takes_another_delivers(two: tuple[Place, Place], has_gd: bool) -> None:
    """In its order, where the subscriber is attached."""
    one, other = two
    sub_key = other.subscribe("/a")
    learned(one, sub_key)
    arrived: list[object] = []

    async def deliver(messages: Sequence[Message]) -> None:
        arrived.extend(message.data for message in messages)

    async def scenario() -> None:
        other.broker.attach(sub_key, deliver)
        for number in range(20):
            await one.broker.publish("/a", Publication(data=number, has_gd=has_gd))
        await until(lambda: len(arrived) == 20)
        other.broker.detach(sub_key, deliver)

    one.run(scenario())
    assert arrived == list(range(20))


def pulled(place: Place, sub_key: str, count: int) -> list[object]:
    """What is there when so much has come, pulled again and again."""
    got: list[object] = []

    async def pull() -> None:
        async with asyncio.timeout(30):
            while len(got) < count:
                claimed = await place.broker.claim(sub_key)
                await place.broker.confirm(sub_key, [message.msg_id for message in claimed])
                got.extend(message.data for message in claimed)
                await asyncio.sleep(0.005)

    place.run(pull())
    return got


def test_what_is_in_the_memory_of_another_server_is_pulled(two: tuple[Place, Place]) -> None:
    """However much that is, and in its order; what was kept for the first subscriber, too."""
    one, other = two
    one.publish("/a", "kept", has_gd=False)
    sub_key = other.subscribe("/a")
    learned(one, sub_key)
    one.run(asyncio.wait_for(_published(one, 700), 60))
    assert pulled(other, sub_key, 701) == ["kept", *range(700)]
    assert other.pull(sub_key) == []
    assert one.broker.memory.of_topic(one.topic("/a").id, 0.0) == []


async def _published(place: Place, count: int) -> None:
    for number in range(count):
        await place.broker.publish("/a", Publication(data=number, has_gd=False))


def test_a_server_that_does_not_answer_holds_nobody_up(
    two: tuple[Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is gone is not asked; one that is asked in vain is waited for a moment only."""
    monkeypatch.setattr(news_of, "PATIENCE", 0.1)
    one, other = two
    sub_key = other.subscribe("/a")
    learned(one, sub_key)
    one.publish("/a", 1, has_gd=False)
    topic_id = other.topic("/a").id
    news = other.broker._news
    other.run(until(lambda: bool(news._holders.get(topic_id))))
    news._on_holds("silent", [topic_id])
    assert pulled(other, sub_key, 1) == [1]
    news._on_gone("silent")
    assert news._holders[topic_id] == {one.bus.run_id}


def test_a_server_that_is_gone_is_not_waited_for(two: tuple[Place, Place]) -> None:
    """Also if it went while it was asked."""
    _, other = two
    sub_key = other.subscribe("/a")
    topic_id = other.topic("/a").id
    news = other.broker._news
    news._on_holds("dying", [topic_id])

    async def scenario() -> list[Message]:
        claiming = asyncio.ensure_future(other.broker.claim(sub_key))
        await until(lambda: bool(news._awaited))
        news._on_gone("dying")
        return await claiming

    assert other.run(scenario()) == []


def test_what_is_not_meant_for_it_a_server_leaves_alone(two: tuple[Place, Place]) -> None:
    """What others ask each other, and answers about subscriptions that have ended."""
    one, _ = two
    news, topic_id = one.broker._news, one.topic("/a").id
    one.publish("/a", 1, has_gd=False)
    news._on_wanted({"run": "x", "sub_key": "none", "holders": ["other"]})
    news._on_wanted({"run": "x", "sub_key": "none", "holders": [one.bus.run_id]})
    news._on_given({"run": "x", "to": "other", "sub_key": "none", "messages": []})
    news._on_given({"run": "x", "to": one.bus.run_id, "sub_key": "none", "messages": []})
    assert [message.data for message in one.broker.memory.of_topic(topic_id, 0.0)] == [1]


def test_a_server_that_comes_later_is_told(two: tuple[Place, Place]) -> None:
    """Of what others hold."""
    one, other = two
    one.publish("/a", 1, has_gd=False)
    topic_id = one.topic("/a").id
    news = other.broker._news
    other.run(until(lambda: bool(news._holders.get(topic_id))))
    news._holders.clear()

    async def missed() -> None:
        one.broker._news._tell_all()

    one.run(missed())
    other.run(until(lambda: bool(news._holders.get(topic_id))))
