"""Tests of apitest_server.zmq.delivery."""

import asyncio

import pytest

from apitest_server.errors import BadRequest, NotFound
from apitest_server.messaging.delivery import Terms
from apitest_server.service.messages import Response
from apitest_server.zmq.delivery import ZMQDelivery


def delivery(*frames: bytes, data_format: str = "") -> ZMQDelivery:
    return ZMQDelivery(Terms("orders", "shop.order", "tcp://127.0.0.1:1", data_format), list(frames))


def test_what_the_pipeline_is_told() -> None:
    """Where it came from and what answers it; nobody signs in."""
    one = delivery(b"x")
    assert one.origin() == ("ZMQ", "orders", "tcp://127.0.0.1:1")
    assert one.route() == ("shop.order", "orders", "zmq", "")
    assert asyncio.run(one.authenticate("")) == ""


def test_what_a_service_finds() -> None:
    """The last frame is the body, the first one of several the topic."""
    request = asyncio.run(delivery(b"weather", b'{"rain": 1}', data_format="json").read(""))
    assert request.zmq is not None
    assert (request.payload, request.raw_request, request.zmq.topic) == ({"rain": 1}, b'{"rain": 1}', "weather")
    with pytest.raises(BadRequest, match="not valid JSON"):
        asyncio.run(delivery(b"{", data_format="json").read(""))


def test_what_became_of_it() -> None:
    """Why a service has failed is told; a message does not come again."""
    assert delivery(b"x").reply(Response(), "c1") == (200, "", "c1", "handled")
    assert delivery(b"x").refuse(NotFound("No such order"), "c2") == (404, "No such order", "c2", "skipped")
