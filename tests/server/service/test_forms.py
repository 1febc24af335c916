"""Tests of apitest_server.service.forms."""

from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.errors import BadRequest
from apitest_server.service import forms
from apitest_server.service.forms import parameters_of, parse_form

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=xyz"


def part(head: str, content: bytes) -> bytes:
    return b"--xyz\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n"


def test_fields_given_twice_become_lists() -> None:
    """An URL-encoded form keeps all values of a field, empty ones as well."""
    form = parse_form(URLENCODED, b"a=1&b=x+y%21&a=2&c=")
    assert form.plain() == {"a": ["1", "2"], "b": "x y!", "c": ""}
    assert parse_form(URLENCODED, b"").plain() == {}


def test_a_multipart_form_has_fields_and_files() -> None:
    """A part with a file name is a file, another one a field."""
    body = (
        part('Content-Disposition: form-data; name="a"', b"1")
        + part('Content-Disposition: form-data; name="f"; filename="r.xls"\r\nContent-Type: text/csv', b"x\r\ny")
        + part('Content-Disposition: form-data; name="g"; filename=""', b"\x00\xff")
        + b"--xyz--\r\n"
    )
    form = parse_form(MULTIPART, body)
    assert form.plain() == {"a": "1"}
    assert [(f.name, f.filename, f.content_type, f.content) for f in form.files] == [
        ("f", "r.xls", "text/csv", b"x\r\ny"),
        ("g", "", "application/octet-stream", b"\x00\xff"),
    ]


@pytest.mark.parametrize(
    ("content_type", "body", "problem"),
    [
        (URLENCODED, b"nonsense", "not URL-encoded"),
        (URLENCODED, b"a=\xff", "not URL-encoded"),
        ("multipart/form-data", b"", "names no boundary"),
        ("multipart/form-data; boundary=", b"", "names no boundary"),
        (URLENCODED, b"a=1&" * 10_000 + b"b=1", "more than 10000 fields"),
        (MULTIPART, part('Content-Disposition: form-data; name="a"', b"1") * 10_001 + b"--xyz--", "more than 10000"),
        (MULTIPART, part("A: b\r\n" * 20, b"1") + b"--xyz--", "is not valid: "),
        (MULTIPART, part("A: " + "b" * 5000, b"1") + b"--xyz--", "is not valid: "),
        (f"multipart/form-data; boundary={'x' * 300}", b"--", "is not valid: "),
        (MULTIPART, b"", "no closing boundary"),
        (MULTIPART, b"--xyz\r\nname: x\r\n\r\n", "no closing boundary"),
        (MULTIPART, b"--xyz\r\nname: x\r\n--xyz--", "no closing boundary"),
        (MULTIPART, part("Content-Type: text/plain", b"1") + b"--xyz--", "has no name"),
    ],
)
def test_a_broken_form_is_a_bad_request(content_type: str, body: bytes, problem: str) -> None:
    """What is wrong with a form is told to the caller."""
    with pytest.raises(BadRequest, match=problem):
        parse_form(content_type, body)


@given(st.binary())
def test_a_files_bytes_survive(content: bytes) -> None:
    """Whatever a file holds arrives as it was, unless it holds the boundary itself."""
    if b"\r\n--xyz" in b"\r\n" + content:
        return
    body = part('Content-Disposition: form-data; name="f"; filename="f"', content) + b"--xyz--\r\n"
    assert parse_form(MULTIPART, body).files[0].content == content


@pytest.mark.parametrize(
    ("header", "value", "parameters"),
    [
        ("Text/CSV", "text/csv", {}),
        ('form-data; name="a"; filename="b;c.txt"', "form-data", {"name": "a", "filename": "b;c.txt"}),
        (r'form-data; name="a\"b\\c"', "form-data", {"name": 'a"b\\c'}),
        (r'form-data; filename="C:\x\y"', "form-data", {"filename": r"C:\x\y"}),
        ("form-data; NAME = a ; name=b", "form-data", {"name": "a"}),
        ('form-data; name="a', "form-data", {}),
        ("form-data;;;; name=", "form-data", {"name": ""}),
    ],
)
def test_parameters_are_read_with_and_without_quotes(header: str, value: str, parameters: dict[str, str]) -> None:
    """What is not a parameter is left out."""
    assert parameters_of(header) == (value, parameters)


@given(st.text(), st.integers(3, 9))
def test_long_values_are_decoded_in_slices(text: str, size: int) -> None:
    """Where they are cut does not matter."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(forms, "_SLICE", size)
        assert forms._unquoted(quote_plus(text).encode()) == text
        assert forms._unquoted(b"%%4%41%zz+%") == "%%4A%zz %"
