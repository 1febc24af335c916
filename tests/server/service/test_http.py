"""Tests of apitest_server.service.http."""

from apitest_server.service.http import Headers, HTTPRequest
from tests.server.asgi import scope


def test_headers_are_found_in_any_case() -> None:
    """A header that came twice is joined with a comma."""
    headers = Headers([(b"X-A", b"1"), (b"x-a", b"2"), (b"Accept", b"*/*")])
    assert headers["X-a"] == "1, 2"
    assert "ACCEPT" in headers
    assert 5 not in headers
    assert (headers.get("nope"), headers.get("nope", "x")) == (None, "x")


def test_a_request_tells_its_parts() -> None:
    """Query, cookies, user agent and content type are read from the scope."""
    headers = {"Cookie": "a=1; b=2; wrong[=3", "User-Agent": "t", "Content-Type": "Text/Plain; charset=x"}
    http = HTTPRequest(scope("GET", "/a?x=1&x=2&y=", headers))
    assert http.query == {"x": ["1", "2"], "y": [""]}
    assert http.GET == {"x": "2", "y": ""}
    assert http.cookies["a"] == "1"
    assert http.cookies["b"] == "2"
    assert (http.user_agent, http.content_type, http.query_string) == ("t", "text/plain", "x=1&x=2&y=")
    assert (http.POST, http.files) == ({}, [])


def test_a_form_body_is_post() -> None:
    """POST holds the fields of a form."""
    http = HTTPRequest(scope("POST", "/", {"Content-Type": "application/x-www-form-urlencoded"}), b"a=1")
    assert http.POST == {"a": "1"}


def test_the_environ_speaks_wsgi() -> None:
    """Headers become HTTP_ names, but for content type and length."""
    environ = HTTPRequest(scope("GET", "/a?b=c", {"X-A": "1", "Content-Type": "t/p"})).environ()
    assert environ["HTTP_X_A"] == "1"
    assert environ["CONTENT_TYPE"] == "t/p"
    assert (environ["REQUEST_METHOD"], environ["PATH_INFO"], environ["QUERY_STRING"]) == ("GET", "/a", "b=c")
    assert (environ["REMOTE_ADDR"], environ["REMOTE_PORT"]) == ("127.0.0.1", "50000")
    without = HTTPRequest({**scope("GET", "/"), "client": None}).environ()
    assert without["REMOTE_ADDR"] == ""
