"""Tests of apitest_server.service.xml_input."""

from typing import Any

import pytest

from apitest_server.errors import BadRequest, PayloadTooLarge
from apitest_server.service.elements import Dict, DictList, Int, List
from apitest_server.service.soap import envelope
from apitest_server.service.xml_input import fields_of


def read(document: str, *declared: Any) -> dict[str, Any]:
    return fields_of(document.encode(), declared, 100)


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        ("<r><a>1</a><b>2</b></r>", {"a": "1", "b": "2"}),
        ('<n:r xmlns:n="urn:a" xmlns="urn:b"><n:a>1</n:a><b x="9">2</b></n:r>', {"a": "1", "b": "2"}),
        ("<r><a>1</a><a>2</a><a>3</a></r>", {"a": ["1", "2", "3"]}),
        ("<r><d><x>1</x><y><z>2</z></y></d><e/></r>", {"d": {"x": "1", "y": {"z": "2"}}, "e": ""}),
        ("<r><d><x>1</x></d><d><x>2</x></d></r>", {"d": [{"x": "1"}, {"x": "2"}]}),
        ("<r>\n <!-- no --> <a>1<!-- nor this -->2</a>\n</r>", {"a": "12"}),
        ("<r><a>&lt;&#65;<![CDATA[&]]></a></r>", {"a": "<A&"}),
        ("<a>1</a>", {"a": "1"}),
    ],
)
def test_elements_are_fields(content: str, fields: dict[str, Any]) -> None:
    """By their local names, in a document of its own as in a SOAP envelope of either version."""
    assert read(content) == fields
    for version in ("1.1", "1.2"):
        assert fields_of(envelope(content.encode(), version), (), 100) == fields


def test_elements_may_stand_directly_in_the_body_of_an_envelope() -> None:
    """And there may be none."""
    for content, fields in ((b"<a>1</a><b>2</b>", {"a": "1", "b": "2"}), (b"", {}), (b" ", {})):
        assert fields_of(envelope(content, "1.1"), (), 100) == fields


def test_what_is_declared_as_a_list_is_one() -> None:
    """Also of a single element; where there is none, there is no field."""
    declared = (List("a"), DictList("b"), Dict("c"), Int("d"), List("e"))
    found = read("<r><a>1</a><b><x>2</x></b><c><x>3</x></c><d>4</d></r>", *declared)
    assert found == {"a": ["1"], "b": [{"x": "2"}], "c": {"x": "3"}, "d": "4"}
    assert read("<r><a>1</a><a>2</a></r>", List("a")) == {"a": ["1", "2"]}


def test_a_document_says_its_encoding() -> None:
    """As XML has it."""
    document = '<?xml version="1.0" encoding="iso-8859-1"?><r><a>\u00fc</a></r>'
    assert fields_of(document.encode("iso-8859-1"), (), 100) == {"a": "\u00fc"}


@pytest.mark.parametrize(
    ("document", "details"),
    [
        ("<r><a>", "not well-formed XML"),
        ("", "not well-formed XML"),
        ("<r><a>&e;</a></r>", "not well-formed XML"),
        ('<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r><a>&e;</a></r>', "document type is not allowed"),
    ],
)
def test_what_is_not_plain_xml_is_refused(document: str, details: str) -> None:
    """And nothing of it is expanded."""
    with pytest.raises(BadRequest, match=details):
        read(document)


def test_too_many_elements_are_refused() -> None:
    """Before any of them is made."""
    assert read(f"<r>{'<a/>' * 98}</r>") == {"a": [""] * 98}
    with pytest.raises(PayloadTooLarge, match="more than 100 values"):
        read(f"<r>{'<a/>' * 99}</r>")
