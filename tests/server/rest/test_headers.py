"""Tests of apitest_server.rest.headers."""

from http import HTTPStatus

import pytest

from apitest_server.errors import ServerError
from apitest_server.rest.headers import cookies, fixed, header, headers_of, status


def test_every_response_names_server_and_cid() -> None:
    """Before all other headers."""
    assert fixed("ab") == [(b"server", b"apitest-server"), (b"x-zato-cid", b"ab")]


def test_a_service_sets_headers() -> None:
    """A list repeats a header; the service's content type wins; the length is always the true one."""
    own = {"X-A": ["1", "2"], "Content-Type": "text/csv", "Content-Length": "99"}
    assert headers_of(own, b"text/plain", 1, []) == [
        (b"content-length", b"1"),
        (b"x-a", b"1"),
        (b"x-a", b"2"),
        (b"content-type", b"text/csv"),
    ]
    expected = [(b"a", b"b"), (b"content-type", b"text/html"), (b"content-length", b"1")]
    assert headers_of({}, b"text/html", 1, [(b"a", b"b")]) == expected
    assert headers_of({}, b"", 0, []) == [(b"content-length", b"0")]


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("X-A", "1\r\nX-B: 2", "its value has control characters"),
        ("X-A", "1\x00", "its value has control characters"),
        ("X A", "1", "its name has characters that are not allowed"),
        ("X\r\n", "1", "its name has characters that are not allowed"),
        ("", "1", "its name has characters that are not allowed"),
        ("X-A", "ą", "its value is not Latin-1"),
    ],
)
def test_a_header_that_cannot_be_sent_is_an_error(name: str, value: str, problem: str) -> None:
    """It would end the connection, or start another response."""
    with pytest.raises(ServerError, match=problem):
        header(name, value)
    with pytest.raises(ServerError, match=problem):
        headers_of({name: [value]}, b"", 0, [])


def test_each_cookie_has_its_own_header() -> None:
    """They are checked like the others."""
    assert cookies(["a=1", "b=2"]) == [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]
    with pytest.raises(ServerError):
        cookies(["a=1\n"])


def test_a_status_is_a_number_that_ends_an_exchange() -> None:
    """Enumerations and text that is a number are understood."""
    assert [status(code) for code in (200, HTTPStatus.CREATED, "404", 599)] == [200, 201, 404, 599]
    for code in (0, 199, 600, None, "x", -1, float("inf"), float("nan")):
        with pytest.raises(ServerError, match="must be 200 to 599"):
            status(code)


def test_the_server_says_where_a_body_ends() -> None:
    """What a service says of it is not sent, and some statuses have no body at all."""
    assert headers_of({"Transfer-Encoding": "chunked", "Content-length": "1"}, b"", 3, []) == [
        (b"content-length", b"3")
    ]
    assert headers_of({}, b"", None, []) == []
