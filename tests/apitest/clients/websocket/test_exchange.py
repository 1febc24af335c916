"""A handshake and frames, as reports show them."""

from collections import deque
from types import SimpleNamespace
from typing import Any

from apitest.clients.websocket import exchange
from apitest.clients.websocket.handshake import Handshake
from apitest.events import Frame

HANDSHAKE = Handshake((("X-A", "1"),), 101, "Switching Protocols", (("Upgrade", "websocket"),))


def connection(number: int, kept: int = 500) -> Any:
    """A connection over which so many frames went."""
    frames = deque((Frame("sent", "text", str(each), 0.0) for each in range(number)), maxlen=kept)
    log = SimpleNamespace(frames=frames, number=number)
    return SimpleNamespace(name="feed", url="ws://h/", handshake=HANDSHAKE, log=log)


def test_a_handshake() -> None:
    """A handshake is a request and an answer; one that was not answered has no answer."""
    told = exchange.of_handshake("ws://h/", HANDSHAKE)
    assert (told.protocol, told.request, told.response) == ("WebSocket", "GET ws://h/", "101 Switching Protocols")
    assert (told.request_headers, told.response_headers) == ((("X-A", "1"),), (("Upgrade", "websocket"),))
    assert exchange.of_handshake("ws://h/", Handshake(())).response == ""
    refused = exchange.of_handshake("ws://h/", Handshake((), 401, "Unauthorized", (), b"no"))
    assert refused.response_body == "no"


def test_a_failure_shows_the_latest_frames() -> None:
    """A failure has the handshake and the last twenty frames."""
    told = exchange.make(connection(30))
    assert told.response and [frame.body for frame in told.frames] == [str(each) for each in range(10, 30)]


def test_what_was_not_told_yet() -> None:
    """Each frame is told once, the handshake the first time, and what was forgotten is left out."""
    first = exchange.since(connection(2), None)
    assert first.response and len(first.frames) == 2
    next_ = exchange.since(connection(5), 2)
    assert (next_.request, next_.response) == ('WebSocket "feed"', "")
    assert [frame.body for frame in next_.frames] == ["2", "3", "4"]
    assert exchange.since(connection(5), 5).frames == ()
    assert [frame.body for frame in exchange.since(connection(9, kept=3), 2).frames] == ["6", "7", "8"]
