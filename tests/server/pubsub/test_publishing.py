"""Tests of apitest_server.pubsub.publishing."""

from apitest_server.pubsub.directory import Topic
from apitest_server.pubsub.message import Publication
from apitest_server.pubsub.publishing import Numbers, message_of


def test_a_newer_message_has_a_greater_number() -> None:
    """Also at the same moment, and when the clock is put back."""
    numbers = Numbers()
    found = [numbers.next(now) for now in (5.0, 5.0, 4.0, 6.0)]
    assert found == [5_000_000, 5_000_001, 5_000_002, 6_000_000]


def test_a_topic_has_its_own_ideas() -> None:
    """What a publication does not say, and how long a message is kept at most."""
    topic = Topic(id=3, name="/a", has_gd=True, max_expiration=2000)
    message = message_of(topic, Publication(data="ä", expiration=5000), "crm", 7, 10.0)
    assert (message.number, message.topic_id, message.topic_name, message.publisher) == (7, 3, "/a", "crm")
    assert (message.has_gd, message.expiration, message.expires_at, message.size) == (True, 2000, 12.0, 1)
    short = message_of(topic, Publication(data=1, expiration=1000, has_gd=False), "crm", 8, 10.0)
    assert (short.has_gd, short.expires_at, short.pub_time, short.recv_time) == (False, 11.0, 10.0, 10.0)
