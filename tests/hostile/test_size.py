"""A response has a size, whatever a server sends."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from functools import partial

import pytest

from apitest.errors import ApitestError, CheckFailed
from tests.apitest.steps.playing import Play
from tests.attempts import Attempts
from tests.hostile.server import Hostile, Peer, answer

_SIZE = 1_000_000
_MEMORY = 12_000_000  # what a response of that size may take, with what the libraries hold of it
_SENT = 40_000_000  # what may be on its way in the buffers of the sockets when the client leaves

_OK = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n"
_LENGTH = _OK + b"Content-Length: 50000000000\r\n"
_BLOCK = b"x" * 100_000


def _zeros(packed: bytes, wbits: int) -> bytes:
    """A stream of 200 MB of zeros that was begun as ``packed`` is, packed again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    return packed + b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()


def _flood(start: bytes, piece: bytes = _BLOCK) -> Callable[[Peer], None]:
    def behave(peer: Peer) -> None:
        while peer.request():
            peer.flood(start, piece)

    return behave


def _once(response: bytes, peer: Peer) -> None:
    while peer.request():
        peer.send(response)


def _bombs() -> dict[str, Callable[[Peer], None]]:
    packed = _zeros(b"", 31)
    twice = gzip.compress(packed)
    deflated, raw = _zeros(b"", 15), _zeros(b"", -15)
    return {
        "gzip": partial(_once, answer(packed, "200 OK", "Content-Encoding: gzip")),
        "gzip of gzip": partial(_once, answer(twice, "200 OK", "Content-Encoding: gzip, gzip")),
        "deflate": partial(_once, answer(deflated, "200 OK", "Content-Encoding: deflate")),
        "raw deflate": partial(_once, answer(raw, "200 OK", "Content-Encoding: deflate")),
        "gzip in chunks": _flood(_CHUNKED + b"Content-Encoding: gzip\r\n\r\n", b"%x\r\n%s\r\n" % (len(packed), packed)),
        "gzip of a redirect": partial(_once, answer(packed, "302 Found", "Content-Encoding: gzip", "Location: /x")),
        "gzip of a challenge": partial(
            _once, answer(packed, "401 No", "Content-Encoding: gzip", 'WWW-Authenticate: Digest realm="r", nonce="n"')
        ),
        "gzip of an error": partial(_once, answer(packed, "500 Oh", "Content-Encoding: gzip")),
    }


FLOODS: dict[str, Callable[[Peer], None]] = {
    "a body until the end": _flood(_OK + b"\r\n"),
    "a body of an untrue length": _flood(_LENGTH + b"\r\n"),
    "a body of a redirect": _flood(b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n"),
    "chunks": _flood(_CHUNKED + b"\r\n", b"186a0\r\n" + _BLOCK + b"\r\n"),
    "chunks of a byte": _flood(_CHUNKED + b"\r\n", b"1\r\nx\r\n" * 10_000),
    "one endless chunk": _flood(_CHUNKED + b"\r\nffffffffff\r\n"),
    "a status line": _flood(b"HTTP/1.1 200 "),
    "a header's name": _flood(_OK),
    "a header's value": _flood(_OK + b"X-A: "),
    "headers": _flood(_OK, b"X-A: 1\r\n" * 1000),
    "headers of different names": _flood(_OK, b"".join(b"X-%d: 1\r\n" % number for number in range(1000))),
    "headers as long as they may be": _flood(_OK, b"X-A: " + b"x" * 65_000 + b"\r\n"),
    "a folded header": _flood(_OK + b"X-A: 1\r\n", b" 1\r\n" * 1000),
    "cookies": _flood(_OK, b"Set-Cookie: a=1\r\n" * 1000),
    "a chunk's size": _flood(_CHUNKED + b"\r\n", b"0" * 1000),
    "a chunk's extension": _flood(_CHUNKED + b"\r\n5;"),
    "a trailer": _flood(_CHUNKED + b"\r\n0\r\nX-A: "),
    "100 Continue": _flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "100 Continue with headers": _flood(b"HTTP/1.1 100 Continue\r\n", b"X-A: 1\r\n" * 100),
    "line ends": _flood(b"", b"\r\n" * 1000),
    "nothing but bytes": _flood(b"", bytes(range(256)) * 100),
}


@pytest.mark.parametrize("kind", ["floods", "bombs"])
def test_too_much(play: Play, hostile: Hostile, attempts: Attempts, kind: str) -> None:
    """A response that is larger than allowed, sent or unpacked, fails the step before it is in memory."""
    for name, behave in (FLOODS if kind == "floods" else _bombs()).items():
        hostile.behave = behave
        play(f'Given address "{hostile.address}"', 'Given responses are limited to "1 MB"', 'Given timeout is "10"')
        play('Given Digest Auth "maria" "s3cret-word"')
        tracemalloc.start()
        try:
            play("When the URL is invoked")
        except ApitestError as error:
            told: ApitestError | None = error
        else:
            told = None
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        held = told is not None and peak < _MEMORY and hostile.peers[-1].sent < _SENT
        attempts.held(held, f"{name}: {told}; {peak:,} bytes in memory, {hostile.peers[-1].sent:,} sent")


def test_trailers_without_end(play: Play, hostile: Hostile, attempts: Attempts) -> None:
    """Trailers, which nobody keeps, may come until the time is over."""
    hostile.behave = _flood(_CHUNKED + b"\r\n1\r\nx\r\n0\r\n", b"X-A: 1\r\n" * 1000)
    play(f'Given address "{hostile.address}"', 'Given timeout is "0.5"')
    tracemalloc.start()
    with pytest.raises(ApitestError) as caught:
        play("When the URL is invoked")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    attempts.held(peak < _MEMORY, f"{caught.value}; {peak:,} bytes in memory")


def test_what_is_allowed(play: Play, hostile: Hostile) -> None:
    """A response of just the size that is allowed is taken, and one of a byte more is not."""
    play(f'Given address "{hostile.address}"', 'Given responses are limited to "10 KB"')
    for packed in (False, True):
        for size, fits in ((10_000, True), (10_001, False)):
            body = gzip.compress(b"x" * size) if packed else b"x" * size
            hostile.answers(answer(body, "200 OK", *(["Content-Encoding: gzip"] if packed else [])))
            if fits:
                play("When the URL is invoked")
                assert len(play.zato.response.data_text) == size
                continue
            with pytest.raises(CheckFailed, match="a body of more than 10 KB"):
                play("When the URL is invoked")


def test_the_default(play: Play, hostile: Hostile) -> None:
    """Where nothing is said, 100 MB are the limit."""
    hostile.answers(_LENGTH.replace(b"50000000000", b"100000001") + b"\r\n")
    play(f'Given address "{hostile.address}"')
    with pytest.raises(CheckFailed, match="a body of more than 100 MB"):
        play("When the URL is invoked")
