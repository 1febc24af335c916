"""The records of a request and a response."""

import pytest

from apitest.request import Record, Request, Response


def test_a_records_fields_are_attributes_and_items() -> None:
    """Fields can be read, written, listed and deleted either way."""
    record = Record(a=1)
    record["b"] = 2
    record.c = 3  # type: ignore[attr-defined]
    assert (record.b, record["c"], record.get("a"), record.get("z", 9)) == (2, 3, 1, 9)  # type: ignore[attr-defined]
    assert list(record) == list(record.keys()) == ["a", "b", "c"]
    del record["a"]
    assert "a" not in record
    with pytest.raises(KeyError):
        record["a"]


def test_defaults_do_not_count_as_set() -> None:
    """A request has defaults that do not count as fields until they are set."""
    request = Request()
    assert (request.method, request.format) == ("GET", "JSON")
    assert "method" not in request
    assert "data_impl" not in Response()
    request.method = "PUT"
    assert "method" in request


def test_the_response_format_follows_the_request_format() -> None:
    """The response is read in the request's format unless another one was said."""
    request = Request()
    request.format = "XML"
    assert request.response_format == "XML"
    request["response_format"] = "JSON"
    request.format = "RAW"
    assert request.response_format == "JSON"


def test_a_form_is_a_form_without_saying_so() -> None:
    """Fields or files make the format FORM, unless another one was said; the response is read as JSON."""
    request = Request()
    request.form = {"a": "1"}
    assert (request.format, request.response_format) == ("FORM", "JSON")
    request.form = {}
    assert request.format == "JSON"
    request.files = {"f": "a.txt"}
    assert request.format == "FORM"
    request.format = "XML"
    assert (request.format, request.response_format) == ("XML", "XML")


def test_what_describes_one_request_does_not_go_into_the_next() -> None:
    """Address, formats and namespaces stay; method, URL, headers, body and form are those of one request."""
    request = Request()
    request.update(address="http://a", format="XML", response_format="JSON", ns_map={"s": "urn:s"}, own="kept")
    request.update(method="PUT", url="http://b", url_path="/p", query_string="q=1", query_parameters=[("a", 1)])
    request.update(headers={"A": "b"}, data="x", data_impl="x", form={"a": 1}, files={"f": "x"})
    following = request.following()
    assert dict(following) == {
        "address": "http://a",
        "format": "XML",
        "response_format": "JSON",
        "ns_map": {"s": "urn:s"},
        "own": "kept",
        "headers": {},
    }
    assert request.headers == {"A": "b"}
