"""Tests of apitest_server.pubsub.subscriptions."""

from apitest_server.pubsub.subscriptions import Subscription, Subscriptions


def test_subscriptions_are_found() -> None:
    """By key, by topic, and by what they are like; one that is put again takes the place of what it was."""
    known = Subscriptions()
    one = Subscription(id=2, sub_key="a", topic_id=1, endpoint_id=5, endpoint_type="rest")
    two = Subscription(id=1, sub_key="b", topic_id=1, endpoint_id=6, endpoint_type="wsx")
    for each in (one, two, two):
        known.put(each)
    assert known.get("a") == one
    assert list(known.of_topic(1)) == [one, two]
    assert known.where(lambda each: each.topic_id == 1) == [two, one]
    assert known.of_client(5, "") == [one]
    assert known.remove("a") == one
    assert known.of_client(5, "") == known.of_client(6, "x") == []
    assert list(known.of_topic(1)) == [two]
    assert known.remove("b") == two
    assert known.remove("b") is known.get("b") is None
    assert list(known.of_topic(1)) == []
