"""The body of a request, by its format."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.clients.http.body import of
from apitest.documents import xml as xmltext
from apitest.errors import BadValue
from apitest.request import Request

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def request(**fields: Any) -> Request:
    made = Request()
    for name, value in fields.items():
        made[name] = value
    return made


@given(JSON)
def test_json_comes_back(document: Any) -> None:
    """A JSON document is the same after it was sent."""
    assert json.loads(of(request(data_impl=document)).content or b"") == document


def test_json_of_half_a_pair() -> None:
    """Half of a surrogate pair, which UTF-8 cannot hold, is sent as an escape."""
    assert of(request(data_impl=["\ud800"])).content == b'["\\ud800"]'


@pytest.mark.parametrize("document", [float("nan"), {1, 2}, b"x"])
def test_what_json_cannot_hold(document: Any) -> None:
    """A value that a Python step has set, and that JSON cannot express, is refused."""
    with pytest.raises(BadValue, match="cannot be written as JSON"):
        of(request(data_impl=document))


@pytest.mark.parametrize("format_", ["JSON", "XML", "RAW", "FORM"])
def test_nothing_to_send(format_: str) -> None:
    """Without a request there is no body and no type."""
    assert of(request(format=format_)) == (None, None)


def test_data_of_python_steps() -> None:
    """Text or bytes that a Python step has set as request.data are sent as they are."""
    assert of(request(data="{}")) == (b"{}", "application/json")
    assert of(request(data=b"\xff", format="RAW")) == (b"\xff", None)
    assert of(request(data="a=1", format="FORM")) == (b"a=1", "application/x-www-form-urlencoded")
    assert of(request(data="<a/>", format="XML")) == (b"<a/>", "text/xml; charset=utf-8")


def test_xml_document() -> None:
    """An XML element is sent with the declaration that it came with."""
    element = xmltext.parse("<?xml version='1.0'?><a>é</a>", "the request")
    body = of(request(data_impl=element, format="XML"))
    assert xmltext.parse(body.content or b"", "it").text == "é"


def test_format_changed_after_the_request() -> None:
    """A JSON request that would be sent as XML is refused with what to do."""
    with pytest.raises(BadValue, match="The format is XML, the request is not"):
        of(request(data_impl={}, format="XML"))


def test_unknown_format() -> None:
    """A format that a Python step has set and that nobody knows is refused."""
    with pytest.raises(BadValue, match='Unknown format "YAML"'):
        of(request(format="YAML"))


def test_form() -> None:
    """A field with a list is sent once for each element."""
    made = request(format="FORM", form={"a": "1 2", "b": ["x", "&"]})
    assert of(made) == (b"a=1+2&b=x&b=%26", "application/x-www-form-urlencoded")
    assert made.data == "a=1+2&b=x&b=%26"


def test_upload(tmp_path: Path) -> None:
    """With files the form is multipart, each file with its name and type."""
    (tmp_path / "a.csv").write_bytes(b"1,2\n")
    (tmp_path / "b").write_bytes(b"\x00\xff")
    files = {"one": str(tmp_path / "a.csv"), "two": [str(tmp_path / "b")]}
    content, content_type = of(request(format="FORM", form={"n": [1, 2]}, files=files))
    assert content is not None
    assert content_type is not None
    assert content_type.startswith("multipart/form-data; boundary=")
    assert content.count(b'name="n"') == 2
    assert b'name="one"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n1,2\n\r\n' in content
    assert b'name="two"; filename="b"\r\nContent-Type: application/octet-stream\r\n\r\n\x00\xff\r\n' in content


def test_upload_that_vanished(tmp_path: Path) -> None:
    """A file that is gone when the form is sent is named."""
    with pytest.raises(BadValue, match="cannot be read"):
        of(request(format="FORM", files={"a": str(tmp_path / "gone")}))


def test_a_raw_request_that_is_a_dict() -> None:
    """It is form-encoded, as in zato-apitest; a name with a list comes once for each element."""
    sent = of(request(data={"a b": "c&d", "n": [1, 2]}, format="RAW"))
    assert sent == (b"a+b=c%26d&n=1&n=2", "application/x-www-form-urlencoded")
