"""Tests of apitest_server.pubsub.giving."""

import pytest

from apitest_server.pubsub.topics import permissions
from tests.server.pubsub.place import Place

BATCH, BYTES = 100, 1000


def test_messages_in_memory_are_given_out_at_once(place: Place) -> None:
    """Once it is known that the ODB has nothing for the subscriber; and let go of at once."""
    place.topic("/a")
    key, broker = place.subscribe("/a"), place.broker
    place.publish("/a", 1, has_gd=False)
    assert broker.claim_now(key, BATCH, BYTES) == []
    [one] = place.run(broker.claim(key, 1, is_pushed=True))
    assert broker.confirm_now(key, [one.msg_id])
    assert place.run(broker.claim(key, 1, is_pushed=True)) == []
    place.publish("/a", 2, 3, has_gd=False)
    claimed = broker.claim_now(key, BATCH, BYTES)
    assert [(each.data, each.delivery_count) for each in claimed] == [(2, 1), (3, 1)]
    assert broker.confirm_now(key, [each.msg_id for each in claimed])
    assert broker.record.arrival(key, claimed[0].msg_id) is not None
    assert broker.memory.depth(claimed[0].topic_id, key, broker.now()) == 0


@pytest.mark.parametrize("case", ["unknown", "guaranteed", "hook", "forbidden", "elsewhere"])
def test_what_has_to_be_waited_for_is_not_given_out_at_once(place: Place, case: str) -> None:
    """Another way does that: it looks at the ODB, asks a hook or another server, or says why there is nothing."""
    topic = place.topic("/a")
    key, broker = place.subscribe("/a"), place.broker
    place.publish("/a", 1, has_gd=False)
    [one] = place.run(broker.claim(key, 1, is_pushed=True))
    place.run(broker.confirm(key, [one.msg_id]))
    assert place.run(broker.claim(key, 1, is_pushed=True)) == []
    place.publish("/a", 2, has_gd=False)
    if case == "guaranteed":
        place.publish("/a", 3, has_gd=True)
    elif case == "hook":
        place.topic("/a", hook_service_name="my.hook")
    elif case == "forbidden":
        place.endpoint("rest", permissions=permissions("pub=/**"))
    elif case == "elsewhere":
        broker._news._holders[topic.id].add("another run")
    assert broker.claim_now("zpsk.none" if case == "unknown" else key, BATCH, BYTES) == []
    if case == "guaranteed":
        claimed = place.run(broker.claim(key, is_pushed=True))
        assert [each.data for each in claimed] == [2, 3]
        assert not broker.confirm_now(key, [each.msg_id for each in claimed])
        assert not broker.confirm_now("zpsk.none", [])
