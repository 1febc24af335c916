"""Tests of apitest_server.security.signed_request."""

from apitest_server.security.signed_request import SignedRequest, has_form, is_signed, request_of, with_request
from apitest_server.service.asgi import Scope


def test_what_is_signed_is_kept_next_to_the_headers() -> None:
    """Host, path and query as they were sent; where the path is known decoded only, it is encoded again."""
    scope = Scope(type="http", method="GET", path="/\u00fc b/c", headers=[], query_string=b"d=%20")
    kept = with_request({"host": "a:1"}, scope, b"e=\xff")
    assert kept["host"] == "a:1"
    assert request_of(kept) == SignedRequest("GET", "a:1/%C3%BC%20b/c?d=%20", "e=\ufffd")
    scope["raw_path"] = b"/%c3%bc"
    scope["query_string"] = b""
    assert request_of(with_request({}, scope, b"")) == SignedRequest("GET", "/%c3%bc")
    assert request_of({"host": "a"}) is None


def test_headers_tell_what_is_signed() -> None:
    """The scheme of the credentials, and whether the body is a form."""
    assert is_signed({"authorization": "oauth a=b"})
    assert not is_signed({"authorization": "Basic a"})
    assert has_form({"content-type": "application/x-www-form-urlencoded; charset=utf-8"})
    assert not has_form({})
