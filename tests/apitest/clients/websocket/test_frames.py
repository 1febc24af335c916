"""Frames become messages, and those that must not be are refused."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websocket import WebSocketProtocolException

from apitest.clients.http.limits import TooLarge
from apitest.clients.websocket import frames
from apitest.clients.websocket.frames import Came, Frames, close_body, closing_of
from tests.hostile.frames import BINARY, CLOSE, CONTINUED, FIRST, MIDDLE, PING, TEXT, frame


def read(data: bytes, number: int, size: int = 1_000_000) -> list[Came]:
    """The first messages in some bytes."""
    position = 0

    def receive(most: int) -> bytes:
        nonlocal position
        taken = data[position : position + most]
        position += len(taken)
        if not taken:
            raise EOFError
        return taken

    reading = Frames(receive, size)
    return [reading.next() for _ in range(number)]


def test_messages() -> None:
    """Text, binary and control frames are told apart."""
    data = frame(TEXT, b"a") + frame(BINARY, b"\0" * 70_000) + frame(PING, b"p") + frame(CLOSE)
    assert read(data, 4) == [
        Came("text", b"a"),
        Came("binary", b"\0" * 70_000),
        Came("ping", b"p"),
        Came("close", b""),
    ]


def test_pieces() -> None:
    """A message in pieces comes as a whole; a ping may come between them."""
    data = frame(FIRST, b"a") + frame(MIDDLE, b"b") + frame(PING) + frame(CONTINUED, b"c") + frame(TEXT, b"d")
    assert read(data, 3) == [Came("ping", b""), Came("text", b"abc"), Came("text", b"d")]


@pytest.mark.parametrize(
    "data",
    [
        frame(CONTINUED, b"a"),
        frame(FIRST, b"a") + frame(TEXT, b"b"),
        frame(0xC1, b"compressed"),
        frame(0x83, b"unknown"),
        b"\x81\x84abcdefgh",
        frame(0x09, b"a ping in pieces"),
        frame(0x0A, b"a pong in pieces"),
        frame(PING, b"x" * 126),
        frame(CLOSE, b"x" * 126),
        frame(CLOSE, b"x"),
        frame(CLOSE, struct.pack("!H", 999)),
        frame(CLOSE, struct.pack("!H", 1000) + b"\xff"),
    ],
)
def test_what_the_protocol_forbids(data: bytes) -> None:
    """What a server must not send is refused."""
    with pytest.raises(WebSocketProtocolException):
        read(data, 2)


def test_sizes() -> None:
    """A message has as many bytes as it may have, in one piece or in several, and no more."""
    assert read(frame(TEXT, b"12345"), 1, size=5) == [Came("text", b"12345")]
    assert read(frame(FIRST, b"123") + frame(CONTINUED, b"45"), 1, size=5) == [Came("text", b"12345")]
    for data in (
        frame(TEXT, b"123456"),
        frame(FIRST, b"123") + frame(CONTINUED, b"456"),
        frame(TEXT, length=10_000_000_000),
        bytes([TEXT, 127]) + b"\xff" * 8,
    ):
        with pytest.raises(TooLarge, match="a message of more than 5 bytes"):
            read(data, 1, size=5)


def test_pieces_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty pieces are counted, too: so many are a message, and one more is too large."""
    assert frames._FRAMES == 100_000
    monkeypatch.setattr(frames, "_FRAMES", 1_000)
    assert read(frame(FIRST) + frame(MIDDLE) * 998 + frame(CONTINUED), 1) == [Came("text", b"")]
    with pytest.raises(TooLarge, match="more than 1,000 frames"):
        read(frame(FIRST) + frame(MIDDLE) * 1_000, 1)


@given(st.binary(max_size=200))
def test_anything_at_all(data: bytes) -> None:
    """Whatever comes is a message, the end, too large or against the protocol, and nothing else happens."""
    with suppress(EOFError, TooLarge, WebSocketProtocolException):
        read(data, 50, size=1_000)


def test_each_message_has_a_size_of_its_own() -> None:
    """A message that was complete does not count for the next one."""
    assert read(frame(TEXT, b"1234") * 3, 3, size=5) == [Came("text", b"1234")] * 3


def test_close_frames() -> None:
    """A code and a reason go into a Close frame and come out of it; an empty one stands for 1005."""
    assert closing_of(close_body(4001, "bye ä")) == (4001, "bye ä")
    assert closing_of(close_body(1000, "")) == (1000, "")
    assert closing_of(b"") == (1005, "")
