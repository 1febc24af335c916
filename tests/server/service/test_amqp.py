"""Tests of apitest_server.service.amqp."""

import pytest

from apitest_server.service.amqp import AMQPMessage


@pytest.mark.parametrize("verdict", ["ack", "reject", "requeue"])
def test_a_service_decides_what_becomes_of_a_message(verdict: str) -> None:
    """Nothing happens before it has ended."""
    message = AMQPMessage(routing_key="a")
    assert message.verdict == ""
    getattr(message, verdict)()
    assert message.verdict == verdict
