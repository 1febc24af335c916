"""Tests of apitest_server.service.kafka."""

from apitest_server.service.kafka import KafkaMessage


def test_a_message_may_have_nothing_but_its_place() -> None:
    """Neither key nor headers, nor a time."""
    message = KafkaMessage("orders", 0, 3)
    assert (message.key, message.headers, message.timestamp) == (None, {}, 0)
