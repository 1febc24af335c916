"""Tests of apitest_server.amqp.delivery."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiormq import spec
from aiormq.abc import DeliveredMessage
from pamqp.header import ContentHeader

from apitest_server.amqp.delivery import AMQPDelivery
from apitest_server.errors import BadRequest, HTTPError, NotFound, ServiceUnavailable
from apitest_server.messaging.delivery import Terms
from apitest_server.service.messages import Response

NOW = datetime(2026, 7, 30, tzinfo=UTC)


def delivery(body: bytes = b"hello", on_failure: str = "retry", data_format: str = "") -> AMQPDelivery:
    """A message as it comes."""
    properties = spec.Basic.Properties(app_id="me", message_type="t", timestamp=NOW, headers={"h": 1})
    frame = spec.Basic.Deliver("tag", 7, True, "exchange", "a.b")
    header = ContentHeader(body_size=len(body), properties=properties)
    message = DeliveredMessage(delivery=frame, header=header, body=body, channel=None)  # type: ignore[arg-type]
    terms = Terms("orders", "shop.order", "broker:5672", data_format, on_failure)
    return AMQPDelivery(terms, "q", message)


def test_what_the_pipeline_is_told() -> None:
    """Where it came from and what answers it; nobody signs in."""
    one = delivery()
    assert one.origin() == ("AMQP", "q", "broker:5672")
    assert one.route() == ("shop.order", "orders", "amqp", "")
    assert asyncio.run(one.authenticate("")) == ""


def test_what_a_service_finds() -> None:
    """The body, and what came with it."""
    request = asyncio.run(delivery(b"[1]", data_format="json").read(""))
    assert (request.payload, request.raw_request) == ([1], b"[1]")
    message = request.amqp
    assert message is not None
    assert (message.exchange, message.routing_key, message.redelivered) == ("exchange", "a.b", True)
    assert message.consumer_tag == "tag"
    assert message.headers == {"h": 1}
    assert message.properties == {"app_id": "me", "type": "t", "timestamp": NOW}
    with pytest.raises(BadRequest, match="not valid JSON"):
        asyncio.run(delivery(b"[", data_format="json").read(""))


@pytest.mark.parametrize(
    ("error", "where_retried", "where_skipped"),
    [
        (BadRequest("Which order?"), "skipped", "skipped"),
        (NotFound("No such order"), "retried", "skipped"),
        (HTTPError(), "retried", "skipped"),
        (ServiceUnavailable("Not now"), "retried", "retried"),
    ],
)
def test_what_becomes_of_a_message_whose_service_fails(
    error: HTTPError, where_retried: str, where_skipped: str
) -> None:
    """What is wrong with a message stays wrong; what is away comes back; the rest is up to the channel."""
    for on_failure, expected in (("retry", where_retried), ("skip", where_skipped)):
        outcome = delivery(on_failure=on_failure).refuse(error, "cid")
        assert outcome == (error.status, error.details, "cid", expected)


@pytest.mark.parametrize(("called", "verdict"), [("ack", "handled"), ("reject", "skipped"), ("requeue", "retried")])
def test_a_service_may_decide(called: str, verdict: str) -> None:
    """Whether it fails or not."""
    one = delivery()
    request = asyncio.run(one.read(""))
    assert one.reply(Response(), "cid").verdict == "handled"
    assert request.amqp is not None
    getattr(request.amqp, called)()
    assert one.reply(Response(), "cid").verdict == one.refuse(HTTPError(), "cid").verdict == verdict
