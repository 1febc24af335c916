"""The time-out holds, whatever a server does."""

import gzip
import zlib
from collections.abc import Callable
from functools import partial
from time import monotonic

import pytest

from apitest.errors import ApitestError, TimedOut
from tests.apitest.steps.playing import Play
from tests.attempts import Attempts
from tests.hostile.server import Hostile, Peer, answer

_LIMIT = 0.3
_TOO_LATE = 6.0  # far more than the limit, far less than the server goes on

_OK = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_LENGTH = _OK + b"Content-Length: 100000000\r\n"
_EMPTY_GZIP = gzip.compress(b"")
_EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"


def _after_request(what: Callable[[Peer], None], peer: Peer) -> None:
    peer.request()
    what(peer)


def _drip(start: bytes, piece: bytes) -> Callable[[Peer], None]:
    return partial(_after_request, lambda peer: peer.drip_for_ever(start, piece))


def _redirects(peer: Peer) -> None:
    """Each redirect a little late, and never an end."""
    for number in range(1000):
        if not peer.request():
            return
        peer.drip([answer(b"", "302 Found", f"Location: /{number}")], 0.05)


def _challenges(peer: Peer) -> None:
    """Digest challenges whose bodies drip."""
    while peer.request():
        challenge = b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="r", nonce="n", qop="auth"\r\n'
        peer.drip_for_ever(challenge + b"Content-Length: 1000000\r\n\r\n", b"x")


def _slow_second(peer: Peer) -> None:
    """A redirect at once, and its target for ever."""
    peer.request()
    peer.send(answer(b"", "307 Again", "Location: /there"))
    peer.request()
    peer.drip_for_ever(_OK, b"x")


DRIPS: dict[str, Callable[[Peer], None]] = {
    "nothing at all": partial(_after_request, Peer.wait),
    "the status line": _drip(b"HTTP/1.1 200 ", b"x"),
    "the status code": _drip(b"HTTP/1.1 2", b"0"),
    "the version": _drip(b"HTT", b"P"),
    "a header's name": _drip(_OK, b"x"),
    "a header's value": _drip(_OK + b"X-A: ", b"x"),
    "headers without end": _drip(_OK, b"X-A: 1\r\n"),
    "folded headers": _drip(_OK + b"X-A: 1\r\n", b" 1\r\n"),
    "a body with a length": _drip(_LENGTH + b"\r\n", b"x"),
    "a body until the end": _drip(_OK + b"\r\n", b"x"),
    "a chunk's size": _drip(_CHUNKED, b"0"),
    "a chunk's extension": _drip(_CHUNKED + b"5;", b"x"),
    "a chunk": _drip(_CHUNKED + b"fffff\r\n", b"x"),
    "chunks of a byte": _drip(_CHUNKED, b"1\r\nx\r\n"),
    "a trailer's name": _drip(_CHUNKED + b"0\r\n", b"x"),
    "trailers": _drip(_CHUNKED + b"1\r\nx\r\n0\r\n", b"X-A: 1\r\n"),
    "100 Continue": _drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "100 Continue with headers": _drip(b"HTTP/1.1 100 Continue\r\n", b"X-A: 1\r\n"),
    "empty gzip members": _drip(_LENGTH + b"Content-Encoding: gzip\r\n\r\n", _EMPTY_GZIP),
    "empty gzip blocks": _drip(_LENGTH + b"Content-Encoding: gzip\r\n\r\n" + _EMPTY_GZIP[:10], _EMPTY_BLOCK),
    "a gzip file name": _drip(_LENGTH + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\x03", b"x"),
    "empty deflate blocks": _drip(
        _LENGTH + b"Content-Encoding: deflate\r\n\r\n" + zlib.compress(b"")[:2], _EMPTY_BLOCK
    ),
    "chunks of empty gzip blocks": _drip(
        _OK + b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\na\r\n" + _EMPTY_GZIP[:10] + b"\r\n",
        b"5\r\n" + _EMPTY_BLOCK + b"\r\n",
    ),
    "redirects": _redirects,
    "the target of a redirect": _slow_second,
    "the body of a redirect": _drip(b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 10000\r\n\r\n", b"x"),
    "Digest challenges": _challenges,
    "a request taken byte by byte": Peer.read_slowly,
    "a request that nobody reads": Peer.wait,
}


def _outcome(play: Play) -> tuple[BaseException | None, float]:
    started = monotonic()
    try:
        play("When the URL is invoked")
    except ApitestError as error:
        return error, monotonic() - started
    return None, monotonic() - started


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_drip(play: Play, hostile: Hostile, attempts: Attempts, verb: str) -> None:
    """A server that sends a little now and then does not outlive the time-out, wherever in its response it does so."""
    for name, behave in DRIPS.items():
        hostile.behave = behave
        play(f'Given address "{hostile.address}"', f'Given timeout is "{_LIMIT}"', f'Given HTTP method "{verb}"')
        play('Given Digest Auth "maria" "s3cret-word"')
        play.zato.request["format"] = "RAW"
        play.zato.request["data"] = b"x" * 30_000_000 if verb == "POST" else None
        error, seconds = _outcome(play)
        told = f"{verb}, {name}: {type(error).__name__} {error} after {seconds:.1f} s"
        attempts.held(isinstance(error, TimedOut) and seconds < _TOO_LATE, told)


def test_a_handshake(play: Play, hostile: Hostile, attempts: Attempts) -> None:
    """A TLS handshake that is silent, drips or never ends is cut off."""
    greeting = b"\x16\x03\x03\x40\x00"
    for name, behave in {
        "silence": Peer.wait,
        "a record byte by byte": lambda peer: peer.drip_for_ever(greeting, b"\0"),
        "alerts": lambda peer: peer.drip_for_ever(b"", b"\x15\x03\x03\x00\x02\x01\x64"),
    }.items():
        hostile.behave = behave
        play(f'Given address "https://127.0.0.1:{hostile.port}"', f'Given timeout is "{_LIMIT}"')
        error, seconds = _outcome(play)
        told = f"TLS, {name}: {type(error).__name__} {error} after {seconds:.1f} s"
        attempts.held(isinstance(error, ApitestError) and seconds < _TOO_LATE, told)


def test_a_proxy(play: Play, hostile: Hostile, attempts: Attempts, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that drips is held to the same time as a server."""
    monkeypatch.setenv("http_proxy", hostile.address)
    monkeypatch.setenv("https_proxy", hostile.address)
    monkeypatch.delenv("no_proxy", raising=False)
    for scheme in ("http", "https"):
        for name in ("nothing at all", "the status line", "a header's value", "headers without end"):
            hostile.behave = DRIPS[name]
            play(f'Given address "{scheme}://api.example.com"', f'Given timeout is "{_LIMIT}"')
            error, seconds = _outcome(play)
            told = f"{scheme} proxy, {name}: {type(error).__name__} {error} after {seconds:.1f} s"
            attempts.held(isinstance(error, ApitestError) and seconds < _TOO_LATE, told)


def test_the_next_request(play: Play, hostile: Hostile, attempts: Attempts) -> None:
    """A connection that is used again has the whole time for its next request, and no more than that."""
    times = iter(range(3))

    def behave(peer: Peer) -> None:
        while peer.request():
            if next(times) < 2:
                peer.drip([answer()], 0.2)
            else:
                peer.drip_for_ever(_OK, b"x")

    hostile.behave = behave
    play(f'Given address "{hostile.address}"', 'Given timeout is "0.35"')
    for number in range(2):
        error, _ = _outcome(play)
        attempts.held(error is None, f"request {number}: {error}")
    error, seconds = _outcome(play)
    attempts.held(isinstance(error, TimedOut) and seconds < _TOO_LATE, f"the third: {error} after {seconds:.1f} s")
