"""What an answer holds, decoded and parsed when it is asked for."""

from typing import Any

import pytest

from apitest.clients.response import Answer, decode, last
from apitest.errors import CheckFailed
from tests.apitest.steps.playing import Play


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("é".encode(), None, "é"),
        (b"\xef\xbb\xbf{}", None, "{}"),
        (b"\xef\xbb\xbf{}", "utf-8", "{}"),
        (b"\xe9", None, "é"),
        (b"\xe9", "iso-8859-1", "é"),
        (b"\xa4", "ISO-8859-15", "€"),
        (b"\xe9", "utf-8", "\ufffd"),
        (b"\xe9", "no-such-charset", "é"),
        (b"<?xml version='1.0' encoding='iso-8859-2'?><a>\xb3</a>", None, "ł"),
        (b"<?xml version='1.0'?><a>\xc5\x82</a>", None, "ł"),
    ],
)
def test_text_is_decoded(body: bytes, charset: str | None, text: str) -> None:
    """The header's charset counts most, then that of XML, then UTF-8, then Latin-1."""
    assert text in decode(body, charset)


def test_document_is_parsed_as_the_format_says() -> None:
    """data_impl is a JSON value, an XML element, or the text."""
    assert Answer(None, b'{"a": 1}', "JSON").data_impl == {"a": 1}
    assert Answer(None, b"<a/>", "XML").data_impl.tag == "a"
    assert Answer(None, b"a=1", "FORM").data_impl == "a=1"
    assert Answer(None, b"raw", "RAW").data_impl == "raw"


def test_document_is_parsed_once() -> None:
    """Steps that look into the answer one after the other see the same document."""
    answer = Answer(None, b"[1]", "JSON")
    assert answer.json() is answer.json() is answer.data_impl
    answer = Answer(None, b"<a/>", "XML")
    assert answer.xml() is answer.xml() is answer.data_impl


@pytest.mark.parametrize("body", [b"", b" \r\n"])
def test_empty_body(body: bytes) -> None:
    """An empty body has a text, and no document."""
    answer: Any = Answer(None, body, "JSON")
    assert answer.data_text == body.decode()
    assert "data_text" in answer
    assert "data_impl" not in answer
    assert answer.get("data_impl", 7) == 7
    with pytest.raises(KeyError):
        answer["data_impl"]
    with pytest.raises(AttributeError):
        answer.nothing  # noqa: B018 - the look-up is what is tested


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "its body is empty"),
        (b"<html>", "Expecting value at line 1, column 1"),
        (b"[NaN]", "JSON has no NaN"),
        (b"[" * 100_000, "nested deeper"),
    ],
)
def test_no_json(body: bytes, problem: str) -> None:
    """A body that is not JSON fails a check, with the reason."""
    answer = Answer(None, body, "JSON")
    with pytest.raises(CheckFailed, match="The response is not valid JSON") as raised:
        answer.json()
    assert problem in raised.value.problem
    assert len(raised.value.actual) <= 301
    assert not answer.is_json()


@pytest.mark.parametrize(
    ("body", "problem"),
    [(b"", "its body is empty"), (b"<a>", "Premature end"), (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "entities")],
)
def test_no_xml(body: bytes, problem: str) -> None:
    """A body that is not XML, or that declares entities, fails a check with the reason."""
    with pytest.raises(CheckFailed, match="The response is not valid XML") as raised:
        Answer(None, body, "XML").xml()
    assert problem in raised.value.problem


def test_charset_of_the_header_counts_for_xml() -> None:
    """XML is read in the charset of the header, whatever it declares itself."""
    body = b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xc5\x82</a>"
    assert Answer(None, body, "XML", "utf-8").xml().text == "ł"


@pytest.mark.parametrize(
    ("kind", "body", "charset", "problem"),
    [
        ("JSON", b'"\xe9"', None, "it is not UTF-8: byte 2 does not fit"),
        ("JSON", b'"\xe9"', "utf8", "it is not UTF-8: byte 2 does not fit"),
        ("JSON", b'"\xe9"', "us-ascii", "it is not us-ascii: byte 2 does not fit"),
        ("XML", b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>", "utf-8", "it is not UTF-8: byte 47"),
        ("XML", b"<a>\xe9</a>", "us-ascii", "it is not us-ascii: byte 4"),
    ],
)
def test_bytes_that_a_charset_does_not_have(kind: str, body: bytes, charset: str | None, problem: str) -> None:
    """They fail a check: as text they would be other characters."""
    answer = Answer(None, body, kind, charset)
    with pytest.raises(CheckFailed, match=f"The response is not valid {kind}: {problem}"):
        _ = answer.data_impl


def test_a_charset_that_nobody_knows() -> None:
    """It is guessed, as without one."""
    assert Answer(None, b'"\xc5\x82"', "JSON", "x-none").data_impl == "ł"


def test_nothing_was_sent(play: Play) -> None:
    """A check before any request names the sentence that is missing."""
    with pytest.raises(CheckFailed, match="has not sent a request") as raised:
        last(play.zato)
    assert "When the URL is invoked" in raised.value.fix
    play.zato.response = answer = Answer(None, b"", "RAW")
    assert last(play.zato) is answer
    assert answer.described() == "the response"


def test_a_response_belongs_to_the_request_as_it_was_sent(play: Play) -> None:
    """Once a step changed the request, the response before it is not checked any more, until another one comes."""
    play.zato.response = Answer(None, b"", "RAW")
    play('URL path "/other"')
    with pytest.raises(CheckFailed, match="changed after it was sent") as raised:
        last(play.zato)
    assert "When the URL is invoked" in raised.value.fix
    play.zato.response = answer = Answer(None, b"", "RAW")
    assert last(play.zato) is answer


def test_text_set_by_a_python_step() -> None:
    """A text that a project's own step sets is what later checks look at."""
    answer = Answer(None, b"", "JSON")
    answer.data_text = '{"a": "\u00e9"}'
    assert answer.json() == answer.data_impl == {"a": "\u00e9"}
    answer.data_text = "<a>\u00e9</a>"
    assert answer.xml().text == "\u00e9"


def test_document_set_by_a_python_step() -> None:
    """A document that a project's own step sets is what later checks look at."""
    answer = Answer(None, b"{}", "JSON")
    answer.data_impl = [1]
    assert answer.json() == [1]
    answer = Answer(None, b"<a/>", "XML")
    element = answer.data_impl = Answer(None, b"<b/>", "XML").xml()
    assert answer.xml() is element
