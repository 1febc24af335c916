"""Tests of apitest_server.pubsub.subscribing."""

from sqlalchemy import insert

from apitest_server.odb.models import PubSubMessage, PubSubQueue, ServerRun
from apitest_server.pubsub.subscribing import depth, expire, hold, let_go, load, runs
from tests.server.pubsub.place import Place


def test_subscriptions_are_stored(place: Place) -> None:
    """As they were made; an earlier one is returned, with what the client wants now."""
    topic = place.topic("/a")
    first = place.run(place.broker.subscribe(place.rest, "/a", client_id="x"))
    again = place.run(place.broker.subscribe(place.rest, "/a", client_id="x", wrap_one_msg_in_list=True))
    assert (again.sub_key, again.is_new) == (first.sub_key, False)
    (stored,) = place.run(place.broker.do(load))
    assert stored == place.broker.subscriptions.get(first.sub_key)
    assert (stored.topic_id, stored.endpoint_id, stored.client_id) == (topic.id, place.rest.id, "x")
    assert stored.wrap_one_msg_in_list
    assert place.run(place.broker.do(lambda connection: load(connection, "other"))) == []


def test_what_has_expired_is_deleted(place: Place) -> None:
    """And what nobody waits for; what waits for a first subscriber is not."""
    place.topic("/a")
    place.topic("/b")
    sub_key = place.subscribe("/a")
    place.publish("/a", 1, 2, has_gd=True, expiration=1000)
    place.publish("/a", 3, has_gd=True)
    place.publish("/b", 4, has_gd=True)
    number = place.run(place.broker.subscription(sub_key)).id
    now = place.broker.now() + 2
    assert place.run(place.broker.do(lambda connection: depth(connection, number, now))) == 1
    place.run(place.broker.do(lambda connection: expire(connection, now)))
    assert (place.count(PubSubMessage), place.count(PubSubQueue)) == (2, 1)


def test_one_server_holds_a_subscription(place: Place) -> None:
    """Until it lets go of it, or is dead."""
    place.topic("/a")
    number = place.run(place.broker.subscription(place.subscribe("/a"))).id

    def holds(run_id: str) -> bool:
        return place.run(place.broker.do(lambda connection: hold(connection, number, run_id)))

    with place.odb.writing() as session:
        row = {"server": "a", "machine": "b", "pid": 1, "address": "c", "seen": 1.0}
        session.execute(insert(ServerRun), [{"id": name, **row} for name in ("one", "two")])
    assert {"one", "two"} <= set(place.run(place.broker.do(runs)))
    assert holds("one")
    assert holds("one")
    assert not holds("two")
    place.run(place.broker.do(lambda connection: let_go(connection, "one")))
    assert holds("unknown")
    assert holds("two")
