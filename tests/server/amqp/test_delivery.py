"""Tests of apitest_server.amqp.delivery."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiormq import spec
from aiormq.abc import DeliveredMessage
from pamqp.header import ContentHeader

from apitest_server.amqp.delivery import Delivery, Terms
from apitest_server.errors import BadRequest, HTTPError, NotFound, ServiceUnavailable
from apitest_server.service.messages import Response

NOW = datetime(2026, 7, 30, tzinfo=UTC)


def delivery(body: bytes = b"hello", ack_mode: str = "ack", data_format: str = "") -> Delivery:
    """A message as it comes."""
    properties = spec.Basic.Properties(app_id="me", message_type="t", timestamp=NOW, headers={"h": 1})
    frame = spec.Basic.Deliver("tag", 7, True, "exchange", "a.b")
    header = ContentHeader(body_size=len(body), properties=properties)
    message = DeliveredMessage(delivery=frame, header=header, body=body, channel=None)  # type: ignore[arg-type]
    return Delivery(Terms("orders", "q", "shop.order", ack_mode, data_format, "broker:5672"), message)


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
    ("error", "with_ack", "with_reject"),
    [
        (BadRequest("Which order?"), "reject", "reject"),
        (NotFound("No such order"), "requeue", "reject"),
        (HTTPError(), "requeue", "reject"),
        (ServiceUnavailable("Not now"), "requeue", "requeue"),
    ],
)
def test_what_becomes_of_a_message_whose_service_fails(error: HTTPError, with_ack: str, with_reject: str) -> None:
    """What is wrong with a message stays wrong; what is away comes back; the rest is up to the channel."""
    for ack_mode, expected in (("ack", with_ack), ("reject", with_reject)):
        outcome = delivery(ack_mode=ack_mode).refuse(error, "cid")
        assert outcome == (error.status, expected, error.details, "cid")


@pytest.mark.parametrize("verdict", ["ack", "reject", "requeue"])
def test_a_service_may_decide(verdict: str) -> None:
    """Whether it fails or not."""
    one = delivery()
    request = asyncio.run(one.read(""))
    assert one.reply(Response(), "cid").verdict == "ack"
    assert request.amqp is not None
    getattr(request.amqp, verdict)()
    assert one.reply(Response(), "cid").verdict == one.refuse(HTTPError(), "cid").verdict == verdict
