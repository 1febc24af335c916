"""Answers as bytes; what http.client makes of the same bytes has to come out, without blanks around values."""

from collections.abc import Callable, Iterable
from http.client import HTTPException, HTTPResponse, IncompleteRead, LineTooLong
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apitest.clients.http.limits import TooLarge
from apitest.clients.http.message import trimmed
from apitest.clients.http.reader import Reader

SIZE = 1_000_000


def receiving(pieces: Iterable[bytes]) -> Callable[[], bytes]:
    """Gives the pieces one by one, then the end."""
    left = iter(pieces)
    return lambda: next(left, b"")


def ours(data: bytes, step: int, method: str = "GET") -> Any:
    """Status, reason, headers and body of an answer whose bytes come in steps; or the class of the error."""
    reader = Reader(receiving(data[at : at + step] for at in range(0, len(data), step)))
    try:
        head = reader.head()
        body, lasts = reader.body(head, method, SIZE)
    except HTTPException as error:
        return type(error)
    return head.status, head.reason, head.fields, body, lasts


def theirs(data: bytes, method: str = "GET") -> Any:
    """The same by http.client."""

    class Read:
        def makefile(self, mode: str) -> BytesIO:
            return BytesIO(data)

    response = HTTPResponse(Read(), method=method)  # type: ignore[arg-type]
    try:
        response.begin()
        fields = trimmed(response.headers.items())
        lasts = not response.will_close
        chunks = iter(lambda: response.read1(65_536), b"")
        body = b"".join(chunks)
        if response.length:
            return IncompleteRead
    except HTTPException as error:
        return type(error)
    return response.status, response.reason, fields, body, lasts


HEADS = [
    b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef",
    b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
    b"HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n",
    b"HTTP/1.0 200 OK\r\n\r\nuntil the end",
    b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\na",
    b"HTTP/1.0 200 OK\r\nKeep-Alive: timeout=5\r\nContent-Length: 1\r\n\r\na",
    b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
    b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
    b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
    b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    b"HTTP/1.1 200 OK\nContent-Length: 1\nX:y\n\na",
    b"HTTP/1.1 200 OK\r\nX: a\r\n  folded\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: a\r\nno colon here\r\nContent-Length: 1\r\n\r\na",
    b"HTTP/1.1 200 OK\r\n: no name\r\nContent-Length: 1\r\n\r\na",
    b"HTTP/1.1 200 OK\r\nFrom here\r\nContent-Length: 1\r\n\r\na",
    b"HTTP/1.1 200 OK\r\nFrom : b\r\nContent-Length: 1\r\n\r\na",
    b"HTTP/1.1 200 OK\r\nX: a\rb: c\r\nContent-Length: 1\r\n\r\na",
    b"HTTP/1.1 200 OK\r\nX:  spaces \t\r\nY:\r\nContent-Length: 1\r\n\r\na",
    "HTTP/1.1 200 schön\r\nX: schön\r\nContent-Length: 1\r\n\r\na".encode(),
    b"HTTP/1.1 200 OK\r\nContent-Length: 1",
    b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na",
    b"HTTP/2 200 OK\r\n\r\n",
    b"HTTP/1.1 99 OK\r\n\r\n",
    b"HTTP/1.1 1000 OK\r\n\r\n",
    b"HTTP/1.1 abc OK\r\n\r\n",
    b"HTTP/1.9 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/0.9 200 OK\r\n\r\na",
    b"HTTP/1.00 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"\r\nHTTP/1.1 200 OK\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.6\r\n",
    b"",
    b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 101 + b"\r\n",
    b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 98 + b"Content-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: " + b"y" * 65_536 + b"\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: " + b"y" * 65_000 + b"\r\nY: " + b"y" * 65_000 + b"\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 " + b"y" * 65_536 + b"\r\nContent-Length: 0\r\n\r\n",
]
CHUNKS = [
    b"3\r\nabc\r\n0\r\n\r\n",
    b"3;name=value\r\nabc\r\n1 \r\nd\r\n0\r\nTrailer: x\r\n\r\n",
    b"03\r\nabc\r\n00\r\n\r\n",
    b"A\r\n0123456789\r\n0\r\n",
    b"0x3\r\nabc\r\n0\r\n\r\n",
    b"3\r\nabc\r\nnot a number\r\n",
    b"3\nabc\r\n0\n\n",
    b"5\r\nab",
    b"3\r\nabc",
    b"",
    b"\r\n",
]
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("step", [1, 7, 10_000, 1_000_000])
def test_as_http_client_reads(step: int) -> None:
    """Usual and unusual answers are read as http.client reads them, however their bytes come."""
    for data in [*HEADS, *(CHUNKED + chunks for chunks in CHUNKS)]:
        if step < 10 and len(data) > 10_000:
            continue
        for method in ("GET", "HEAD"):
            assert ours(data, step, method) == theirs(data, method), data[:100]


PIECES = (
    *(b"HTTP/1.1 ", b"HTTP/1.0 ", b"200", b" OK", b"\r\n", b"\r", b"\n", b": ", b":", b"a", b"Content-Length", b"1"),
    *(b"Transfer-Encoding", b"chunked", b"Connection", b"close", b"keep-alive", b" ", b"\t", b"\xff", b"\0", b"From "),
)


@example(b"HTTP/1.1 200 OK\r\na: b\n\r\r\n", 1)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join), st.integers(1, 50))
def test_whatever_comes(data: bytes, step: int) -> None:
    """Any bytes after a status line are read as http.client reads them, or refused as it refuses them."""
    whole = b"HTTP/1.1 200 OK\r\n" + data + b"\r\n\r\na"
    assert ours(whole, step) == theirs(whole)


def test_several_lengths() -> None:
    """The same length twice is that length; two that differ are not valid HTTP, since nobody knows which one holds."""
    same = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na"
    assert ours(same, 100)[3:] == (b"a", True)
    assert ours(same.replace(b"Length: 1", b"Length: 1, 1", 1), 100)[3:] == (b"a", True)
    assert ours(same.replace(b"Length: 1", b"Length: 2", 1), 100) is HTTPException


def test_endless_lines() -> None:
    """A line or a list of headers without end is refused as soon as it is too long, and not when the time is over."""
    endless = ([b"HTTP/1.1 200 OK\r\n"], [CHUNKED + b"1\r\na\r\n"])
    for start in endless:
        reader = Reader(receiving([*start, *[b"x" * 10_000] * 7]))
        with pytest.raises(LineTooLong):
            reader.body(reader.head(), "GET", SIZE)
    reader = Reader(receiving([b"HTTP/1.1 200 OK\r\n", *[b"A: b\r\n"] * 102]))
    with pytest.raises(HTTPException, match="got more than 100 headers"):
        reader.head()


def test_bodies_may_not_be_too_large() -> None:
    """Whatever says how long the body is, more than the limit is not read."""
    for start, rest in (
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000001\r\n\r\n", b""),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1_000_001),
        (CHUNKED, b"f4241\r\n" + b"x" * 1_000_001),
    ):
        reader = Reader(receiving([start, rest]))
        with pytest.raises(TooLarge, match="a body of more than 1 MB"):
            reader.body(reader.head(), "GET", SIZE)


def test_what_only_informs() -> None:
    """The final answer comes after it, whatever its status below 200, but for the one that ends HTTP."""
    told = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
    reader = Reader(receiving([told + HEADS[0]]))
    head = reader.head()
    assert (head.status, head.fields) == (200, [("Content-Length", "3")])
    assert Reader(receiving([b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + HEADS[0]])).head().status == 101


def test_two_answers() -> None:
    """Bytes that came after an answer are there for the next one."""
    reader = Reader(receiving([HEADS[0] + HEADS[3]]))
    assert reader.body(reader.head(), "GET", SIZE) == (b"abc", True)
    assert reader.has_more()
    assert reader.body(reader.head(), "GET", SIZE) == (b"", True)
    assert not reader.has_more()
