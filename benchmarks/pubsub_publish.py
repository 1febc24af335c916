"""Publishing: 32 publishers that wait for each answer, with guaranteed delivery and in memory, beside their limits."""

import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from secrets import token_hex

from apitest_server.odb import ODB
from apitest_server.pubsub.message import Publication
from benchmarks import pubsub_peers
from benchmarks.measure import table
from benchmarks.pubsub_peers import Publish
from tests.server.pubsub.place import Place

PUBLISHERS = 32
DATA = "x" * 100
_DEEP = 100_000_000
_HEAD = (f"{PUBLISHERS} publishers, {len(DATA)} bytes", "publishes/s", "to {}", "p50", "p99")
_MESSAGE = (
    "INSERT INTO pubsub_messages (msg_id, topic_id, topic_name, is_kept, content, size, priority, expiration, "
    "expires_at, mime_type, pub_time, recv_time, publisher, correl_id, in_reply_to, ext_client_id) "
    "VALUES (?, ?, '/b', 0, ?, 100, 5, 2147483647000, 9e9, 'text/plain', 1.0, 1.0, '', '', '', '')"
)


class Figures:
    """Of one contender: publishes a second in each round, and how long each took."""

    def __init__(self) -> None:
        self.rates: list[float] = []
        self.times: list[float] = []

    def row(self, name: str, base: float) -> tuple[str, ...]:
        """As the table has it."""
        rate = statistics.median(self.rates)
        times = sorted(self.times)
        shown = (f"{1000 * times[int(len(times) * part)]:.2f} ms" if times else "" for part in (0.5, 0.99))
        return (name, f"{rate:,.0f}", f"{rate / base:.2f}", *shown)


def measure(runs: int, seconds: float = 1.0) -> str:
    """Guaranteed delivery to the bare SQLite, and memory to the limit; peers where they are installed."""
    durable = _compared(runs, seconds, has_gd=True)
    memory = _compared(runs, seconds, has_gd=False)
    return f"{durable}\n\n{memory}"


def _compared(runs: int, seconds: float, has_gd: bool) -> str:
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=Path.cwd())))
        odb = ODB("", directory)
        odb.load()
        stack.callback(odb.close)
        place = stack.enter_context(Place(odb))
        for name in ("/a", "/b"):
            place.topic(name, max_depth_gd=_DEEP, max_depth_non_gd=_DEEP)
            place.subscribe(name)
        kind = "guaranteed delivery" if has_gd else "in memory"
        contenders: dict[str, Callable[[Figures, float], None]] = {
            f"the broker, {kind}": lambda figures, seconds: _load(place.runner, _ours(place, has_gd), seconds, figures)
        }
        if has_gd:
            contenders["bare SQLite, the same rows, 32 a commit"] = partial(_bare, place)
        for name, server in pubsub_peers.installed().items():
            where = directory / name.split()[0]
            where.mkdir()
            connect = stack.enter_context(server(where, has_gd, DATA.encode()))
            publishers = [place.runner.run(connect()) for _ in range(PUBLISHERS)]
            waits = ", not synced" if has_gd and name.startswith("NATS") else ""
            contenders[f"{name}{waits}, {'on disk' if has_gd else 'in memory'}"] = (
                lambda figures, seconds, publishers=publishers: _load(place.runner, publishers, seconds, figures)
            )
        figures = {name: Figures() for name in contenders}
        for run in contenders.values():  # They warm up
            run(Figures(), seconds / 4)
        for _ in range(runs):
            for name, run in contenders.items():
                run(figures[name], seconds)
    bare = list(figures.values())[1 if has_gd else 0]
    base = statistics.median(bare.rates) if has_gd else 20_000.0
    head = tuple(each.format("bare SQLite" if has_gd else "the limit of 20,000") for each in _HEAD)
    return table(head, [each.row(name, base) for name, each in figures.items()])


def _ours(place: Place, has_gd: bool) -> list[Publish]:
    publication = Publication(data=DATA, has_gd=has_gd)

    async def publish() -> None:
        await place.broker.publish("/a", publication)

    return [publish] * PUBLISHERS


def _load(runner: asyncio.Runner, publishers: list[Publish], seconds: float, figures: Figures) -> None:
    async def one(publish: Publish, until: float) -> int:
        made = 0
        while (began := time.perf_counter()) < until:
            await publish()
            figures.times.append(time.perf_counter() - began)
            made += 1
            if not made % 64:  # In memory nothing is waited for, and the others want their turn
                await asyncio.sleep(0)
        return made

    async def together() -> float:
        began = time.perf_counter()
        made = await asyncio.gather(*(one(publish, began + seconds) for publish in publishers))
        return sum(made) / (time.perf_counter() - began)

    figures.rates.append(runner.run(together()))


def _bare(place: Place, figures: Figures, seconds: float) -> None:
    """What SQLite does with the same rows, when nobody publishes them."""
    (subscription,) = place.broker.subscriptions.of_topic(place.broker.topics.named("/b").id)
    path = place.odb.where.path
    assert path is not None
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    began, made = time.perf_counter(), 0
    content = b'"' + DATA.encode() + b'"'
    while time.perf_counter() < began + seconds:
        connection.execute("BEGIN IMMEDIATE")
        rows = [(f"zpsm{token_hex(12)}", subscription.topic_id, content) for _ in range(PUBLISHERS)]
        connection.executemany(_MESSAGE, rows)
        (last,) = connection.execute("SELECT max(id) FROM pubsub_messages").fetchone()
        numbers = range(last - PUBLISHERS + 1, last + 1)
        entries = [(subscription.id, 4, number) for number in numbers]
        connection.executemany("INSERT INTO pubsub_queue VALUES (?, ?, ?, 0, NULL)", entries)
        connection.execute("COMMIT")
        made += PUBLISHERS
    figures.rates.append(made / (time.perf_counter() - began))
    connection.close()
