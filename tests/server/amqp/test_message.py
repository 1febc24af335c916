"""Tests of apitest_server.amqp.message."""

from datetime import UTC, datetime

import pytest

from apitest_server.amqp.message import properties_of
from apitest_server.errors import BadRequest


def test_the_last_property_counts() -> None:
    """Those of the message go before those of the connection; empty ones are none; names are the driver's."""
    found = properties_of({"app_id": "a", "priority": 5}, {"app_id": "b", "type": "t", "user_id": "", "reply_to": None})
    assert found == {"app_id": "b", "priority": 5, "message_type": "t"}


def test_times_and_expiration() -> None:
    """Seconds, ISO 8601 and times are all taken; an expiration travels as text."""
    moment = datetime(2026, 7, 30, tzinfo=UTC)
    for value in (moment, moment.timestamp(), moment.isoformat()):
        assert properties_of({"timestamp": value}) == {"timestamp": moment}
    assert properties_of({"expiration": 500}) == properties_of({"expiration": "500"}) == {"expiration": "500"}


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("colour", "red", "AMQP has no property `colour`; there are: app_id, "),
        ("delivery_mode", 3, "`delivery_mode` must be a whole number from 1 to 2"),
        ("priority", "high", "`priority` must be a whole number from 0 to 255"),
        ("priority", True, "`priority` must be"),
        ("expiration", "soon", "`expiration` must be a whole number of milliseconds"),
        ("timestamp", "soon", "`timestamp` must be seconds since 1970"),
        ("timestamp", [1], "`timestamp` must be seconds since 1970"),
        ("app_id", "é" * 128, "`app_id` must not be longer than 255 bytes"),
    ],
)
def test_properties_that_cannot_be(name: str, value: object, problem: str) -> None:
    """The name is told, and what would be right."""
    with pytest.raises(BadRequest, match=problem):
        properties_of({name: value})
