"""What went over a WebSocket: the last frames of both directions, for reports."""

import struct
from collections import deque
from time import monotonic

from apitest.clients.http.exchange import printable
from apitest.clients.websocket.types import BINARY, CLOSE
from apitest.events import Frame
from apitest.language.shortening import cut

_KEPT = 500  # frames
_LIMIT = 10_000  # characters of a frame
_FIRST_BYTES = 1_000  # of binary data, as many as can tell something


def shown(kind: str, data: bytes) -> str:
    """What a frame brings, as text; of a Close frame its code and reason."""
    if kind == CLOSE:
        code = struct.unpack("!H", data[:2])[0] if len(data) > 1 else ""
        return f"{code} {data[2:].decode('utf-8', 'replace')}".strip()
    if kind == BINARY and len(data) > _FIRST_BYTES:
        return f"<{len(data):,} bytes of binary data: {data[:16].hex(' ')} …>"
    return cut(printable(data), _LIMIT)


class Log:
    """The frames of a connection, from its opening on.

    Attributes:
        frames: the last ones; number counts all that there were.
    """

    def __init__(self) -> None:
        self.frames: deque[Frame] = deque(maxlen=_KEPT)
        self.number = 0
        self._opened = monotonic()

    def seconds(self) -> float:
        """The time since the connection was opened."""
        return monotonic() - self._opened

    def add(self, direction: str, kind: str, data: bytes) -> None:
        """A frame was "sent" or "received"."""
        self.frames.append(Frame(direction, kind, shown(kind, data), round(self.seconds(), 6)))
        self.number += 1
