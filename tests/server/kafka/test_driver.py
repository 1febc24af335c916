"""Tests of apitest_server.kafka.driver."""

import pytest
from confluent_kafka import KafkaError

from apitest_server.kafka import driver


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("h:1/bootstrap: Connect to ipv4#127.0.0.1:1 failed: Connection refused (after 0ms in state CONNECT)",
         "Connection refused"),
        ("sasl_ssl://h:1/1: SASL authentication error: Authentication failed: Invalid username or password (after 9ms "
         "in state AUTH_REQ, 1 identical error(s) suppressed)", "Invalid username or password"),
        ("h:1/1: 1 request(s) timed out: disconnect (average rtt 2.0ms)", "it does not answer"),
        ("Subscribed topic not available: a: Broker: Unknown topic or partition",
         "Subscribed topic not available: a: Broker: Unknown topic or partition"),
    ],
)  # fmt: skip
def test_what_a_driver_says_becomes_a_line(said: str, told: str) -> None:
    """Without addresses and states, which are in the log's line already or mean nothing to people."""
    assert driver.reason(KafkaError(KafkaError._TRANSPORT, said)) == told
