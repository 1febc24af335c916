"""Tests of apitest_server.pubsub.statements."""

from sqlalchemy import Connection, select

from apitest_server.odb.models import PubSubMessage, PubSubQueue
from apitest_server.pubsub import statements
from apitest_server.pubsub.rows import COLUMNS
from tests.server.pubsub.place import Place


def test_a_row_has_a_mark_for_each_column() -> None:
    """Whatever the driver's mark is."""
    for mark in ("?", "%s"):
        names, marks = statements.store(mark).removeprefix("INSERT INTO pubsub_messages (").split(") VALUES (")
        assert names.split(", ") == list(COLUMNS)
        assert marks.removesuffix(")").split(", ") == [mark] * len(COLUMNS)
        assert statements.enqueue(mark).endswith(f"m.msg_id = {mark}")


def test_the_life_of_an_entry_of_a_queue(place: Place) -> None:
    """Found first, claimed, found no more while its server is known, released, confirmed and forgotten."""
    topic = place.topic("/a")
    key = place.subscribe("/a")
    place.publish("/a", "low", priority=1, has_gd=True)
    place.publish("/a", "high", priority=9, has_gd=True)
    one = place.run(place.broker.subscription(key))
    now = place.broker.now()
    wanted = {"subscription": one.id, "run": place.broker.run_id, "now": now, "most": 10}
    own = {**wanted, "most_bytes": 1000, "due": now}

    def test(connection: Connection) -> None:
        first, second = connection.execute(statements.FIRST, own).mappings()
        assert [first["content"], second["content"]] == [b'"high"', b'"low"']
        at_place = {"subscription": one.id, "message": first["id"], "run": place.broker.run_id}
        connection.execute(statements.CLAIM, at_place)
        assert [row["id"] for row in connection.execute(statements.FIRST, own).mappings()] == [second["id"]]
        unknown = {**at_place, "message": second["id"], "run": "of a server that is gone"}
        connection.execute(statements.CLAIM, unknown)
        [again] = connection.execute(statements.FIRST, own).mappings()
        assert (again["id"], again["delivery_count"]) == (second["id"], 1)
        assert [row["id"] for row in connection.execute(statements.FIRST, {**own, "most_bytes": 1}).mappings()] == [
            second["id"]
        ]
        given_back = {"until": None, "why": ""}
        connection.execute(statements.RELEASE, {**unknown, **given_back, "unsent": 1})
        connection.execute(statements.RELEASE, {**at_place, **given_back, "unsent": 0})
        assert [row["id"] for row in connection.execute(statements.FIRST, {**own, "most_bytes": 1}).mappings()] == [
            first["id"]
        ]
        counts = [row["delivery_count"] for row in connection.execute(statements.FIRST, own).mappings()]
        assert counts == [1, 0]
        limits = {"now": now, "most": 1}
        assert [connection.execute(statements.BURY, {**row, **limits}).rowcount for row in (at_place, unknown)] == [
            1,
            0,
        ]
        connection.execute(statements.CLAIM, unknown)
        connection.execute(statements.RELEASE, {**unknown, "unsent": 0, "until": now + 1, "why": "skipped"})
        assert connection.execute(statements.FIRST, own).all() == []
        [later] = connection.execute(statements.FIRST, {**own, "due": now + 1}).mappings()
        assert later["id"] == second["id"]
        connection.execute(statements.GIVE_UP, {**unknown, "now": now})
        assert connection.execute(statements.FIRST, {**own, "due": now + 1}).all() == []
        assert connection.scalar(statements.DEPTH, {"topic": topic.id}) == 2
        connection.execute(statements.FORGET, {"message": first["id"]})
        assert connection.scalar(statements.DEPTH, {"topic": topic.id}) == 2  # Somebody waits for it
        connection.execute(statements.CONFIRM, at_place)
        connection.execute(statements.FORGET, {"message": first["id"]})
        assert connection.scalars(select(PubSubMessage.id)).all() == [second["id"]]
        assert connection.scalars(select(PubSubQueue.message_id)).all() == [second["id"]]
        assert connection.scalar(statements.HAS_SUBSCRIBERS, {"topic": topic.id})
        assert connection.scalar(statements.LOCK_TOPIC, {"topic": topic.id}) == topic.id

    place.run(place.broker.do(test))
