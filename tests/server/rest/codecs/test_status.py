"""Tests of apitest_server.rest.codecs.status."""

import json

import pytest

from apitest_server.errors import (
    BadRequest,
    Forbidden,
    HTTPError,
    InputError,
    Refused,
    ServiceUnavailable,
    TooManyRequests,
    Unauthorized,
)
from apitest_server.rest.codecs.status import Status
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response
from tests.server.asgi import scope


def request(body: bytes, content_type: str = "application/x-www-form-urlencoded") -> HTTPRequest:
    return HTTPRequest(scope("POST", "/", {"Content-Type": content_type}), body)


def test_bodies_are_json() -> None:
    """Whatever they are declared as."""
    assert Status().decode(request(b'{"a": 1}')) == {"a": 1}
    assert Status().decode(request(b" ")) is None
    assert Status().values(request(b'{"a": [1, 2]}')) == 3
    with pytest.raises(BadRequest, match="not valid JSON"):
        Status().decode(request(b"a=1"))


@pytest.mark.parametrize(
    ("payload", "fields"), [(None, {}), ({"a": 1}, {"a": 1}), ([1], {"result": [1]}), ("x", {"result": "x"})]
)
def test_what_a_service_gives(payload: object, fields: dict[str, object]) -> None:
    """Beside the status."""
    response = Response()
    response.payload = payload
    body = Status().encode(response, "c")
    assert (json.loads(body.content), body.content_type) == (
        {"status": "ok", "cid": "c", **fields},
        b"application/json",
    )


@pytest.mark.parametrize(
    ("error", "status", "codes", "details"),
    [
        (Refused(("E1", "E2"), "why"), 400, ["E1", "E2"], "why"),
        (Refused(("E5",), "why", 403), 403, ["E5"], None),
        (Unauthorized(), 401, ["E005001"], None),
        (Forbidden(), 403, ["E005001"], None),
        (InputError("a", "is required"), 400, ["E008002"], "Input field `a` is required"),
        (TooManyRequests(), 429, ["E008002"], None),
        (ServiceUnavailable("The server's database cannot be reached"), 503, ["E008004"], None),
        (HTTPError(), 500, ["E008004"], None),
    ],
)
def test_errors(error: HTTPError, status: int, codes: list[str], details: str | None) -> None:
    """Codes for programs, words about what the caller can put right."""
    code, body = Status().fault(error, "c")
    expected = {"status": "error", "cid": "c", "sub_status": codes}
    if details:
        expected["details"] = details
    assert (code, json.loads(body.content)) == (status, expected)
