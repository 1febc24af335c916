"""200 WebSocket subscribers that come and go while one publishes: nothing is lost, queues drain, nothing grows.

Each stays for a moment, confirms what comes or leaves without a word in the middle of it, and returns. In the end all
stay until the topic is empty: each has to have got every number, and what the server takes has to be as it was.
"""

import asyncio
import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import uvloop

from benchmarks.measure import table
from benchmarks.pubsub_crowd import NUMBERS, Subscriber
from benchmarks.pubsub_wsx import TOPIC, Admin, server, waiting
from benchmarks.server_websocket import _resident

SUBSCRIBERS = 200
STAY, AWAY = 2.0, 2.0  # seconds at most
PAUSE = 0.05  # seconds between two publications
AT_A_TIME = 50  # publications of one call
DEPTH = 100_000
SPARE = {"memory, MB": 20.0, "tasks": 2, "descriptors": 4}  # One more connection of the pool is two files
Figures = dict[str, float]


class Guest(Subscriber):
    """One visit: what comes is noted, and confirmed unless the visitor is about to leave."""

    def __init__(self, path: str, host: str, number: int, visitor: "Visitor") -> None:
        super().__init__(path, host, number)
        self.visitor = visitor
        self.is_leaving = False

    def came(self, opcode: int, text: bytes) -> None:
        """A delivery, or anything else."""
        if b'"zwsx.psrq"' not in text[:200]:
            super().came(opcode, text)
            return
        self.visitor.note([int(number) for number in NUMBERS(text)])
        if self.is_leaving:
            self.transport.abort()
        else:
            super().came(opcode, text)


class Visitor:
    """One client that comes again and again.

    Attributes:
        seen: of each number, whether it came.
        again: how often one came that had come before.
        visits: how often it was there.
    """

    def __init__(self, url: str, number: int) -> None:
        self.where = urlsplit(url)
        self.number = number
        self.seen = bytearray()
        self.again = self.visits = 0
        self.guest: Guest | None = None

    def note(self, numbers: list[int]) -> None:
        """Numbers came."""
        for number in numbers:
            if number >= len(self.seen):
                self.seen.extend(bytes(number + 1 - len(self.seen)))
            self.again += self.seen[number]
            self.seen[number] = 1

    async def come(self) -> None:
        """Connects, signs in and subscribes, which it has done before."""
        make = lambda: Guest(self.where.path, self.where.netloc, self.number, self)  # noqa: E731
        loop = asyncio.get_running_loop()
        _, self.guest = await loop.create_connection(make, self.where.hostname, self.where.port)
        await self.guest.ready
        self.visits += 1

    async def go(self) -> None:
        """Leaves without a word; mostly when something comes that it does not confirm."""
        if self.guest is not None:
            self.guest.is_leaving = True
            await asyncio.sleep(random.uniform(0, 4 * PAUSE))
            self.guest.transport.abort()
            self.guest = None

    async def come_and_go(self, until: float) -> None:
        """So for a while."""
        while monotonic() < until:
            await self.come()
            await asyncio.sleep(random.uniform(0, STAY))
            await self.go()
            await asyncio.sleep(random.uniform(0, AWAY))


async def soak(address: str, admin: Admin, clients: int, seconds: float) -> tuple[Figures, Figures, list[Visitor], int]:
    """What the server takes once it is warm, and at the end; who was there; how much was published."""
    Subscriber.topic = TOPIC
    visitors = [Visitor(address.replace("http", "ws") + "/ws", number) for number in range(clients)]
    await asyncio.gather(*(visitor.come() for visitor in visitors))
    published, found = 0, []
    for part in (seconds / 5, seconds * 4 / 5):
        for visitor in visitors:
            await visitor.go()
        until = monotonic() + part
        visiting = asyncio.gather(*(visitor.come_and_go(until) for visitor in visitors))
        while monotonic() < until:
            wanted = {"topic": TOPIC, "first": published, "count": AT_A_TIME, "pause": PAUSE}
            await asyncio.to_thread(admin.call, "benchmark.trickle", wanted)
            published += AT_A_TIME
        await visiting
        await asyncio.gather(*(visitor.come() for visitor in visitors))
        while await asyncio.to_thread(waiting, admin):
            await asyncio.sleep(0.2)
        found.append(await asyncio.to_thread(figures, admin))
    return found[0], found[1], visitors, published


def figures(admin: Admin) -> Figures:
    """What the server takes up, with all subscribers connected and nothing to deliver."""
    [row] = admin.call("zato.server.get-list", {})
    tables = ("pubsub_messages", "pubsub_queue", "pubsub_subscriptions")
    with closing(sqlite3.connect(admin.directory / "odb.sqlite")) as odb:
        rows = {name: odb.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in tables}
    return {
        "memory, MB": _resident(row["pid"]),
        "tasks": admin.call("benchmark.tasks", {})["tasks"],
        "descriptors": len(list(Path(f"/proc/{row['pid']}/fd").iterdir())),
        **{f"rows of {name}": count for name, count in rows.items()},
    }


def measure(seconds: float, clients: int = SUBSCRIBERS) -> str:
    """The figures, as a Markdown table.

    Raises:
        RuntimeError: a message was lost, or something has grown.
    """
    with server(depth=DEPTH) as (address, admin):
        before, after, visitors, published = uvloop.run(soak(address, admin, clients, seconds))
    lost = sum(published - sum(visitor.seen) for visitor in visitors)
    grown = [what for what in before if after[what] > before[what] + SPARE.get(what, 0)]
    rows = [[what, f"{before[what]:.0f}", f"{after[what]:.0f}"] for what in before]
    visits, again = sum(visitor.visits for visitor in visitors), sum(visitor.again for visitor in visitors)
    text = (
        f"{clients} subscribers, {seconds:g} s, {visits:,} visits; {published:,} messages published, half of them with"
    )
    text += f" guaranteed delivery, {published * clients:,} delivered and {again:,} once more, {lost} lost.\n\n"
    text += table(["taken by the server", "warm", "at the end"], rows)
    if lost or grown:
        raise RuntimeError(f"{text}\n\nlost: {lost}; grown: {json.dumps(grown)}")
    return text
