"""Tests of apitest_server.pubsub.whereabouts: two servers of one ODB on one loop, with the bus between them."""

from collections.abc import Sequence

from apitest_server.pubsub.message import Message
from tests.server.pubsub.place import Place, until


def test_the_newest_takes_over_on_any_server(two: tuple[Place, Place]) -> None:
    """Who was attached to another one is told."""
    one, other = two
    sub_key = one.subscribe("/a")
    told: list[str] = []

    async def deliver(messages: Sequence[Message]) -> None:
        raise AssertionError("There is nothing to deliver")

    async def scenario() -> None:
        one.broker.attach(sub_key, deliver, lambda: told.append("replaced"))
        await until(lambda: other.broker._whereabouts.get(sub_key) is not None)
        other.broker.attach(sub_key, deliver)
        await until(lambda: bool(told))

    one.run(scenario())
    assert not one.broker.is_attached(sub_key)
    assert other.broker.is_attached(sub_key)


def test_of_two_that_attach_at_once_one_stays(two: tuple[Place, Place]) -> None:
    """Neither is turned out by who was turned out itself."""
    one, other = two
    sub_key = one.subscribe("/a")
    told: list[int] = []

    async def deliver(messages: Sequence[Message]) -> None:
        raise AssertionError("There is nothing to deliver")

    async def scenario() -> None:
        one.broker.attach(sub_key, deliver, lambda: told.append(1))
        other.broker.attach(sub_key, deliver, lambda: told.append(2))
        await until(lambda: one.broker._whereabouts.get(sub_key) == other.broker._whereabouts.get(sub_key))

    one.run(scenario())
    assert len(told) == 1
    assert (one.broker.is_attached(sub_key), other.broker.is_attached(sub_key)) == (told == [2], told == [1])


def test_nothing_is_kept_of_subscriptions_that_have_ended(two: tuple[Place, Place]) -> None:
    """On any server."""
    one, other = two
    sub_key = one.subscribe("/a")

    async def deliver(messages: Sequence[Message]) -> None:
        raise AssertionError("There is nothing to deliver")

    async def scenario() -> None:
        one.broker.attach(sub_key, deliver)
        await until(lambda: other.broker._whereabouts.get(sub_key) is not None)
        await one.broker.unsubscribe(sub_key)
        await until(lambda: other.broker._whereabouts.get(sub_key) is None)

    one.run(scenario())
    assert one.broker._whereabouts.get(sub_key) is None


def test_who_left_one_server_for_another_is_there(two: tuple[Place, Place]) -> None:
    """Whichever the others hear of first; who comes later to the cluster is told, too."""
    one, other = two
    sub_key = one.subscribe("/a")

    async def deliver(messages: Sequence[Message]) -> None:
        raise AssertionError("There is nothing to deliver")

    async def scenario() -> None:
        one.broker.attach(sub_key, deliver)
        await until(lambda: other.broker.attached_elsewhere(sub_key) == "server")
        first = other.broker._whereabouts.get(sub_key)
        one.broker.detach(sub_key, deliver)
        await until(lambda: other.broker.attached_elsewhere(sub_key) == "")
        other.broker.attach(sub_key, deliver)
        await until(lambda: one.broker.attached_elsewhere(sub_key) == "server")
        assert first is not None
        one.broker._whereabouts._hear_of_leaving(first)
        assert one.broker.attached_elsewhere(sub_key) == "server"
        one.broker._whereabouts.forget(sub_key)
        other.broker._whereabouts._tell_all()
        await until(lambda: one.broker.attached_elsewhere(sub_key) == "server")

    one.run(scenario())


def test_who_leaves_a_server_or_whose_server_dies_is_free_for_the_others(two: tuple[Place, Place]) -> None:
    """They are told once, and may be connected to it as well; who went to one of them is not free."""
    one, other = two
    sub_key = one.subscribe("/a")
    free: list[str] = []
    other.broker.learners.append(lambda subscription: free.append(subscription.sub_key))

    async def deliver(messages: Sequence[Message]) -> None:
        raise AssertionError("There is nothing to deliver")

    async def attached() -> None:
        one.broker.attach(sub_key, deliver)
        await until(lambda: other.broker.attached_elsewhere(sub_key) == "server")

    async def scenario() -> None:
        await until(lambda: free == [sub_key])  # The subscription is new there
        free.clear()
        await attached()
        one.broker.detach(sub_key, deliver)
        await until(lambda: free == [sub_key])
        other.broker._whereabouts._hear_of_death(one.broker.run_id)
        assert free == [sub_key]
        await attached()
        other.broker._whereabouts._hear_of_death("another")
        assert free == [sub_key]
        other.broker._whereabouts._hear_of_death(one.broker.run_id)
        assert free == [sub_key, sub_key]
        other.broker.attach(sub_key, deliver)
        other.broker._whereabouts._hear_of_death(one.broker.run_id)
        assert free == [sub_key, sub_key]

    one.run(scenario())
