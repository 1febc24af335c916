"""Tests of apitest_server.rest.codecs.envelope."""

import json
from typing import Any

import pytest

from apitest_server.errors import BadRequest, NoSuchService, NotFound, ServiceInactive, UnsupportedMediaType
from apitest_server.rest.codecs import Envelope
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response
from tests.server.asgi import scope

CODEC = Envelope("my.get-it", for_administrators=True, declared_only=True)


@pytest.mark.parametrize(
    ("body", "content_type", "payload"),
    [
        (b'{"a": 1}', "application/json", {"a": 1}),
        (b'{"a": 1}', "Application/vnd.api+JSON; charset=utf-8", {"a": 1}),
        (b" ", "application/json", None),
        (b"", "", None),
    ],
)
def test_a_body_is_json(body: bytes, content_type: str, payload: Any) -> None:
    """Where there is none, no content type is needed."""
    assert CODEC.decode(HTTPRequest(scope("POST", "/", {"Content-Type": content_type}), body)) == payload


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "text/json", "text/xml"],
)
def test_a_body_has_to_say_that_it_is_json(content_type: str) -> None:
    """Pages of other sites can send forms and text."""
    with pytest.raises(UnsupportedMediaType, match="takes JSON only"):
        CODEC.decode(HTTPRequest(scope("POST", "/", {"Content-Type": content_type}), b'{"a": 1}'))


def test_a_body_need_not_say_so_where_no_page_can_send_it() -> None:
    """Old clients declare what they like."""
    for kind in ("", "text/plain", "application/x-www-form-urlencoded", "text/xml"):
        http = HTTPRequest(scope("GET", "/", {"Content-Type": kind}), b'{"a": 1}')
        assert Envelope("my.get-it").decode(http) == {"a": 1}


def test_a_body_that_is_not_json_is_refused() -> None:
    """Also where it says that it is."""
    with pytest.raises(BadRequest, match="is not valid JSON"):
        CODEC.decode(HTTPRequest(scope("POST", "/", {"Content-Type": "application/json"}), b"{"))


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
    others, (content, _) = Envelope("my.get-it").fault(NoSuchService("my.get-it", "my.get"), "abc")
    assert (others, json.loads(content)["zato_env"]["details"]) == (404, "No such service")


def test_a_service_that_is_switched_off_is_a_500_to_administrators() -> None:
    """As their clients expect it; others are told to come again."""
    error = ServiceInactive("The service is not active")
    assert (CODEC.fault(error, "abc")[0], Envelope("my.get-it").fault(error, "abc")[0]) == (500, 503)


@pytest.mark.parametrize(
    ("element", "payload", "expected"),
    [
        ("", {"response": "x"}, {"response": "x"}),
        ("", ["x"], {"my_get_it_response": ["x"]}),
        ("other", {"a": 1}, {"other": {"a": 1}}),
        (None, {"a": 1}, {"my_get_it_response": {"a": 1}}),
    ],
)
def test_a_service_may_name_the_element(element: str | None, payload: Any, expected: Any) -> None:
    """An empty name is none: the fields stand beside the envelope."""
    response = Response(element=element)
    response.payload = payload
    document = json.loads(CODEC.encode(response, "abc").content)
    assert document.pop("zato_env")["result"] == "ZATO_OK"
    assert document == expected
