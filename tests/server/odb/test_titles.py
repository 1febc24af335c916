"""Tests of apitest_server.odb.titles."""

import pytest

from apitest_server.odb.titles import within


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Outgoing AMQP connection", "outgoing AMQP connection"), ("Jobs", "jobs"), ("AMQP channel", "AMQP channel"),
        ("Key and certificate", "key and certificate"), ("Kafka channel", "Kafka channel"),
    ],
)  # fmt: skip
def test_a_title_within_a_sentence(title: str, text: str) -> None:
    """Its first letter is a small one, but not that of an abbreviation or a proper name."""
    assert within(title) == text
