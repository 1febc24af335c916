"""Tests of apitest_server.rest.codecs.xml."""

from typing import Any

import pytest

from apitest_server.errors import BadRequest
from apitest_server.rest.codecs import CODECS
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response
from tests.server.asgi import scope

CODEC = CODECS["xml"]
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'


@pytest.mark.parametrize(
    ("payload", "element", "content", "kind"),
    [
        ({"a": 1, "b": [2, 3]}, None, b"<response><a>1</a><b>2</b><b>3</b></response>", b"application/xml"),
        ({"a": "x < y"}, "order", b"<order><a>x &lt; y</a></order>", b"application/xml"),
        ([{"a": 1}], "", b"<response><item><a>1</a></item></response>", b"application/xml"),
        (0, None, b"<response>0</response>", b"application/xml"),
    ],
)
def test_a_payload_becomes_a_document(payload: Any, element: str | None, content: bytes, kind: bytes) -> None:
    """With one root, whose name a service may choose."""
    response = Response(element=element)
    response.payload = payload
    assert CODEC.encode(response, "cid") == (DECLARATION + content, kind)


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ("<a/>", b"application/xml"),
        (b" <a/>", b"application/xml"),
        ("text", b"text/plain; charset=utf-8"),
        (b"\xff", b"application/octet-stream"),
        ("", b""),
        (None, b""),
    ],
)
def test_text_and_bytes_stay_as_they_are(payload: Any, kind: bytes) -> None:
    """They are XML where they begin like it."""
    response = Response()
    response.payload = payload
    content, found = CODEC.encode(response, "cid")
    assert (content, found) == (payload.encode() if isinstance(payload, str) else payload or b"", kind)


def test_an_error_is_xml() -> None:
    """With what the caller may know."""
    told = b"<response><result>Error</result><cid>abc</cid><details>a &lt; b</details></response>"
    assert CODEC.fault(BadRequest("a < b"), "abc") == (400, (DECLARATION + told, b"application/xml"))


def test_a_body_stays_as_it_is() -> None:
    """Whatever it is declared as."""
    http = HTTPRequest(scope("POST", "/", {"Content-Type": "application/json"}), b"{}")
    assert (CODEC.decode(http), CODEC.is_xml(http), CODEC.values(http)) == (b"{}", True, 0)
