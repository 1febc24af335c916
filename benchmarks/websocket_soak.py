"""`python -m benchmarks.websocket_soak --seconds 600`: clients connect, invoke, vanish without Close, and return.

Memory, tasks, file descriptors and rows of the ODB at the end have to be as they were once the server was warm; the
command fails if they are not.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import sys
import tempfile
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import uvloop

from benchmarks.measure import machine, table
from benchmarks.server_rest import process
from benchmarks.server_websocket import _CONF, _SERVICES, _resident
from benchmarks.websocket_crowd import Guest

_COUNTING = """
import asyncio
from zato.server.service import Service

class Count(Service):
    name = "count"
    async def handle(self):
        self.response.payload = {"tasks": len(asyncio.all_tasks())}
"""
_CHANNEL = "[rest]\n    [[count]]\n    path = /count\n    service = count\n"
PAUSE = 8.0  # seconds at most between two visits of a client
SPARE = 20.0  # MB that memory may differ by: allocators keep some
Figures = dict[str, float]


class Visitor:
    """One client that comes again and again."""

    def __init__(self, address: str, number: int) -> None:
        self.where = urlsplit(address)
        self.number = number
        self.visits = self.answers = 0

    async def visit(self) -> None:
        """Connects, invokes a few times, and is gone, mostly without a word."""
        loop = asyncio.get_running_loop()
        host, port = self.where.hostname or "", self.where.port
        make = lambda: Guest("/ws", self.where.netloc, self.number, True)  # noqa: E731
        _, guest = await loop.create_connection(make, host, port)
        await guest.ready
        for wanted in range(1, random.randint(1, 6)):
            guest.transport.write(guest.message)
            while guest.answers < wanted and not guest.transport.is_closing():
                await asyncio.sleep(0.01)
        self.visits += 1
        self.answers += guest.answers
        if random.random() < 0.3:  # In the middle of a message
            guest.transport.write(guest.message[: random.randint(1, len(guest.message) - 1)])
        guest.transport.abort()


def figures(address: str, directory: Path) -> Figures:
    """What the server takes up."""
    where, pid = urlsplit(address), int(json.loads((directory / ".running").read_text())["pid"])
    connection = HTTPConnection(where.hostname or "", where.port, timeout=60)
    connection.request("GET", "/count")
    tasks = json.loads(connection.getresponse().read())["tasks"]
    connection.close()
    with closing(sqlite3.connect(directory / "odb.sqlite")) as odb:
        [rows] = odb.execute("SELECT COUNT(*) FROM websocket_connections").fetchone()
    descriptors = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return {"memory": _resident(pid), "tasks": tasks, "descriptors": descriptors, "rows": rows}


async def soak(address: str, directory: Path, clients: int, seconds: float) -> tuple[Figures, Figures, list[Visitor]]:
    """The figures once the server is warm, those at the end, and who was there."""
    visitors = [Visitor(address, number) for number in range(clients)]

    async def come_again(visitor: Visitor, until: float) -> None:
        while monotonic() < until:
            await visitor.visit()
            await asyncio.sleep(min(random.uniform(0, PAUSE), max(0.0, until - monotonic())))

    found = []
    for part in (seconds / 10, seconds * 9 / 10):
        until = monotonic() + part
        await asyncio.gather(*(come_again(visitor, until) for visitor in visitors))
        found.append(await asyncio.to_thread(_settled, address, directory))
    return found[0], found[1], visitors


def _settled(address: str, directory: Path) -> Figures:
    """The figures once all that is gone is forgotten."""
    until = monotonic() + 30
    while (now := figures(address, directory))["rows"] and monotonic() < until:
        pass
    return now


def main() -> None:
    """Prints a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.websocket_soak")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--clients", type=int, default=500)
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "services").mkdir()
        (directory / "services" / "echo.py").write_text(_SERVICES + _COUNTING)
        (directory / "server.conf").write_text(_CONF.replace("[rest]\n", _CHANNEL))
        command = [sys.executable, "-m", "apitest_server", "start", str(directory), "--fg", "--port", "0"]
        with process(command) as address:
            before, after, visitors = uvloop.run(soak(address, directory, wishes.clients, wishes.seconds))
    visits, answers = sum(one.visits for one in visitors), sum(one.answers for one in visitors)
    print(f"{wishes.clients} clients, {wishes.seconds:g} s, {visits} visits, {answers} answers. {machine()}.\n")
    rows = [[what, f"{before[what]:.0f}", f"{after[what]:.0f}"] for what in before]
    print(table(["taken by the server", "warm", "at the end"], rows))
    grown = [what for what in before if after[what] > before[what] + (SPARE if what == "memory" else 2)]
    if grown:
        raise SystemExit(f"grown: {', '.join(grown)}")


if __name__ == "__main__":
    main()
