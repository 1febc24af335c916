"""Tests of apitest_server.pubsub.memory."""

import pytest
from msgspec.structs import replace

from apitest_server.errors import ServiceUnavailable
from apitest_server.pubsub.directory import Topic
from apitest_server.pubsub.memory import Memory
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.queue import Portion
from tests.server.pubsub.test_message import MESSAGE

TOPIC = Topic(id=3, name="/a", max_depth_non_gd=3)


def message(number: int, expires_at: float = 100.0) -> Message:
    return replace(MESSAGE, msg_id=str(number), number=number, expires_at=expires_at, content=str(number).encode())


def filled(*sub_keys: str, topic: Topic = TOPIC) -> Memory:
    memory = Memory()
    for number in (1, 2, 3):
        memory.publish(topic, message(number), sub_keys, 0.0)
    return memory


def ids(messages: list[Message]) -> list[str]:
    return [one.msg_id for one in messages]


def pulled(limit: int) -> Portion:
    return Portion(limit, 1000)


def test_a_message_is_there_until_all_have_it() -> None:
    """Each queue lets go of it by itself."""
    memory = filled("x", "y")
    assert [one.message.msg_id for one in memory.first(3, "x", pulled(2), 0.0)] == ["1", "2"]
    assert ids(memory.claim(3, "x", pulled(2), 0.0)) == ["1", "2"]
    assert [one.message.msg_id for one in memory.first(3, "x", pulled(2), 0.0)] == ["3"]
    assert memory.confirm(3, "x", ["1", "2", "9"]) == ["1", "2"]
    assert ids(memory.of_topic(3, 0.0)) == ["1", "2", "3"]
    assert memory.confirm(3, "y", ["1"]) == ["1"]
    assert ids(memory.of_topic(3, 0.0)) == ["2", "3"]
    assert (memory.depth(3, "x", 0.0), memory.depth(3, "y", 0.0)) == (1, 2)
    assert ids(memory.of_queue(3, "y", 0.0)) == ["2", "3"]


def test_what_has_not_arrived_is_given_out_again() -> None:
    """Counted, if it was sent."""
    memory = filled("x")
    memory.claim(3, "x", pulled(1), 0.0)
    memory.queue(3, "x").release(["1"])
    memory.claim(3, "x", pulled(1), 0.0)
    memory.queue(3, "x").release(["1"], was_sent=False)
    assert [one.delivery_count for one in memory.claim(3, "x", pulled(5), 0.0)] == [2, 1, 1]


def test_the_first_subscriber_gets_what_was_kept() -> None:
    """The next one does not."""
    memory = filled()
    memory.subscribe(3, "x")
    memory.subscribe(3, "y")
    assert ids(memory.of_queue(3, "x", 0.0)) == ["1", "2", "3"]
    assert memory.of_queue(3, "y", 0.0) == []


def test_a_subscription_ends() -> None:
    """What waited for it alone is gone, the rest is there for others."""
    memory = filled("x")
    memory.unsubscribe(3, "y")
    memory.subscribe(3, "y")
    memory.delete(["3"])
    memory.publish(TOPIC, message(4), ["x", "y"], 0.0)
    memory.unsubscribe(3, "x")
    assert ids(memory.of_topic(3, 0.0)) == ["4"]
    memory.remove_topic(3)
    assert memory.of_topic(3, 0.0) == []


def test_a_full_topic_refuses() -> None:
    """Until something was taken, or has expired."""
    memory = filled("x")
    with pytest.raises(ServiceUnavailable, match="topic `/a` is full"):
        memory.publish(TOPIC, message(4), ["x"], 0.0)
    memory.confirm(3, "x", ["2"])
    memory.publish(TOPIC, message(4, expires_at=5.0), ["x"], 0.0)
    memory.publish(TOPIC, message(5), ["x"], 5.0)
    assert ids(memory.claim(3, "x", pulled(9), 5.0)) == ["1", "3", "5"]


def test_a_full_topic_drops_its_oldest_message() -> None:
    """Whoever waits for it."""
    topic = Topic(id=3, name="/a", max_depth_non_gd=3, depth_policy="drop-oldest")
    memory = filled("x", "y", topic=topic)
    memory.claim(3, "y", pulled(1), 0.0)
    memory.publish(topic, message(4), ["x", "y"], 0.0)
    assert ids(memory.of_queue(3, "x", 0.0)) == ids(memory.of_queue(3, "y", 0.0)) == ["2", "3", "4"]
    assert memory.confirm(3, "y", ["1"]) == []


def test_what_has_expired_goes() -> None:
    """From its topic and from all queues."""
    memory = filled("x")
    memory.publish(replace_depth(9), message(4, expires_at=5.0), ["x"], 0.0)
    assert memory.expire(4.9) == []
    assert memory.expire(5.0) == ["4"]
    assert memory.entry(3, "x", "4") is None
    assert ids(memory.of_topic(3, 0.0)) == ["1", "2", "3"]


def replace_depth(depth: int) -> Topic:
    return Topic(id=3, name="/a", max_depth_non_gd=depth)


def test_a_message_is_changed_in_its_place() -> None:
    """Everywhere; one that is gone stays gone."""
    memory = filled("x")
    memory.replace(replace(message(3), priority=9))
    assert ids(memory.of_queue(3, "x", 0.0)) == ["3", "1", "2"]
    memory.replace(message(8))
    memory.replace(replace(message(8), topic_id=4))
    found = memory.find("3")
    assert found is not None
    assert found.priority == 9
    assert memory.find("8") is None


def test_messages_are_deleted() -> None:
    """Whoever waits for them."""
    memory = filled("x", "y")
    assert memory.delete(["2", "8"]) == ["2"]
    assert ids(memory.of_queue(3, "x", 0.0)) == ids(memory.of_queue(3, "y", 0.0)) == ["1", "3"]
    entry = memory.entry(3, "x", "1")
    assert entry is not None
    assert entry.message.data == 1


def test_what_waits_is_handed_to_another_server() -> None:
    """But for what is being delivered; counted as it was, and once."""
    here, there = filled("x", "y"), Memory()
    here.claim(3, "x", pulled(2), 0.0)
    here.queue(3, "x").release(["2"])
    assert ids(here.give(3, "x", 1, 0.0)) == ["2"]
    for one in here.give(3, "x", 5, 0.0) + here.give(3, "y", 1, 0.0):
        there.adopt(one)
        there.adopt(one)
    assert ids(here.of_topic(3, 0.0)) == ["1", "2", "3"]
    assert (here.topics(), there.topics()) == ([3], [3])
    assert [(one.msg_id, one.delivery_count) for one in there.claim(3, "x", pulled(5), 0.0)] == [("3", 1)]
    there.adopt(replace(message(1), sub_key="x", delivery_count=4))
    assert [(one.msg_id, one.delivery_count) for one in there.claim(3, "x", pulled(5), 0.0)] == [("1", 5)]
    assert there.confirm(3, "x", ["1", "3"]) == ["1", "3"]
    assert ids(there.of_topic(3, 0.0)) == ["1"]
    assert there.confirm(3, "y", ["1"]) == ["1"]
    assert there.of_topic(3, 0.0) == []


def test_a_topic_that_nothing_was_published_to_is_empty() -> None:
    """Nothing waits, and nothing can be done to it."""
    memory = Memory()
    memory.queue(3, "x").release(["1"])
    memory.unsubscribe(3, "x")
    memory.subscribe(3, "x")
    assert memory.confirm(3, "x", ["1"]) == memory.claim(3, "x", pulled(1), 0.0) == memory.of_queue(3, "x", 0.0) == []
    assert memory.first(3, "x", pulled(1), 0.0) == []
    assert memory.of_topic(3, 0.0) == memory.delete(["1"]) == memory.expire(0.0) == []
    assert memory.depth(3, "x", 0.0) == 0
    assert memory.entry(3, "x", "1") is memory.find("1") is None
