"""What tests of Kafka have in common."""

from collections.abc import Mapping

import pytest

from tests.server.kafka.brokers import Topics


@pytest.fixture
def topics(kafka_broker: Mapping[str, str]) -> Topics:
    """A broker that all tests share; topics have names of their own."""
    return Topics(kafka_broker)
