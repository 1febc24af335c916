"""Tests of apitest_server.rest.codecs.envelope."""

import json
from typing import Any

import pytest

from apitest_server.errors import BadRequest, NoSuchService, NotFound
from apitest_server.rest.codecs import Envelope
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response
from tests.server.asgi import scope

CODEC = Envelope("my.get-it")


@pytest.mark.parametrize(
    ("body", "content_type", "payload"),
    [
        (b'{"a": 1}', "text/plain", {"a": 1}),
        (b"a=1", "application/x-www-form-urlencoded; charset=utf-8", {"a": "1"}),
        (b"", "", None),
    ],
)
def test_a_body_is_json_unless_it_is_a_form(body: bytes, content_type: str, payload: Any) -> None:
    """Clients of the admin API need not name a content type."""
    assert CODEC.decode(HTTPRequest(scope("POST", "/", {"Content-Type": content_type}), body)) == payload


def test_a_body_that_is_not_json_is_refused() -> None:
    """Whatever it says it is."""
    with pytest.raises(BadRequest, match="is not valid JSON"):
        CODEC.decode(HTTPRequest(scope("POST", "/", {"Content-Type": "text/plain"}), b"{"))


def test_a_response_is_inside_an_element_with_the_name_of_the_service() -> None:
    """A page of a list says which one it is."""
    response = Response()
    response.payload = [1]
    env = {"result": "ZATO_OK", "cid": "abc", "details": ""}
    assert json.loads(CODEC.encode(response, "abc").content) == {"zato_env": env, "my_get_it_response": [1]}
    response.meta = {"page": 2}
    content, kind = CODEC.encode(response, "abc")
    assert (json.loads(content)["_meta"], kind) == ({"page": 2}, b"application/json")


def test_an_administrator_learns_which_service_is_missing() -> None:
    """Other errors say what everybody may know."""
    status, (content, _) = CODEC.fault(NoSuchService("my.get-it", "my.get"), "abc")
    details = "No such service: `my.get-it`; did you mean `my.get`?"
    assert (status, json.loads(content)) == (
        404,
        {"zato_env": {"result": "ZATO_ERROR", "cid": "abc", "details": details}},
    )
    assert json.loads(CODEC.fault(NotFound(), "abc")[1].content)["zato_env"]["details"] == "Not found"
