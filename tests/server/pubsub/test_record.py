"""Tests of apitest_server.pubsub.record."""

from apitest_server.pubsub.record import Record
from tests.server.pubsub.messages import message


def test_publishers_of_a_topic_the_latest_first() -> None:
    """With how many messages each has published, and the last one."""
    record = Record()
    record.published(message("a", pub_time=1.0, publisher="one"))
    record.published(message("b", pub_time=2.0, publisher="two", has_gd=True, ext_client_id="till"))
    record.published(message("c", pub_time=3.0, publisher="one"))
    record.published(message("d", pub_time=4.0, publisher="one", topic_id=2))
    first, second = record.publishers(1)
    assert (first.publisher, first.count, first.last_msg_id, first.last_pub_time) == ("one", 2, "c", 3.0)
    assert (second.publisher, second.last_has_gd, second.ext_client_id) == ("two", True, "till")
    assert record.topics("one").keys() == {1, 2}
    assert record.topics("nobody") == {}
    record.forget(1)
    assert record.publishers(1) == []


def test_arrivals_are_remembered_up_to_a_number() -> None:
    """The oldest are forgotten; each is one of a subscription."""
    record = Record(arrivals=2)
    record.arrived("key", ["a", "b", "c"], 5.0)
    assert [record.arrival("key", msg_id) for msg_id in "abc"] == [None, 5.0, 5.0]
    assert record.arrival("other", "b") is None
    assert record.arrivals("key") == [("c", 5.0), ("b", 5.0)]
    assert record.arrivals("other") == []
