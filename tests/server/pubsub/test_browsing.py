"""Tests of apitest_server.pubsub.browsing."""

from apitest_server.pubsub import browsing
from apitest_server.pubsub.message import publication
from apitest_server.pubsub.places import ALL, Cut
from tests.server.pubsub.place import Place


def test_messages_of_the_odb_in_one_transaction(place: Place) -> None:
    """Listed, found, moved by a new priority, counted, and deleted with the queues' entries."""
    number, broker = place.topic("/customer/new").id, place.broker
    key = place.subscribe("/customer/new")

    async def test() -> None:
        one, now = await broker.subscription(key), broker.now()
        ids = [
            await broker.publish("/customer/new", publication({"data": data, "has_gd": True, "correl_id": data}), "x")
            for data in ("first", "100%", "third")
        ]
        found, total = await broker.do(lambda connection: browsing.of_topic(connection, number, now, Cut(limit=2)))
        assert ([message.msg_id for message in found], total) == (ids[:2], 3)
        wildcards = Cut(words=("%",))
        found, total = await broker.do(lambda connection: browsing.of_topic(connection, number, now, wildcards))
        assert ([message.data for message in found], total) == (["100%"], 1)
        last = await broker.do(lambda connection: browsing.find(connection, ids[2]))
        assert last is not None
        assert await broker.do(lambda connection: browsing.ahead(connection, one.id, last, now)) == 2
        await broker.do(lambda connection: browsing.change(connection, ids[2], {"priority": 9}))
        places, total = await broker.do(lambda connection: browsing.of_queue(connection, one.id, key, now, ALL))
        assert ([place.message.data for place in places], total) == (["third", "first", "100%"], 3)
        assert await broker.do(lambda connection: browsing.topic_depths(connection, now)) == {number: 3}
        assert await broker.do(lambda connection: browsing.remove(connection, ids[:1])) == 1
        removed = await broker.do(
            lambda connection: browsing.remove_from_queue(connection, one.id, number, [ids[1], "x"])
        )
        assert removed == 1
        assert await broker.do(lambda connection: browsing.find(connection, ids[1])) is None
        assert await broker.do(lambda connection: browsing.queue_depths(connection, now)) == {one.id: 1}
        assert await broker.do(lambda connection: browsing.clear_topic(connection, number)) == 1
        assert await broker.do(lambda connection: browsing.queue_depths(connection, now)) == {}

    place.run(test())
