"""Tests of apitest_server.internal.amqp._named."""

import pytest

from tests.server.asgi import Client


@pytest.mark.parametrize("service", ["zato.channel.amqp.get-status", "zato.outgoing.amqp.ping"])
def test_an_object_is_named_by_its_id_or_name(untouched: Client, service: str) -> None:
    """One of the two has to be given, and there has to be such an object."""
    assert untouched.refused(service, {}) == (400, "One of the input fields `id` and `name` is required")
    assert untouched.refused(service, {"id": 7})[0] == 404
    assert untouched.refused(service, {"name": "none"})[0] == 404
