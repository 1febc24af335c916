"""What went over a WebSocket: the last frames of both directions, for reports."""

from collections import deque
from time import monotonic

from apitest.clients.websocket.exchange import shown
from apitest.events import Frame

_KEPT = 500  # frames


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
