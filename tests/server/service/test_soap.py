"""Tests of apitest_server.service.soap."""

import pytest
from lxml import etree

from apitest_server.errors import BadRequest, HTTPError, NotFound
from apitest_server.service import soap


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_what_is_put_into_an_envelope_comes_out_of_it(version: str) -> None:
    """In both versions of SOAP."""
    assert soap.content_of(soap.envelope(b"<a>\xc3\xbc</a>", version)).startswith(b"<a")
    assert etree.fromstring(soap.content_of(soap.envelope(b"<a>\xc3\xbc</a>", version))).text == "ü"


def test_only_elements_of_the_body_count() -> None:
    """Neither the header nor comments nor the space between elements."""
    document = soap.envelope(b" <a/> <!-- no --> <b/> ", "1.1").replace(b"<soap:Body>", b"<soap:Header/><soap:Body>")
    wrapped = etree.fromstring(b"<x>" + soap.content_of(document) + b"</x>")
    assert [child.tag for child in wrapped] == ["a", "b"]
    assert wrapped.xpath("string()") == ""


@pytest.mark.parametrize(
    ("document", "details"),
    [
        (b"", "not well-formed XML"),
        (b"<a", "not well-formed XML"),
        (b"<a/>", "not a SOAP envelope"),
        (b'<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>', "not a SOAP envelope"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "document type is not allowed"),
    ],
)
def test_what_is_not_an_envelope_is_refused(document: bytes, details: str) -> None:
    """And nothing of it is expanded."""
    with pytest.raises(BadRequest, match=details):
        soap.content_of(document)


def test_an_envelope_shows_at_its_beginning() -> None:
    """Whether the rest of it can be read or not."""
    for version in ("1.1", "1.2"):
        assert soap.version_of(soap.envelope(b"<a>", version)) == version
    others = (b"", b"<a/>", b"Envelope", soap.NAMESPACES["1.1"].encode(), b" " * 500 + soap.envelope(b"", "1.1"))
    assert [soap.version_of(other) for other in others] == [None] * 5


def test_a_response_is_wrapped_once() -> None:
    """A service may make the envelope itself, with an XML declaration or without."""
    own = soap.envelope(b"<a/>", "1.2")
    assert soap.wrapped(own, "1.1") == own
    assert soap.wrapped(own.partition(b"?>")[2], "1.1").count(b"Envelope") == 2
    assert soap.wrapped(b'<?xml version="1.0"?> <a/>', "1.1") == soap.envelope(b"<a/>", "1.1")


@pytest.mark.parametrize(
    ("error", "version", "status", "words"),
    [
        (BadRequest("a < b"), "1.1", 500, ["faultcode>soap:Client<", "a &lt; b"]),
        (BadRequest("x"), "1.2", 400, ["Value>soap:Sender<", ">x<"]),
        (NotFound(), "1.1", 404, ["soap:Client"]),
        (HTTPError(), "1.1", 500, ["soap:Server", "Internal server error"]),
        (HTTPError(), "1.2", 500, ["soap:Receiver"]),
    ],
)
def test_a_fault_says_who_is_to_blame(error: HTTPError, version: str, status: int, words: list[str]) -> None:
    """And carries the cid."""
    found, document = soap.fault(error, "c1", version)
    text = document.decode()
    assert found == status
    assert "<cid>c1</cid>" in text
    assert all(word in text for word in words)
    etree.fromstring(document)


@pytest.mark.parametrize(
    ("headers", "action"),
    [
        ({b"soapaction": b'"urn:a"'}, "urn:a"),
        ({b"soapaction": b""}, ""),
        ({b"content-type": b'application/soap+xml; charset=utf-8; action="urn:b"'}, "urn:b"),
        ({b"content-type": b"text/xml; charset=utf-8"}, ""),
        ({}, ""),
    ],
)
def test_the_action_is_where_the_version_has_it(headers: dict[bytes, bytes], action: str) -> None:
    """A header of its own, or a part of the content type."""
    assert soap.action_of(headers) == action


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_header_is_added_in_front(version: str) -> None:
    """To that which is there, or a new one; what is no envelope has no place for it."""
    once = soap.with_header(soap.envelope(b"<a/>", version), b"<one/>")
    twice = etree.fromstring(soap.with_header(once, b"<two/>"))
    assert [child.tag for child in twice[0]] == ["two", "one"]
    assert twice[0].tag == f"{{{soap.NAMESPACES[version]}}}Header"
    with pytest.raises(BadRequest, match="not a SOAP envelope"):
        soap.with_header(b"<a/>", b"<one/>")
