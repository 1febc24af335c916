"""Requests as bytes; heads of answers are read in test_reader.py, beside what http.client makes of them."""

from typing import Any

from apitest.clients.http import wire
from apitest.clients.http.message import NOT_SENT, Headers, Outgoing


def sent(method: str = "GET", url: str = "http://h/", body: bytes | None = None, **headers: Any) -> bytes:
    """A request as bytes."""
    fields = Headers((name.replace("_", "-"), value) for name, value in headers.items())
    return b"".join(wire.pieces(Outgoing(method, url, fields, body)))


def test_requests() -> None:
    """A request has its path and query, its host, its headers but for those that are left out, and its body."""
    assert sent() == b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"
    assert sent(url="http://u:p@h:8080/a?b=c#d").startswith(b"GET /a?b=c HTTP/1.1\r\nHost: h:8080\r\n")
    assert sent(url="https://[::1]:443/").startswith(b"GET / HTTP/1.1\r\nHost: [::1]\r\n")
    assert sent(Host="other", Accept=NOT_SENT, X="y") == b"GET / HTTP/1.1\r\nHost: other\r\nX: y\r\n\r\n"
    assert sent(Host=NOT_SENT) == b"GET / HTTP/1.1\r\n\r\n"
    assert sent(X="ä", Y="ä".encode()).endswith(b"X: \xe4\r\nY: \xc3\xa4\r\n\r\n")
    assert sent("POST", body=b"abc", Content_Length="3").endswith(b"\r\n\r\nabc")
    assert sent(Transfer_Encoding="chunked").endswith(b"\r\n\r\n0\r\n\r\n")
    assert sent("POST", body=bytes(100_000), Content_Length="100000").endswith(bytes(100_000))


def test_usual_requests() -> None:
    """A request is usual unless its method, a header or its host has something in it that does not belong there."""

    def usual(method: str = "GET", url: str = "http://h:1/a", name: str = "X-A", value: Any = "b") -> bool:
        return wire.is_usual(Outgoing(method, url, Headers([(name, value)])))

    assert usual()
    assert usual(url="https://u:p@a-b.example:8443/", value=b"\xff")
    assert usual(url="http://[::1]:80/")
    for odd in (
        {"method": "GET /"}, {"method": ""}, {"name": "X A"}, {"name": "X(A)"}, {"value": "a\nb"}, {"value": b"a\rb"},
        {"url": "http://h./"}, {"url": "http://[fe80::1%25eth0]/"}, {"url": "ftp://h/"}, {"url": "http://h\u00fc/"},
    ):  # fmt: skip
        assert not usual(**odd)


def test_blanks_around_a_value_of_a_header() -> None:
    """They are no part of it, whoever reads the head: a folded line is read by http.client."""
    usual = wire.parse_head(b"HTTP/1.1 200 OK\r\nX-A: \t a b \t \r\nX-B:c\r\nX-C:  \r\n\r\n")
    assert usual.fields == [("X-A", "a b"), ("X-B", "c"), ("X-C", "")]
    folded = wire.parse_head(b"HTTP/1.1 200 OK\r\nX-A: a \r\nX-B: b\r\n c \r\n\r\n")
    assert folded.fields == [("X-A", "a"), ("X-B", "b c")]
