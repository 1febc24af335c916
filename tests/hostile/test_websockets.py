"""Servers of WebSockets without manners: each ends in one clear message, in time and memory; the rest goes on."""

import os
import struct
import tracemalloc
import zlib
from collections.abc import Iterable
from itertools import repeat
from time import monotonic

import pytest

from apitest.errors import ApitestError
from apitest.events import ScenarioFinished, StepFinished
from tests.apitest.runner.running import Runs
from tests.apitest.steps.playing import Play
from tests.apitest.websocket_server import WebSocketServer
from tests.attempts import Attempts
from tests.hostile.frames import BINARY, CLOSE, CONTINUED, FIRST, MIDDLE, PING, PONG, TEXT, accepted, frame
from tests.hostile.server import Behaviour, Hostile, Peer

_LIMIT = 0.5
_TOO_LATE = 9.0  # seconds; the server gives up after 10
_SIZE = 1_000_000
_MEMORY = 14_000_000  # what messages of that size may take, with what libraries hold of them

_SWITCHED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"


def _says(*pieces: bytes, then: Behaviour = Peer.wait) -> Behaviour:
    """Answers the handshake with bytes that do not open a WebSocket."""

    def behave(peer: Peer) -> None:
        if peer.request():
            peer.send(b"".join(pieces))
            then(peer)

    return behave


def _drips(start: bytes, piece: bytes) -> Behaviour:
    return lambda peer: peer.drip_for_ever(start, piece) if peer.request() else None


def _floods(start: bytes, piece: bytes) -> Behaviour:
    return lambda peer: peer.flood(start, piece) if peer.request() else None


HANDSHAKES: dict[str, Behaviour] = {
    "silence": Peer.wait,
    "silence after the request": _says(b""),
    "closes at once": lambda peer: None,
    "closes after the request": lambda peer: peer.request() and None,
    "closes in the status line": _says(b"HTTP/1.1 10", then=lambda peer: None),
    "closes in the headers": _says(_SWITCHED, then=lambda peer: None),
    "garbage": _says(b"\x00\xff\x16garbage\r\n\r\n"),
    "garbage without lines": _floods(b"", b"\xfe" * 50_000),
    "TLS": _says(b"\x15\x03\x01\x00\x02\x02\x46"),
    "HTTP/2": _says(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00", then=lambda peer: None),
    "a greeting": _says(b"220 mail.example.com ESMTP\r\n"),
    "a status that is no number": _says(b"HTTP/1.1 abc OK\r\n\r\n"),
    "a status of many digits": _says(b"HTTP/1.1 " + b"9" * 5_000 + b" OK\r\n\r\n"),
    "a status line alone": _says(b"HTTP/1.1\r\n\r\n"),
    "no headers": _says(b"HTTP/1.1 101 OK\r\n\r\n"),
    "no key": _says(_SWITCHED + b"\r\n"),
    "a wrong key": _says(_SWITCHED + b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"),
    "a key that is not ASCII": _says(_SWITCHED + "Sec-WebSocket-Accept: ä\r\n\r\n".encode()),
    "a header that is not UTF-8": _says(_SWITCHED + b"X: \xff\r\n\r\n"),
    "a header without a colon": _says(_SWITCHED + b"X\r\n\r\n"),
    "another upgrade": _says(b"HTTP/1.1 101 OK\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"),
    "200": _says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
    "200 without a length": _says(b"HTTP/1.1 200 OK\r\n\r\n", then=lambda peer: None),
    "a page of 50 GB": _floods(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000000\r\n\r\n", b"x" * 50_000),
    "a page that drips": _drips(b"HTTP/1.1 401 No\r\nContent-Length: 5000\r\n\r\n", b"x"),
    "a length below zero": _says(b"HTTP/1.1 500 Oh\r\nContent-Length: -5\r\n\r\n"),
    "a length that is no number": _says(b"HTTP/1.1 500 Oh\r\nContent-Length: many\r\n\r\n"),
    "a redirect": _says(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"),
    "a redirect without a place": _says(b"HTTP/1.1 302 Found\r\n\r\n"),
    "a status line without end": _floods(b"HTTP/1.1 101 ", b"x" * 50_000),
    "headers without end": _floods(_SWITCHED, b"X-A: 1\r\n" * 5_000),
    "a header without end": _floods(_SWITCHED + b"X: ", b"x" * 50_000),
    "a status line that drips": _drips(b"HTTP/1.1 101 ", b"x"),
    "headers that drip": _drips(_SWITCHED, b"X-A: 1\r\n"),
    "200 headers": lambda peer: _open(peer, *(f"X-{number}: 1" for number in range(200))),
    "an extension that was not offered": lambda peer: _open(
        peer, "Sec-WebSocket-Extensions: permessage-deflate", frames=_compressed()
    ),
    "a subprotocol that was not offered": lambda peer: _open(peer, "Sec-WebSocket-Protocol: chat"),
}


def _open(peer: Peer, *headers: str, frames: bytes = b"", then: Behaviour = Peer.wait) -> None:
    """Opens a WebSocket, and sends frames."""
    request = peer.request()
    if request:
        peer.send(accepted(request, *headers) + frames)
        then(peer)


def _sends(*frames: bytes, then: Behaviour = Peer.wait) -> Behaviour:
    return lambda peer: _open(peer, frames=b"".join(frames), then=then)


def _repeats(piece: bytes) -> Behaviour:
    return _sends(then=lambda peer: peer.flood(b"", piece))


def _slowly(pieces: Iterable[bytes]) -> Behaviour:
    return _sends(then=lambda peer: peer.drip(pieces))


def _compressed() -> bytes:
    """A message of 200 MB of zeros, as permessage-deflate packs it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush(zlib.Z_SYNC_FLUSH)
    return frame(0xC1, data[:-4])


FRAMES: dict[str, Behaviour] = {
    "silence": _sends(),
    "closes without a Close frame": _sends(then=lambda peer: None),
    "closes within a frame": _sends(frame(TEXT, b"abc", length=10), then=lambda peer: None),
    "closes within a length": _sends(b"\x81\x7f\0\0", then=lambda peer: None),
    "half a frame": _sends(frame(TEXT, b"abc", length=10)),
    "a frame that drips": _slowly([b"\x82\x7e\xff\xff", *repeat(b"x", 1_000)]),
    "a length that drips": _slowly(bytes([byte]) for byte in frame(TEXT, length=10_000_000_000)),
    "pieces that drip": _slowly([frame(FIRST, b"a"), *repeat(frame(MIDDLE, b"a"), 1_000)]),
    "pings that drip": _slowly(repeat(frame(PING), 1_000)),
    "garbage": _sends(b"\xff\xfe\xfd garbage"),
    "random bytes": _sends(os.urandom(2_000)),
    "an answer of HTTP": _sends(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    "text that is not UTF-8": _sends(frame(TEXT, b"\xc3\x28")),
    "half a letter in pieces": _sends(frame(FIRST, b"\xc3"), frame(CONTINUED, b"")),
    "a surrogate": _sends(frame(TEXT, b"\xed\xa0\x80")),
    "a frame of 10 GB": _sends(frame(BINARY, length=10_000_000_000), then=lambda peer: peer.flood(b"", b"x" * 50_000)),
    "a frame of more than can be": _sends(b"\x82\x7f" + b"\xff" * 8),
    "a frame that is just too large": _sends(frame(BINARY, b"x" * (_SIZE + 1))),
    "pieces that are too large together": _sends(frame(0x02, b"x" * _SIZE), frame(CONTINUED, b"x")),
    "a message in pieces without end": _sends(
        frame(FIRST, b"x"), then=lambda peer: peer.flood(b"", frame(MIDDLE, b"x" * 1_000) * 50)
    ),
    "empty pieces without end": _sends(frame(FIRST), then=lambda peer: peer.flood(b"", frame(MIDDLE) * 5_000)),
    "messages without end": _repeats(frame(TEXT, b"{}") * 5_000),
    "large messages without end": _repeats(frame(BINARY, b"x" * 900_000)),
    "pings without end": _repeats(frame(PING, b"x" * 125) * 100),
    "pongs without end": _repeats(frame(PONG, b"x" * 125) * 100),
    "a compression bomb": _sends(_compressed()),
    "other extensions": _sends(frame(0xA1, b"a")),
    "an unknown type": _sends(frame(0x83, b"a")),
    "an unknown control type": _sends(frame(0x8B)),
    "a masked frame": _sends(b"\x81\x84abcdefgh"),
    "a ping in pieces": _sends(frame(0x09, b"a")),
    "a ping that is too long": _sends(frame(PING, b"x" * 126)),
    "a ping of 10 GB": _sends(frame(PING, length=10_000_000_000)),
    "a piece without a beginning": _sends(frame(CONTINUED, b"a")),
    "a message within a message": _sends(frame(FIRST, b"a"), frame(TEXT, b"b")),
    "a Close frame of a byte": _sends(frame(CLOSE, b"a")),
    "a Close frame with a code that is none": _sends(frame(CLOSE, struct.pack("!H", 5))),
    "a Close frame with a reason that is not UTF-8": _sends(frame(CLOSE, struct.pack("!H", 1000) + b"\xff")),
    "a Close frame, and then more": _sends(frame(CLOSE), then=lambda peer: peer.flood(b"", frame(TEXT, b"a") * 999)),
}


def _outcome(play: Play, *lines: str) -> tuple[BaseException | None, float]:
    started = monotonic()
    try:
        play(*lines)
    except ApitestError as error:
        return error, monotonic() - started
    return None, monotonic() - started


def _is_clear(error: BaseException | None) -> bool:
    """Whether an error is one line that tells what is wrong, and where."""
    return isinstance(error, ApitestError) and "\n" not in error.problem and 10 < len(error.problem) < 400


@pytest.mark.parametrize("name", HANDSHAKES)
def test_handshakes(play: Play, hostile: Hostile, websockets: WebSocketServer, attempts: Attempts, name: str) -> None:
    """Whatever a server does instead of the handshake, connecting fails in time, or else the first message does."""
    hostile.behave = HANDSHAKES[name]
    play(f'Given timeout is "{_LIMIT}"')
    error, seconds = _outcome(
        play,
        f'Given I connect to WebSocket "{hostile.address}" as "feed"',
        'When I receive the next message from WebSocket "feed"',
    )
    told = f"{name}: {type(error).__name__} {error} after {seconds:.1f} s"
    attempts.held(_is_clear(error) and seconds < _TOO_LATE, told)
    _goes_on(play, websockets, attempts, name)


@pytest.mark.parametrize("name", FRAMES)
def test_frames(play: Play, hostile: Hostile, websockets: WebSocketServer, attempts: Attempts, name: str) -> None:
    """Whatever a server sends over a WebSocket, a step that waits for a message fails in time, within memory."""
    hostile.behave = FRAMES[name]
    play(f'Given responses are limited to "{_SIZE} B"')
    play.run.project = play.run.project._replace(response_limit=4 * _SIZE)
    tracemalloc.start()
    play(f'Given I connect to WebSocket "{hostile.address}" as "feed"', f'timeout is "{_LIMIT}"')
    error, seconds = _outcome(play, 'When I receive a message from WebSocket "feed" whose path "/type" is "never"')
    close_error, closing = _outcome(play, 'I close WebSocket "feed"')
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    told = (
        f"{name}: {type(error).__name__} {error} after {seconds:.1f} s, closed after {closing:.1f} s, {memory:,} bytes"
    )
    attempts.held(_is_clear(error) and seconds < _TOO_LATE, told)
    attempts.held(close_error is None and closing < _TOO_LATE, told)
    attempts.held(memory < _MEMORY, told)
    _goes_on(play, websockets, attempts, name)


def _goes_on(play: Play, websockets: WebSocketServer, attempts: Attempts, name: str) -> None:
    """A good server, asked afterwards in the same scenario, is none the worse."""
    lines = (
        'Given timeout is "30"',
        f'I connect to WebSocket "{websockets.address}" as "good"',
        'I send "hello" to WebSocket "good"',
        'I receive the next message from WebSocket "good"',
        'the message\'s text is "hello"',
    )
    error, _ = _outcome(play, *lines)
    attempts.held(error is None, f"after {name}: {error}")


RUNS = ("garbage", "a frame of 10 GB", "a compression bomb", "closes without a Close frame", "silence")
FEATURE = """Feature: Two servers
  Scenario: The hostile one
    Given timeout is "{limit}"
    And I connect to WebSocket "{hostile}" as "feed"
    When I receive the next message from WebSocket "feed"
  Scenario: The good one
    Given I connect to WebSocket "{good}" as "feed"
    When I send "hello" to WebSocket "feed"
    And I receive the next message from WebSocket "feed"
    Then the message's text is "hello"
"""


@pytest.mark.parametrize("name", RUNS)
def test_the_rest_of_the_run(
    runs: Runs, hostile: Hostile, websockets: WebSocketServer, attempts: Attempts, name: str
) -> None:
    """A run goes on after a scenario with such a server, whose failure has no traceback and shows what came."""
    hostile.behave = FRAMES[name]
    feature = FEATURE.format(limit=_LIMIT, hostile=hostile.address, good=websockets.address)
    run = runs({"a.feature": feature})
    states = [event.status for event in run.of(ScenarioFinished)]
    failure = next(event.failure for event in run.of(StepFinished) if event.failure)
    attempts.held(states in (["failed", "passed"], ["error", "passed"]), f"{name}: {states}")
    attempts.held(not failure.traceback and bool(failure.exchange), f"{name}: {failure}")


def test_a_server_that_does_not_read(play: Play, hostile: Hostile, attempts: Attempts) -> None:
    """What is sent has its time, whether a server takes none of it or a byte now and then."""
    for name, then in {"nothing": Peer.wait, "a byte now and then": Peer.read_slowly}.items():
        hostile.behave = _sends(then=then)
        play.zato.start_scenario()
        play(f'Given I connect to WebSocket "{hostile.address}" as "feed"', f'timeout is "{_LIMIT}"')
        play.zato.user_ctx["large"] = "x" * 30_000_000
        error, seconds = _outcome(play, 'I send "#large" to WebSocket "feed"')
        told = f"{name}: {type(error).__name__} {error} after {seconds:.1f} s"
        attempts.held(_is_clear(error) and seconds < _TOO_LATE, told)
        error, seconds = _outcome(play, 'I close WebSocket "feed"')
        attempts.held(error is None and seconds < _TOO_LATE, f"closing, {told}")


NASTY = (
    *(
        "",
        " ",
        "\0",
        "\r\n",
        "a\r\nX-Evil: 1",
        "\ud800",
        "a\udfff",
        "\ufeff",
        "ä",
        "\U0001f600",
        "x" * 70_000,
        "%",
        "%zz",
    ),
    *(
        "//",
        "///",
        "ws:",
        "ws:/",
        "ws://",
        "ws://\ud800/",
        "ws://h\r\n/",
        "ws://[::1",
        "ws://[v1.x]/",
        "ws://h:-1/",
        "ws://h:1e9/",
    ),
    *("ws://\0/", "ws://a b/", "ws://127.0.0.1:1/\ud800", "ws://127.0.0.1:1/?\ud800=\0", "ws://u:p\ud800@127.0.0.1:1/"),
    *(
        "ws://" + "a" * 300 + "/",
        "ws://xn--\xff/",
        "ws://..../",
        "ws://127.0.0.1:1/" + "a" * 100_000,
        "#",
        "ws://#",
        "ws://?",
    ),
)
SENTENCES = (
    'Given I connect to WebSocket "{}" as "feed"',
    'Given I connect to WebSocket "ws://127.0.0.1:1" as "{}"',
    'Then connecting to WebSocket "{}" is refused with status "403"',
    'Then connecting to WebSocket "ws://127.0.0.1:1" is refused with status "{}"',
    'Given WebSocket subprotocol is "{}"',
    'When I send "{}" to WebSocket "good"',
    'When I send bytes "{}" to WebSocket "good"',
    'When I send JSON from "{}" to WebSocket "good"',
    'When I send "a" to WebSocket "{}"',
    'When I receive a message from WebSocket "good" whose path "{}" is "a" within "0" seconds',
    'When I receive a message from WebSocket "good" whose path "/a" is "{}" within "0" seconds',
    'When I receive a message from WebSocket "good" that contains "{}" within "0" seconds',
    'When I receive the next message from WebSocket "good" within "{}" seconds',
    'Then no message comes from WebSocket "good" within "{}" seconds',
    'Then the close code of WebSocket "{}" is "1000"',
    'Then JSONPath "{}" of the messages from WebSocket "good" is "a"',
    'Then header "{}" of WebSocket "good" is "a"',
    'Then the message\'s path "{}" is "a"',
    'Given Zato WebSockets credentials "{}" "{}"',
    'Given WSX client ID is "{}" and its name is "{}"',
    'Given Zato WebSockets service "{}"',
    'Given I close WebSocket "good" with code "{}"',
    'Given I close WebSocket "good" with code "4000" and reason "{}"',
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_values(play: Play, websockets: WebSocketServer, attempts: Attempts, sentence: str) -> None:
    """Whatever value a variable has, a sentence does its work or tells what is wrong with it; nothing is smuggled."""
    play('Given timeout is "0.2"')
    for value in NASTY:
        play.zato.start_scenario()
        play('Given timeout is "30"', f'I connect to WebSocket "{websockets.address}" as "good"', 'timeout is "0.2"')
        play.zato.user_ctx["nasty"] = value
        try:
            play(sentence.replace("{}", "#nasty"))
        except ApitestError as error:
            attempts.held(len(error.problem) < 1_000 or len(value) > 1_000, f"{sentence} {value!r}: {error}")
        except Exception as error:
            attempts.held(False, f"{sentence} {value!r}: {error!r}")
        else:
            attempts.held(True, sentence)
    attempts.held(not any("X-Evil" in headers for _, headers in websockets.handshakes), sentence)


@pytest.mark.parametrize("how", ["header", "cookie", "query parameter", "Basic Auth", "bearer token", "API key"])
def test_what_a_handshake_carries(play: Play, websockets: WebSocketServer, attempts: Attempts, how: str) -> None:
    """Whatever value a header, cookie, parameter or credential has, the handshake is asked for or refused at once."""
    sentences = {
        "header": 'Given header "X-A" "#nasty"',
        "cookie": 'Given cookie "a" "#nasty"',
        "query parameter": 'Given query parameter "a" is "#nasty"',
        "Basic Auth": 'Given Basic Auth "#nasty" "#nasty"',
        "bearer token": 'Given bearer token "#nasty"',
        "API key": 'Given API key "#nasty" in header "X-Key"',
    }
    for value in NASTY:
        play.zato.finish_scenario()
        play.zato.start_scenario()
        play.zato.user_ctx["nasty"] = value
        try:
            play(sentences[how], f'Given I connect to WebSocket "{websockets.address}" as "good"')
        except ApitestError:
            attempts.held(True, how)
        except Exception as error:
            attempts.held(False, f"{how} {value!r}: {error!r}")
        else:
            attempts.held(True, how)
    attempts.held(not any("X-Evil" in headers for _, headers in websockets.handshakes), how)
