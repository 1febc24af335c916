"""One server and two on one PostgreSQL: guaranteed-delivery publishes a second, each server with its own publishers."""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from apitest_server.odb import ODB
from apitest_server.pubsub.message import Publication
from benchmarks.measure import table
from tests.server.conftest import new_database
from tests.server.pubsub.place import Place
from tests.services.postgresql import PostgreSQL

PUBLISHERS = 32
_HEAD = (f"{PUBLISHERS} publishers on each server", "publishes/s", "to one server", "p99")


def measure(runs: int, seconds: float = 2.0) -> str:
    """Rounds of one server and of two, in turn."""
    service = PostgreSQL()
    rates: dict[int, list[float]] = {1: [], 2: []}
    slowest: dict[int, list[float]] = {1: [], 2: []}
    try:
        for url in new_database(service.environment()["APITEST_POSTGRESQL_URL"]):
            with ExitStack() as stack:
                directory = stack.enter_context(tempfile.TemporaryDirectory())
                command = [sys.executable, "-m", "benchmarks.pubsub_servers", url, directory, str(seconds)]
                servers = [stack.enter_context(_process(command)) for _ in rates]
                for number in range(runs + 1):
                    for count in rates:
                        told = _round(servers[:count])
                        if number:  # The first round warms up
                            rates[count].append(sum(rate for rate, _ in told))
                            slowest[count].append(max(late for _, late in told))
    finally:
        service.stop()
    base = statistics.median(rates[1])
    rows = [
        (
            f"{count} server{'s' if count > 1 else ''}",
            f"{statistics.median(rates[count]):,.0f}",
            f"{statistics.median(rates[count]) / base:.2f}",
            f"{1000 * statistics.median(slowest[count]):.1f} ms",
        )
        for count in rates
    ]
    return table(_HEAD, rows)


def _process(command: list[str]) -> "subprocess.Popen[str]":
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    server.stdout.readline()  # It is ready; the next one finds its topic
    return server


def _round(servers: list["subprocess.Popen[str]"]) -> list[tuple[float, float]]:
    """All begin at once; what each has made a second, and its p99 in seconds."""
    told = []
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("go\n")
        server.stdin.flush()
    for server in servers:
        assert server.stdout is not None
        rate, late = server.stdout.readline().split()
        told.append((float(rate), float(late)))
    return told


def serve(url: str, directory: str, seconds: float) -> None:
    """A server that publishes for so long whenever it is told to."""
    odb = ODB(url, Path(directory))
    odb.load()
    publication = Publication(data="x" * 100, has_gd=True)
    with asyncio.Runner() as runner, Place(odb, runner) as place:
        place.topic("/a", max_depth_gd=100_000_000)
        place.subscribe("/a")

        async def publisher(until: float, times: list[float]) -> None:
            while (began := time.perf_counter()) < until:
                await place.broker.publish("/a", publication)
                times.append(time.perf_counter() - began)

        async def together() -> list[float]:
            times: list[float] = []
            until = time.perf_counter() + seconds
            await asyncio.gather(*(publisher(until, times) for _ in range(PUBLISHERS)))
            return sorted(times)

        print("ready", flush=True)
        for _ in sys.stdin:
            began = time.perf_counter()
            times = runner.run(together())
            print(len(times) / (time.perf_counter() - began), times[int(len(times) * 0.99)], flush=True)
    odb.close()


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2], float(sys.argv[3]))
