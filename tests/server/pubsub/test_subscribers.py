"""Tests of apitest_server.pubsub.subscribers."""

import pytest

from apitest_server.errors import NotFound, ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.odb.models import PubSubMessage, PubSubSubscription
from tests.server.pubsub.place import Place, until


@pytest.mark.parametrize("what", ["topic", "endpoint"])
def test_a_topic_or_endpoint_deleted_under_its_subscribers(place: Place, what: str) -> None:
    """Its subscriptions are gone, what was attached is told, and a pull says so."""
    topic = place.topic("/a")
    endpoint = place.endpoint("other")
    sub_key = place.subscribe("/a", endpoint)
    told: list[str] = []

    async def deliver(messages: object) -> None:
        raise AssertionError("Nothing was published")

    async def attach() -> None:
        place.broker.attach(sub_key, deliver, lambda: told.append("ended"))

    place.run(attach())
    place.publish("/a", 1, has_gd=False)
    place.delete(topic.id if what == "topic" else endpoint.id)
    with pytest.raises(NotFound):
        place.pull(sub_key)
    assert told == ["ended"]
    assert place.count(PubSubSubscription) == place.count(PubSubMessage) == 0


def test_a_subscription_is_there_after_a_restart(odb: ODB) -> None:
    """With what waits for it; and what the server before was delivering."""
    with Place(odb) as before:
        before.topic("/a")
        sub_key = before.subscribe("/a")
        before.publish("/a", 1, 2, has_gd=True)
        before.run(before.broker.claim(sub_key, 1))
        created = before.run(before.broker.subscription(sub_key)).created
    with Place(odb) as after:
        after.topic("/a")
        assert after.run(after.broker.subscription(sub_key)).created == created
        assert after.subscribe("/a") == sub_key
        claimed = after.run(after.broker.claim(sub_key))
        assert [(one.data, one.delivery_count) for one in claimed] == [(1, 2), (2, 1)]


def test_a_subscription_made_by_another_server_is_found(odb: ODB) -> None:
    """Also if nobody has told of it."""
    with Place(odb) as one, Place(odb) as two:
        one.topic("/a")
        two.topic("/a")
        two.run(two.broker.ready())
        sub_key = one.subscribe("/a")
        two.publish("/a", 1, has_gd=True)
        assert two.pull(sub_key) == [1]
        assert two.run(two.broker.hold(sub_key))
        with pytest.raises(NotFound, match="no subscription `x`"):
            two.run(two.broker.subscription("x"))


def test_a_database_that_is_away_at_first_is_asked_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asked meanwhile is told."""
    place.topic("/a")
    failures = [ServiceUnavailable("It is away")]

    def enrol() -> None:
        if failures:
            raise failures.pop()

    monkeypatch.setattr(place.bus, "enrol", enrol)
    with pytest.raises(ServiceUnavailable, match="It is away"):
        place.publish("/a", 1, has_gd=True)
    assert place.publish("/a", 1, has_gd=True)


def test_what_a_subscriber_wants_changed_is_known_to_all_servers(two: tuple[Place, Place]) -> None:
    """Whichever of them was told; it is the same subscription."""
    one, other = two
    key = one.subscribe("/a")

    async def scenario() -> None:
        await until(lambda: other.broker.subscriptions.get(key) is not None)
        made = await one.broker.subscribe(one.rest, "/a", wrap_one_msg_in_list=True)
        assert (made.sub_key, made.is_new) == (key, False)
        await until(lambda: other.broker.subscriptions.where(lambda known: known.wrap_one_msg_in_list))

    one.run(scenario())
