"""Tests of apitest_server.kafka.delivery."""

import asyncio

import pytest
from confluent_kafka import Message

from apitest_server.errors import BadRequest, NotFound, ServiceUnavailable
from apitest_server.kafka.delivery import KafkaDelivery
from apitest_server.messaging.delivery import Terms
from apitest_server.service.messages import Response


def delivery(
    value: bytes | None = b"x", data_format: str = "", on_failure: str = "retry", key: bytes = b"k"
) -> KafkaDelivery:
    message = Message("orders", 2, 7, key, value, [("a", b"1"), ("a", b"\xff"), ("b", None)], None, (1, 99))
    return KafkaDelivery(Terms("in", "shop.order", "h:1", data_format, on_failure), message)


def test_what_the_pipeline_is_told() -> None:
    """Where it came from and what answers it; nobody signs in."""
    one = delivery()
    assert one.origin() == ("KAFKA", "orders", "h:1")
    assert one.route() == ("shop.order", "in", "kafka", "")
    assert asyncio.run(one.authenticate("")) == ""


def test_what_a_service_finds() -> None:
    """The value, decoded, and what came with it; a message may have no value, which is what deletes a key."""
    request = asyncio.run(delivery(b'{"a": 1}', "json").read(""))
    assert (request.payload, request.raw_request) == ({"a": 1}, b'{"a": 1}')
    found = request.kafka
    assert found is not None
    assert (found.topic, found.partition, found.offset, found.key, found.timestamp) == ("orders", 2, 7, "k", 99)
    assert found.headers == {"a": b"\xff", "b": None}
    empty = asyncio.run(delivery(None, "json", key=b"\xff").read(""))
    assert (empty.payload, empty.kafka is not None and empty.kafka.key) == (None, b"\xff")
    with pytest.raises(BadRequest, match="not valid JSON"):
        asyncio.run(delivery(b"{", "json").read(""))


def test_what_becomes_of_it() -> None:
    """What is wrong with a message stays wrong; what is away comes back."""
    assert delivery().reply(Response(), "c") == (200, "", "c", "handled")
    assert delivery().refuse(BadRequest("No"), "c") == (400, "No", "c", "skipped")
    assert delivery().refuse(NotFound("No"), "c") == (404, "No", "c", "retried")
    assert delivery(on_failure="skip").refuse(NotFound("No"), "c").verdict == "skipped"
    assert delivery(on_failure="skip").refuse(ServiceUnavailable("No"), "c").verdict == "retried"
