"""Tests of apitest_server.pubsub.contents whose queues are looked at while messages are given out."""

import asyncio
from collections.abc import Sequence

import pytest

from apitest_server.errors import NotFound
from apitest_server.pubsub.contents import Contents
from apitest_server.pubsub.message import Message, publication
from tests.server.pubsub.place import Place, until

TOPIC = "/customer/new"


@pytest.mark.parametrize("has_gd", [True, False])
def test_what_is_given_out_is_in_the_queue_until_it_has_arrived(place: Place, has_gd: bool) -> None:
    """Marked as being delivered; released it waits again, with its count; confirmed it is gone."""
    place.topic(TOPIC)
    key, broker, contents = place.subscribe(TOPIC), place.broker, Contents(place.broker)

    async def test() -> None:
        one = await broker.subscription(key)
        for data in ("a", "b"):
            await broker.publish(TOPIC, publication({"data": data, "has_gd": has_gd}), "x")
        [claimed] = await broker.claim(key, 1)

        async def seen() -> list[tuple[object, int, bool]]:
            places, total = await contents.of_queue(one, has_gd)
            assert total == len(places)
            return [(place.message.data, place.message.delivery_count, place.is_claimed) for place in places]

        assert await seen() == [("a", 1, True), ("b", 0, False)]
        assert await contents.queue_depths() == {key: (2, 0) if has_gd else (0, 2)}
        assert (await contents.of_queue(one, not has_gd)) == ([], 0)
        assert (await contents.why(claimed.msg_id, key))[0] == "delivering"
        await broker.release(key, [claimed.msg_id])
        assert await seen() == [("a", 1, False), ("b", 0, False)]
        assert "sent once" in (await contents.why(claimed.msg_id, key))[1]
        await broker.claim(key, 1)
        await broker.confirm(key, [claimed.msg_id])
        assert await seen() == [("b", 0, False)]
        with pytest.raises(NotFound, match="There is no message"):
            await contents.message(claimed.msg_id)

    place.run(test())


@pytest.mark.parametrize("has_gd", [True, False])
def test_a_message_that_is_changed_while_it_is_given_out_is_not_given_out_twice(place: Place, has_gd: bool) -> None:
    """Its confirmation finds it, also where its priority is another one now."""
    place.topic(TOPIC)
    key, broker, contents = place.subscribe(TOPIC), place.broker, Contents(place.broker)

    async def test() -> None:
        await broker.publish(TOPIC, publication({"data": "a", "has_gd": has_gd}), "x")
        [claimed] = await broker.claim(key, 1)
        changed = await contents.change(await contents.message(claimed.msg_id), {"priority": 9, "data": "b"})
        assert (changed.priority, changed.data) == (9, "b")
        await broker.confirm(key, [claimed.msg_id])
        assert await broker.claim(key, 1) == []
        assert await contents.queue_depths() == {key: (0, 0)}

    place.run(test())


def test_a_queue_is_cleared_and_a_topic_is_cleared(place: Place) -> None:
    """Whatever is in them, being delivered or not; what is confirmed afterwards does no harm."""
    place.topic(TOPIC)
    key, broker, contents = place.subscribe(TOPIC), place.broker, Contents(place.broker)

    async def test() -> None:
        one, found = await broker.subscription(key), broker.topics.named(TOPIC)

        async def fill() -> None:
            for data, has_gd in (("a", True), ("b", False), ("c", True)):
                await broker.publish(TOPIC, publication({"data": data, "has_gd": has_gd}), "x")

        await fill()
        claimed = await broker.claim(key, 2)
        assert await contents.clear_queue(one) == 3
        await broker.confirm(key, [each.msg_id for each in claimed])
        assert await contents.topic_depths() == {found.id: (0, 0)}
        await fill()
        claimed = await broker.claim(key, 2)
        assert await contents.clear_topic(found) == 3
        await broker.release(key, [each.msg_id for each in claimed])
        assert await broker.claim(key) == []
        assert await contents.holders() == {}

    place.run(test())


def test_as_many_are_given_out_as_fit(place: Place) -> None:
    """Of both kinds in their order, but one at least; what is being delivered does not count."""
    place.topic(TOPIC)
    key, broker = place.subscribe(TOPIC), place.broker

    async def test() -> None:
        for size, has_gd, priority in ((8, True, 9), (8, False, 9), (98, True, 5), (8, False, 1)):
            given = {"data": "x" * size, "has_gd": has_gd, "priority": priority}  # Two more bytes in JSON
            await broker.publish(TOPIC, publication(given), "x")
        for most_bytes, expected in ((5, 1), (19, 1), (20, 2), (119, 2), (120, 3), (130, 4)):
            claimed = await broker.claim(key, 100, most_bytes)
            assert len(claimed) == expected
            await broker.release(key, [one.msg_id for one in claimed], was_sent=False)
        assert len(await broker.claim(key, 1)) == 1
        assert len(await broker.claim(key, 100, 10)) == 1
        assert len(await broker.claim(key, 100, 110)) == 2

    place.run(test())


@pytest.mark.parametrize("has_gd", [True, False])
def test_dead_letters_are_looked_at_counted_retried_and_deleted(place: Place, has_gd: bool) -> None:
    """They are not pushed, nor pulled, until they are retried; then with as many attempts as a new message has."""
    place.topic(TOPIC)
    key, broker, contents = place.subscribe(TOPIC), place.broker, Contents(place.broker)
    first, second = place.publish(TOPIC, "first", "second", has_gd=has_gd)

    async def failed(*numbers: str) -> None:
        for _ in range(broker._terms.max_attempts):
            claimed = await broker.claim(key, 1, is_pushed=True)
            assert [one.msg_id for one in claimed] == list(numbers[:1])
            await broker.release(key, [one.msg_id for one in claimed], problem="It does not work" * 100)

    async def test() -> None:
        one = await broker.subscription(key)
        await failed(first)
        (dead,) = await contents.dead_letters(one)
        assert (dead.message.msg_id, dead.message.delivery_count) == (first, 10)
        assert dead.problem.startswith("It does not work")
        assert (await contents.why(first, key))[0] == "dead letter"
        assert (await contents.why(second, key))[1].startswith(
            "It waits until the endpoint `rest` takes its messages; 0"
        )
        assert await contents.dead_counts() == {key: 1}
        assert await contents.queue_depths() == {key: (1, 0) if has_gd else (0, 1)}
        assert (await broker.subscribe(place.rest, TOPIC)).queue_depth == 1
        places, _ = await contents.of_queue(one, has_gd)
        assert [each.dead_since is not None for each in places] == [True, False]
        assert await contents.retry(one, [first, second]) == 1
        claimed = await broker.claim(key, is_pushed=True)
        assert [(each.msg_id, each.delivery_count) for each in claimed] == [(first, 11), (second, 1)]
        await broker.release(key, [first, second], was_sent=False)
        await failed(first)
        assert await contents.delete_from_queue(one, [first]) == 1
        assert await contents.dead_counts() == {key: 0}
        assert [each.msg_id for each in await broker.claim(key)] == [second]

    place.run(test())


def test_why_says_which_other_server_delivers(two: tuple[Place, Place]) -> None:
    """Asked on one that the subscriber is not connected to."""
    one, other = two
    till = one.endpoint("till", endpoint_type="wsx")
    other.endpoint("till", endpoint_type="wsx")
    key = one.subscribe("/a", till, "maria:till")

    async def scenario() -> None:
        sent = asyncio.Event()

        async def deliver(messages: Sequence[Message]) -> None:
            sent.set()
            await asyncio.Event().wait()

        async def published() -> str:
            return await one.broker.publish("/a", publication({"data": "x", "has_gd": True}), "x")

        await other.broker.subscription(key)
        first = await published()
        assert one.broker.attached_elsewhere(key) == ""
        assert (await Contents(one.broker).why(first, key))[0] == "waiting"
        other.broker.attach(key, deliver)
        await until(lambda: one.broker.attached_elsewhere(key) == "server")
        await sent.wait()
        assert (await Contents(one.broker).why(first, key))[0] == "delivering"
        state, told = await Contents(one.broker).why(await published(), key)
        assert (state, "is connected to the server `server`, which delivers" in told) == ("waiting", True)
        assert other.broker.attached_elsewhere(key) == ""
        other.broker.detach(key, deliver)
        await until(lambda: one.broker.attached_elsewhere(key) == "")
        assert "is not connected;" in (await Contents(one.broker).why(await published(), key))[1]

    one.run(scenario())
