"""Frames that come over a WebSocket, put together to messages, within what a message may have."""

import struct
from collections.abc import Callable
from typing import NamedTuple

import websocket
from websocket import ABNF, WebSocketProtocolException

from apitest.clients.http.limits import TooLarge
from apitest.clients.websocket.types import BINARY, CLOSE, NO_CODE, PING, PONG, TEXT
from apitest.language.sizes import show_size

_KINDS = {
    ABNF.OPCODE_TEXT: TEXT,
    ABNF.OPCODE_BINARY: BINARY,
    ABNF.OPCODE_PING: PING,
    ABNF.OPCODE_PONG: PONG,
    ABNF.OPCODE_CLOSE: CLOSE,
}
OPCODES = {kind: opcode for opcode, kind in _KINDS.items()}
CONTROL_BYTES = 125
_FRAMES = 100_000  # of one message; each costs more than the byte that it may bring


class Came(NamedTuple):
    """A whole message, or a control frame: "text", "binary", "ping", "pong" or "close"."""

    kind: str
    body: bytes


class _Buffer(websocket.frame_buffer):
    """Reads frames; looks at a frame's length before its bytes come."""

    allowed = 0

    def recv_length(self) -> None:
        super().recv_length()
        if (self.length or 0) > self.allowed:
            raise TooLarge("")


class Frames:
    """What comes, message by message.

    Args:
        receive: reads at least one byte and at most so many; raises where there are none any more.
        size: bytes that a message may have.
    """

    def __init__(self, receive: Callable[[int], bytes], size: int) -> None:
        self._buffer = _Buffer(receive, False)
        self._size = size
        self._kind = ""
        self._parts: list[bytes] = []
        self._have = 0  # bytes of the parts

    def next(self) -> Came:
        """The next message or control frame.

        Raises:
            TooLarge: a message has more bytes than it may have.
            Exception: of websocket-client, for what is not valid; of ``receive``.
        """
        while True:
            came = self._add(self._frame())
            if came is not None:
                return came

    def _frame(self) -> ABNF:
        self._buffer.allowed = max(self._size - self._have, CONTROL_BYTES)
        try:
            frame = self._buffer.recv_frame()
        except TooLarge:
            raise TooLarge(f"a message of more than {show_size(self._size)}") from None
        is_control = frame.opcode >= ABNF.OPCODE_CLOSE
        if frame.mask_value:
            raise WebSocketProtocolException("a frame is masked, which only those of clients are")
        if is_control and (not frame.fin or len(frame.data) > CONTROL_BYTES):
            raise WebSocketProtocolException("a control frame is in pieces or too long")
        if not is_control and self._have + len(frame.data) > self._size:
            raise TooLarge(f"a message of more than {show_size(self._size)}")
        return frame

    def _add(self, frame: ABNF) -> Came | None:
        """The message that a frame completes, or the control frame that it is."""
        if frame.opcode >= ABNF.OPCODE_CLOSE:
            return Came(_KINDS[frame.opcode], _body(frame))
        if (frame.opcode == ABNF.OPCODE_CONT) != bool(self._kind):
            wrong = "a message begins within another" if self._kind else "a message continues that never began"
            raise WebSocketProtocolException(wrong)
        self._kind = self._kind or _KINDS[frame.opcode]
        self._parts.append(_body(frame))
        self._have += len(frame.data)
        if len(self._parts) > _FRAMES:
            raise TooLarge(f"a message of more than {_FRAMES:,} frames")
        if not frame.fin:
            return None
        came = Came(self._kind, b"".join(self._parts))
        self._kind, self._parts, self._have = "", [], 0
        return came


def _body(frame: ABNF) -> bytes:
    return frame.data.encode() if isinstance(frame.data, str) else bytes(frame.data)


def close_body(code: int, reason: str) -> bytes:
    """What a Close frame brings."""
    return struct.pack("!H", code) + reason.encode()


def closing_of(body: bytes) -> tuple[int, str]:
    """The code and the reason in a valid Close frame; 1005 where it has neither."""
    return (struct.unpack("!H", body[:2])[0], body[2:].decode("utf-8")) if body else (NO_CODE, "")
