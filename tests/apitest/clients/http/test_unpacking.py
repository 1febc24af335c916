"""Bodies that were sent compressed."""

import gzip
import zlib

import pytest
from urllib3.exceptions import DecodeError

from apitest.clients.http.limits import Limits, TooLarge
from apitest.clients.http.message import Outgoing, Received, merged
from apitest.clients.http.unpacking import unpack


@pytest.fixture
def limits() -> Limits:
    """A minute for an exchange."""
    made = Limits()
    made.start(60)
    return made


def answer(body: bytes, encoding: str, status: int = 200) -> Received:
    """An answer whose body came as it is here."""
    fields = [("Content-Encoding", encoding), ("Content-Length", str(len(body))), ("Location", "/")]
    return Received(status, "", "http://h/", merged(fields), fields, body, Outgoing("GET", "http://h/", merged(())))


def test_encodings(limits: Limits) -> None:
    """A body is unpacked as its header says, more than once where it was packed more than once."""
    bare = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    for body, encoding in (
        (gzip.compress(b"abc"), "gzip"),
        (gzip.compress(b"ab") + gzip.compress(b"c"), "x-gzip"),
        (zlib.compress(b"abc"), "deflate"),
        (bare.compress(b"abc") + bare.flush(), "deflate"),
        (gzip.compress(zlib.compress(b"abc")), "deflate, gzip"),
        (b"abc", "of-its-own"),
    ):
        packed = answer(body, encoding)
        unpack(packed, limits, 100)
        assert packed.content == b"abc"


def test_not_packed(limits: Limits) -> None:
    """A body that is not what its header says is an error, but on a page that only leads elsewhere."""
    with pytest.raises(DecodeError):
        unpack(answer(b"plain", "gzip"), limits, 100)
    redirect = answer(b"plain", "gzip", status=302)
    unpack(redirect, limits, 100)
    assert redirect.content == b""


def test_limits(limits: Limits) -> None:
    """A small body that unpacks to a large one is not unpacked further than it may be, nor for longer."""
    bomb = gzip.compress(bytes(10_000_000))
    with pytest.raises(TooLarge, match="a body of more than 1 MB"):
        unpack(answer(bomb, "gzip"), limits, 1_000_000)
    limits.start(0)
    with pytest.raises(TimeoutError):
        unpack(answer(bomb, "gzip"), limits, 100_000_000)
