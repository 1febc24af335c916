"""Tests of apitest_server.wsx.exchange."""

import asyncio

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.errors import BadRequest, Conflict, HTTPError, InputError, Unauthorized
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.pipeline import Route
from apitest_server.security.authentication import Authentication
from apitest_server.service.messages import Response
from apitest_server.wsx.exchange import SignedIn, WSXExchange
from apitest_server.wsx.messages import FromClient

BASIC = SecurityDefinition("b", "basic-auth", username="u", password="p")
ORIGIN, ROUTE = Origin("WSX", "/", "10.0.0.1"), Route("s", "c", "web-socket", "b")


def exchange(authentication: Authentication) -> WSXExchange:
    signed_in = SignedIn("u", "b", authentication.checker("b"))
    return WSXExchange(FromClient("invoke-service", data={"a": 1}), ROUTE, ORIGIN, signed_in, authentication)


def test_data_is_what_a_service_is_given() -> None:
    """As its payload and as the raw request; the rest is what the client was made with."""
    found = exchange(Authentication([BASIC]))
    request = asyncio.run(found.read("u"))
    assert (request.payload, request.raw_request, request.http) == ({"a": 1}, {"a": 1}, None)
    assert (found.origin(), found.route()) == (ORIGIN, ROUTE)


@pytest.mark.parametrize(("payload", "expected"), [(None, "{}"), ("x", '"x"'), ([1], "[1]"), (b"\xff", '"/w=="')])
def test_a_response_is_json(payload: object, expected: str) -> None:
    """Whatever a service returns."""
    response = Response()
    response.payload, response.status_code = payload, 201
    assert exchange(Authentication([BASIC])).reply(response, "cid1")[:3] == (201, "cid1", expected)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (InputError("a", "is missing"), (400, "I/O processing error")),
        (BadRequest("Not like that"), (400, "Not like that")),
        (Conflict("There is one"), (409, "There is one")),
        (HTTPError(), (500, "Internal server error")),
    ],
)
def test_an_error_is_told_by_its_status(error: HTTPError, expected: tuple[int, str]) -> None:
    """Of an input error no more than that."""
    reply = exchange(Authentication([BASIC])).refuse(error, "cid1")
    assert (reply.status, reply.problem, reply.is_revoked) == (*expected, False)


def test_a_definition_that_was_changed_revokes() -> None:
    """Who has signed in before is nobody any more."""
    authentication = Authentication([BASIC])
    found = exchange(authentication)
    assert asyncio.run(found.authenticate("b")) == "u"
    authentication.define("b", authentication.made(BASIC))
    with pytest.raises(Unauthorized):
        asyncio.run(found.authenticate("b"))
    assert found.refuse(Unauthorized(), "cid1").is_revoked
