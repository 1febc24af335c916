"""Tests of apitest_server.invoke.reply."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from apitest_server.invoke.reply import body_of, encode, headers_of
from apitest_server.service.messages import Response


class Odd:
    def __str__(self) -> str:
        return "odd"


def response(payload: Any) -> Response:
    made = Response()
    made.payload = payload
    return made


@pytest.mark.parametrize(
    ("payload", "body", "kind"),
    [
        (None, b"", b""),
        ("", b"", b""),
        ("ą", "ą".encode(), b"text/plain; charset=utf-8"),
        (b"x", b"x", b"application/octet-stream"),
        ({"a": 1.0}, b'{"a":1.0}', b"application/json"),
        ([], b"[]", b"application/json"),
        (0, b"0", b"application/json"),
        (False, b"false", b"application/json"),
    ],
)
def test_a_payload_has_a_body_and_a_type(payload: Any, body: bytes, kind: bytes) -> None:
    """Text and bytes go out as they are, nothing as nothing, the rest as JSON."""
    assert body_of(response(payload)) == (body, kind)


def test_what_is_no_json_is_told_in_it() -> None:
    """Dates, sets and objects of any class have a JSON form."""
    assert encode({"a": datetime(2026, 1, 31), "b": {1}}) == b'{"a":"2026-01-31T00:00:00","b":[1]}'
    odd = json.loads(encode({"a": Odd(), "b": {1}, "c": date(2026, 1, 31)}))
    assert odd == {"a": "odd", "b": [1], "c": "2026-01-31"}


def test_a_service_sets_headers_and_cookies() -> None:
    """A list repeats a header; the service's content type wins; the length is always the true one."""
    made = response("x")
    made.headers = {"X-A": ["1", "2"], "Content-Type": "text/csv", "Content-Length": "99"}
    made.cookies["a"] = "1"
    headers = headers_of(made, b"text/plain", 1, [])
    assert headers == [
        (b"content-length", b"1"),
        (b"x-a", b"1"),
        (b"x-a", b"2"),
        (b"content-type", b"text/csv"),
        (b"set-cookie", b"a=1"),
    ]
    made = response("x")
    made.content_type = "text/html"
    assert headers_of(made, b"text/plain", 1, []) == [(b"content-type", b"text/html"), (b"content-length", b"1")]
