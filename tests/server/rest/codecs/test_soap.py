"""Tests of apitest_server.rest.codecs.soap."""

import pytest
from lxml import etree

from apitest_server.errors import BadRequest, Forbidden
from apitest_server.rest.codecs import CODECS, Document
from apitest_server.service import soap
from apitest_server.service.http import HTTPRequest
from apitest_server.service.messages import Response
from tests.server.asgi import scope

VERSIONS = ("1.1", "1.2")


def request(body: bytes) -> HTTPRequest:
    return HTTPRequest(scope("POST", "/"), body)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_service_sees_only_what_is_inside_the_body(version: str) -> None:
    """And its response comes in an envelope of the channel's version."""
    codec = CODECS[f"soap-{version}"]
    found = codec.decode(request(soap.envelope(b"<a>1</a>", version)))
    assert isinstance(found, bytes)
    element = etree.fromstring(found)
    assert (element.tag, element.text) == ("a", "1")
    response = Response()
    response.payload = "<b/>"
    content, kind = codec.encode(response, "cid")
    assert (etree.fromstring(soap.content_of(content)).tag, kind) == ("b", soap.CONTENT_TYPES[version])


def test_a_body_that_is_not_soap_is_refused() -> None:
    """Before a service is called."""
    with pytest.raises(BadRequest, match="well-formed XML"):
        CODECS["soap-1.1"].decode(request(b"{}"))


@pytest.mark.parametrize(("version", "status"), [("1.1", 500), ("1.2", 400)])
def test_an_error_is_a_fault(version: str, status: int) -> None:
    """SOAP 1.1 has one status for faults about the message; what concerns HTTP keeps its own."""
    codec = CODECS[f"soap-{version}"]
    found, (content, kind) = codec.fault(BadRequest("wrong"), "abc")
    assert (found, kind) == (status, soap.CONTENT_TYPES[version])
    assert b"<cid>abc</cid>" in content
    assert b"wrong" in content
    assert codec.fault(Forbidden(), "abc")[0] == 403


def test_a_get_needs_no_envelope() -> None:
    """The service gets what the query says; one with a body is read like any other."""
    codec = CODECS["soap-1.1"]
    assert codec.decode(HTTPRequest(scope("GET", "/"), b"")) is None
    found = codec.decode(HTTPRequest(scope("GET", "/"), soap.envelope(b"<a/>", "1.1")))
    assert isinstance(found, bytes)
    assert etree.fromstring(found).tag == "a"


def test_a_dictionary_becomes_elements() -> None:
    """Inside of the Body, each key an element."""
    response = Response()
    response.payload = {"a": 1, "b": {"c": "x < y"}}
    content, _ = CODECS["soap-1.1"].encode(response, "cid")
    assert b"Body><a>1</a><b><c>x &lt; y</c></b></" in content


def test_a_document_is_no_message() -> None:
    """It goes out as it is; only errors are of the channel."""
    channel = CODECS["soap-1.2"]
    codec = Document(channel)
    response = Response()
    response.payload = b"<definitions/>"
    http = request(soap.envelope(b"<a/>", "1.2"))
    assert (codec.decode(http), codec.is_xml(http), codec.values(http)) == (None, False, 0)
    assert codec.encode(response, "cid").content == b"<definitions/>"
    assert codec.fault(BadRequest("wrong"), "abc") == channel.fault(BadRequest("wrong"), "abc")
