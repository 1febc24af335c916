"""Wire taps: an administrator watches the frames of a connection or of a channel, without the secrets in them.

Nobody who is not watched pays for it: a WebSocket has a tap only while somebody reads what it hears.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING, NamedTuple

from apitest_server.errors import NotFound, TooManyRequests
from apitest_server.redaction import masked_text

if TYPE_CHECKING:
    from apitest_server.wsx.channels import Connected

MOST = 20  # taps at a time
IDLE = 60.0  # seconds without a reader, after which a tap is gone
SHOWN = 2000  # characters of a frame
KINDS = {0: "continuation", 1: "text", 2: "binary", 8: "close", 9: "ping", 10: "pong"}


class Seen(NamedTuple):
    """A frame.

    Attributes:
        time: in UTC.
        pub_client_id: of the connection.
        direction: ``in`` from the client, ``out`` to it.
        kind: such as ``text``.
        size: of its data, in bytes.
        data: as text, without secrets, cut; empty where a message comes in parts, of which nobody could tell.
    """

    time: datetime
    pub_client_id: str
    direction: str
    kind: str
    size: int
    data: str


class Tap:
    """What somebody watches.

    Attributes:
        id: to read it by.
        channel: the channel that is watched, or ``None``.
        connection: the connection that is watched, or empty.
    """

    def __init__(self, channel: int | None, connection: str, size: int, now: float) -> None:
        self.id = token_hex(12)
        self.channel = channel
        self.connection = connection
        self.read_at = now
        self._frames: deque[Seen] = deque(maxlen=size)
        self._dropped = 0
        self._came = asyncio.Event()

    def watches(self, client: "Connected") -> bool:
        """Whether a client's frames are its concern."""
        return client.id == self.connection or client.channel.number == self.channel

    def note(self, frame: Seen) -> None:
        """A frame passed; the oldest one makes room where there is none."""
        self._dropped += len(self._frames) == self._frames.maxlen
        self._frames.append(frame)
        self._came.set()

    async def wait(self, seconds: float) -> None:
        """Returns once there is something to read, or after so many seconds."""
        if seconds and not self._frames:
            self._came.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self._came.wait()
            except TimeoutError:
                return

    def take(self) -> tuple[list[Seen], int]:
        """The frames since the last time, and how many there was no room for."""
        frames, dropped = list(self._frames), self._dropped
        self._frames.clear()
        self._dropped = 0
        return frames, dropped


class Taps:
    """All of them; everything happens on the event loop.

    Attributes:
        clients: everybody who is connected now.
    """

    def __init__(self) -> None:
        self.clients: Callable[[], Iterable[Connected]] = tuple
        self._taps: dict[str, Tap] = {}

    def start(self, channel: int | None, connection: str, size: int) -> Tap:
        """Watches a channel or a connection from now on.

        Raises:
            TooManyRequests: there are as many taps as there may be.
        """
        if len(self._taps) >= MOST:
            raise TooManyRequests(f"There are {MOST} taps already; stop one of them")
        loop = asyncio.get_running_loop()
        tap = Tap(channel, connection, size, loop.time())
        self._taps[tap.id] = tap
        loop.call_later(IDLE, self._look, tap)
        self._fit(self.clients())
        return tap

    async def read(self, number: str, seconds: float) -> tuple[list[Seen], int]:
        """What a tap has heard since it was read last; waits so many seconds for something.

        Raises:
            NotFound: there is no such tap, or nobody has read it for too long.
        """
        tap = self._get(number)
        tap.read_at = asyncio.get_running_loop().time() + seconds
        await tap.wait(seconds)
        return tap.take()

    def stop(self, number: str) -> None:
        """Watches no longer.

        Raises:
            NotFound: there is no such tap.
        """
        del self._taps[self._get(number).id]
        self._fit(self.clients())

    def met(self, client: "Connected") -> None:
        """A client has connected."""
        if self._taps:
            self._fit([client])

    def _get(self, number: str) -> Tap:
        tap = self._taps.get(number)
        if tap is None:
            raise NotFound(f"There is no tap with ID {number}; one that is not read for {IDLE:g} s is gone")
        return tap

    def _look(self, tap: Tap) -> None:
        """Whether anybody still reads a tap."""
        if self._taps.get(tap.id) is not tap:
            return
        loop = asyncio.get_running_loop()
        left = tap.read_at + IDLE - loop.time()
        if left > 0:
            loop.call_later(left, self._look, tap)
        else:
            self.stop(tap.id)

    def _fit(self, clients: Iterable["Connected"]) -> None:
        for client in clients:
            watching = [tap for tap in self._taps.values() if tap.watches(client)]
            client.socket.tap = _Listener(client.id, watching).heard if watching else None


class _Listener:
    """What a WebSocket tells its frames to."""

    __slots__ = ("_connection", "_taps")

    def __init__(self, connection: str, taps: list[Tap]) -> None:
        self._connection = connection
        self._taps = taps

    def heard(self, direction: str, opcode: int, data: bytes, size: int) -> None:
        """A frame passed."""
        way, kind = ("in", "out")[direction == ">"], KINDS.get(opcode, str(opcode))
        frame = Seen(datetime.now(UTC), self._connection, way, kind, size, _shown(data))
        for tap in self._taps:
            tap.note(frame)


def _shown(data: bytes) -> str:
    text = data[: 8 * SHOWN].decode("utf-8", "replace")
    return masked_text(text)[:SHOWN]
