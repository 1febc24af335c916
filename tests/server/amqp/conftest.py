"""What tests of AMQP have in common."""

from collections.abc import Mapping

import pytest

from tests.server.amqp.brokers import Rabbit


@pytest.fixture
def rabbit(amqp_broker: Mapping[str, str]) -> Rabbit:
    """A broker that all tests share; queues have names of their own."""
    return Rabbit(amqp_broker)
