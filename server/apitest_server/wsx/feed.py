"""Who comes to WebSocket channels of all servers, and who goes: looked at only while somebody wants to know."""

import asyncio
from collections import deque
from secrets import token_hex
from typing import NamedTuple

from apitest_server.components import Key
from apitest_server.odb import ODB
from apitest_server.service.elements import DateTime
from apitest_server.wsx import listing
from apitest_server.wsx.facts import standing
from apitest_server.wsx.roll import Roll

EVERY = 1.0  # seconds between two looks, whoever asks, so that what comes meanwhile is told together
IDLE = 60.0  # seconds after which nobody is taken to want to know any more
KEPT = 20_000  # who went last: whoever asks later than that begins anew

_TIME = DateTime("connection_time")


class News(NamedTuple):
    """What has changed.

    Attributes:
        position: to go on from.
        is_anew: whether nothing that was told before counts any more.
        rows: connections that came, or of which more is known; those that came first are in front.
        gone: the IDs of those that went.
        has_more: whether there is more already.
    """

    position: str
    is_anew: bool
    rows: list[dict[str, object]]
    gone: list[str]
    has_more: bool


class Feed:
    """What everybody is told who looks; one look at the ODB serves them all. Everything happens on the event loop."""

    def __init__(self, roll: Roll, odb: ODB) -> None:
        self._roll = roll
        self._odb = odb
        self._lock = asyncio.Lock()
        self._forgetting: asyncio.TimerHandle | None = None
        self._epoch = ""
        self._number = self._forgotten = 0
        self._next_look = 0.0
        self._runs: dict[str, tuple[int, int]] = {}
        self._members: dict[str, set[str]] = {}
        self._rows: dict[str, tuple[int, dict[str, object]]] = {}
        self._gone: deque[tuple[int, str]] = deque()
        self._forget()

    async def read(self, channel: int | None, position: str, size: int, seconds: float) -> News:
        """What has changed since a position; waits so many seconds for something.

        Args:
            channel: the ID of the only channel that counts; ``None`` for all.
            position: of what was read last; empty for the beginning.
            size: how many rows at most.
            seconds: to wait.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while True:
            async with self._lock:
                if loop.time() >= self._next_look:
                    await asyncio.to_thread(self._look)
                    self._next_look = loop.time() + EVERY
                self._forget_later(loop)
                news = self._since(channel, position, size)
            left = until - loop.time()
            if news.is_anew or news.rows or news.gone or left <= 0:
                return news
            await asyncio.sleep(min(EVERY, left))

    def close(self) -> None:
        """Nobody reads any more."""
        if self._forgetting is not None:
            self._forgetting.cancel()

    def _since(self, channel: int | None, position: str, size: int) -> News:
        epoch, _, text = position.partition(".")
        begun = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
        is_anew = epoch != self._epoch or begun < self._forgotten
        start = 0 if is_anew else begun
        newer: list[tuple[int, dict[str, object]]] = []
        for number, row in reversed(self._rows.values()):
            if number <= start:
                break
            if channel is None or row["channel_id"] == channel:
                newer.append((number, row))
        newer.reverse()
        has_more, told = len(newer) > size, newer[:size]
        end = told[-1][0] if has_more else self._number
        gone = [] if is_anew else [name for number, name in self._gone if start < number <= end]
        return News(f"{self._epoch}.{end}", is_anew, [row for _, row in told], gone, has_more)

    def _look(self) -> None:
        """Compares what is known with the ODB; in a thread."""
        self._roll.flush()
        with self._odb.reading() as session:
            runs = listing.runs(session)
            for run_id in self._runs.keys() - runs.keys():
                self._went(run_id, self._members.pop(run_id))
            for run_id, (count, newest) in runs.items():
                if self._runs.get(run_id) == (count, newest):
                    continue
                members = self._members.setdefault(run_id, set())
                known = self._runs[run_id][1] if run_id in self._runs else -1
                for row in listing.written_since(session, run_id, known):
                    self._came(row)
                    members.add(str(row["id"]))
                if len(members) != count:
                    self._went(run_id, members - listing.ids_of(session, run_id))
        self._runs = runs

    def _came(self, row: dict[str, object]) -> None:
        name = str(row["id"])
        self._number += 1
        self._rows.pop(name, None)
        told = standing(row)
        self._rows[name] = (self._number, {**told, "connection_time": _TIME.serialize(told["connection_time"])})

    def _went(self, run_id: str, names: set[str]) -> None:
        for name in names:
            self._rows.pop(name, None)
            self._members.get(run_id, set()).discard(name)
            self._number += 1
            self._gone.append((self._number, name))
        while len(self._gone) > KEPT:
            self._forgotten = self._gone.popleft()[0]

    def _forget_later(self, loop: asyncio.AbstractEventLoop) -> None:
        self.close()
        self._forgetting = loop.call_later(IDLE, self._forget)

    def _forget(self) -> None:
        """Begins anew: who reads next is told so."""
        self._epoch = token_hex(8)
        self._number = self._forgotten = 0
        self._next_look = 0.0
        for kept in (self._runs, self._members, self._rows, self._gone):
            kept.clear()


FEED = Key[Feed]("who comes and goes")
