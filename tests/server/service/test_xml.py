"""Tests of apitest_server.service.xml."""

from datetime import UTC, date, datetime

import pytest
from lxml import etree

from apitest_server.service.attrs import Payload
from apitest_server.service.xml import document, to_xml


@pytest.mark.parametrize(
    ("payload", "xml"),
    [
        ({"a": 1, "b": {"c": "x & <y>"}}, "<a>1</a><b><c>x &amp; &lt;y&gt;</c></b>"),
        ({"rows": [1, 2], "none": None, "yes": True}, "<rows>1</rows><rows>2</rows><none></none><yes>true</yes>"),
        ([{"a": 1}, {"a": 2}], "<item><a>1</a></item><item><a>2</a></item>"),
        ({"rows": [[1, 2]]}, "<rows><item>1</item><item>2</item></rows>"),
        (Payload(a=1), "<a>1</a>"),
        ("<a/>", "<a/>"),
        (" text & more", " text &amp; more"),
        (b"<a/>", "<a/>"),
        ({"a": b"x"}, "<a>x</a>"),
        ({"a": "\0\ud800"}, "<a>??</a>"),
        (
            {"first name": 1, "1st": 2, "": 3, "\u00fc.-_": 4},
            "<first_name>1</first_name><_1st>2</_1st><_>3</_><ü.-_>4</ü.-_>",
        ),
        (
            {"a": date(2026, 1, 31), "b": datetime(2026, 1, 31, tzinfo=UTC)},
            "<a>2026-01-31</a><b>2026-01-31T00:00:00+00:00</b>",
        ),
        (None, ""),
        (1.5, "1.5"),
    ],
)
def test_a_payload_becomes_xml(payload: object, xml: str) -> None:
    """It is well-formed, whatever was in the payload."""
    assert to_xml(payload).decode() == xml
    etree.fromstring(b"<x>" + to_xml(payload) + b"</x>")


@pytest.mark.parametrize("payload", [{"a": [1, 2]}, [{"a": 1}, {"a": 2}], 5, None])
def test_a_document_has_one_root(payload: object) -> None:
    """Whatever the payload is."""
    root = etree.fromstring(document("my root", payload))
    assert root.tag == "my_root"
    assert etree.tostring(root, encoding="unicode") in (
        f"<my_root>{to_xml(payload).decode()}</my_root>",
        "<my_root/>",
    )
