"""Tests of apitest_server.rest.codecs.plain."""

from typing import Any

import pytest

from apitest_server.errors import BadRequest
from apitest_server.rest.codecs import Plain
from apitest_server.rest.codecs.plain import body_of
from apitest_server.service.http import HTTPRequest
from tests.server.asgi import scope


def decoded(body: bytes, content_type: str, data_format: str) -> Any:
    headers = {"Content-Type": content_type} if content_type else {}
    return Plain(data_format).decode(HTTPRequest(scope("POST", "/", headers), body))


@pytest.mark.parametrize(
    ("body", "content_type", "data_format", "payload"),
    [
        (b"", "", "json", None),
        (b'{"a": 1}', "", "json", {"a": 1}),
        (b'{"a": 1}', "application/json; charset=utf-8", "json", {"a": 1}),
        (b'{"a": 1}', "application/problem+json", "raw", '{"a": 1}'),
        (b'{"a": 1}', "application/problem+json", "form", {"a": 1}),
        (b"a=1", "application/x-www-form-urlencoded", "json", {"a": "1"}),
        (b"a=1", "application/x-www-form-urlencoded", "xml", b"a=1"),
        (b"<a/>", "text/xml", "json", b"<a/>"),
        (b"<a/>", "", "xml", b"<a/>"),
        (b"text", "text/plain", "json", "text"),
        (b"text", "", "form", "text"),
        (b"\xff", "", "raw", b"\xff"),
    ],
)
def test_a_body_is_what_it_says_it_is(body: bytes, content_type: str, data_format: str, payload: Any) -> None:
    """The content type decides, and the channel where there is none."""
    assert decoded(body, content_type, data_format) == payload


@pytest.mark.parametrize("body", [b'{"a"', b"\xff", b"[" * 100_000])
def test_malformed_json_is_a_bad_request(body: bytes) -> None:
    """Cut off, not UTF-8 or nested without end: the caller is told."""
    with pytest.raises(BadRequest, match="not valid JSON"):
        decoded(body, "", "json")


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
    assert body_of(payload) == (body, kind)
