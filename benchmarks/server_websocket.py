"""WebSocket channels: round trips against a bare echo server on the same library, and 10,000 clients that idle."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlsplit

from apitest_server.cluster.local import token
from apitest_server.odb.key import SecretKey
from benchmarks.measure import environment, table
from benchmarks.server_rest import process

CROWD = 10_000
MEMORY = 400  # MB that they may take
PAGE = 50  # milliseconds that a page of their list may take
_SERVICES = """\
from zato.server.service import Service

class Echo(Service):
    name = "echo"
    async def handle(self):
        self.response.payload = self.request.payload
"""
_CONF = """\
[main]
name = benchmark
[logging]
file = server.log
[security]
    [[users]]
    type = basic-auth
    username = user
    password = secret
[rest]
    [[echo]]
    path = /echo
    service = echo
[websocket]
    [[echo]]
    path = /ws
    service = echo
    security = users
    max_messages_per_second = 1000000
"""
_BARE = """\
import asyncio, logging
import uvloop
from websockets.asyncio.server import serve

logging.disable()

async def echo(connection):
    async for message in connection:
        await connection.send(message)

async def main():
    async with serve(echo, "127.0.0.1", 0) as server:
        print(f"Listening on http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await server.serve_forever()

uvloop.run(main())
"""
_NAMES = {"wsx": "channel with an async service", "echo": "bare echo server on websockets"}
_HOW = {"library": "of websockets", "bare": "that cost nothing"}


@contextmanager
def servers() -> Iterator[tuple[dict[str, str], Path]]:
    """The addresses of a channel and of a bare server, by the kind of client, and our server's directory."""
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (directory / "services").mkdir()
        (directory / "services" / "echo.py").write_text(_SERVICES)
        (directory / "server.conf").write_text(_CONF)
        ours = [sys.executable, "-m", "apitest_server", "start", str(directory), "--fg", "--port", "0"]
        commands = {"wsx": ours, "echo": [sys.executable, "-c", _BARE]}
        addresses = {kind: stack.enter_context(process(command)) for kind, command in commands.items()}
        yield addresses, directory


def round_trips(runs: int = 5, seconds: float = 3) -> str:
    """Answers a second of one client and of 100, as a Markdown table."""
    with servers() as (addresses, _):
        rates: dict[tuple[int, str, str], list[float]] = {}
        for number in range(runs + 1):
            for clients, how in ((1, "library"), (100, "library"), (100, "bare")):
                for kind, address in addresses.items():
                    command = [*crowd_command(address, clients), str(seconds if number else 1), kind, how]
                    said = subprocess.run(command, env=environment(), check=True, capture_output=True, text=True)
                    if number:
                        rates.setdefault((clients, how, kind), []).append(float(said.stdout.split()[1]))
    medians = {key: statistics.median(found) for key, found in rates.items()}
    rows = [
        [f"{_NAMES[kind]}: {clients} {_HOW[how]}", f"{rate:.0f}", f"{rate / medians[clients, how, 'echo']:.2f}"]
        for (clients, how, kind), rate in medians.items()
    ]
    return table(["round trips", "a second", "to the bare server"], rows)


def idle(clients: int = CROWD) -> str:
    """What clients that are signed in and idle take and slow down, as a Markdown table.

    Raises:
        RuntimeError: a limit is not kept.
    """
    with servers() as (addresses, directory):
        where, admin = addresses["wsx"], _Admin(addresses["wsx"], directory)
        admin.connections({"page_size": 50})  # What is loaded with the first call is no connection's
        _p99(where)
        pid = admin.connections_pid(directory)
        memory, latency = _resident(pid), _p99(where)
        command = [*crowd_command(where, clients), "0", "wsx"]
        with subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as crowd:
            assert crowd.stdout is not None and crowd.stdin is not None
            rate = float(crowd.stdout.readline())
            while admin.connections({"page_size": 1})[1] != clients:
                sleep(0.1)
            taken = _resident(pid) - memory
            page = _milliseconds(lambda: admin.connections({"page_size": 50, "cur_page": 100}))
            found = _milliseconds(lambda: admin.connections({"page_size": 50, "ext_client_id": "c5000"}))
            beside = _p99(where)
            crowd.stdin.close()
    if taken > MEMORY or max(page, found) > PAGE:
        raise RuntimeError(f"{taken:.0f} MB, page {page:.1f} ms, filter {found:.1f} ms")
    return table(
        [f"{clients:,} clients, signed in and idle", "figure", "limit"],
        [
            ["more memory of the server's process", f"{taken:.0f} MB", f"{MEMORY} MB"],
            ["connected and signed in, a second", f"{rate:.0f}", ""],
            ["a page of 50 of their list", f"{page:.1f} ms", f"{PAGE} ms"],
            ["the list of one client's connections", f"{found:.1f} ms", f"{PAGE} ms"],
            ["p99 of a REST request beside them", f"{beside:.2f} ms", ""],
            ["p99 of a REST request without them", f"{latency:.2f} ms", ""],
        ],
    )


class _Admin:
    """Calls of the admin API."""

    def __init__(self, address: str, directory: Path) -> None:
        self.key = SecretKey(directory)
        self.address = urlsplit(address)

    def connections(self, wanted: dict[str, object]) -> tuple[list[dict[str, Any]], int]:
        """A page of the list, and how many there are."""
        connection = HTTPConnection(self.address.hostname or "", self.address.port, timeout=60)
        headers = {"Authorization": f"Bearer {token(self.key)}", "Content-Type": "application/json"}
        path = "/zato/json/zato.channel.web-socket.get-connection-list"
        connection.request("POST", path, json.dumps(wanted), headers)
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer["zato_channel_web_socket_get_connection_list_response"], answer["_meta"]["total"]

    def connections_pid(self, directory: Path) -> int:
        """The server's process, as it tells itself."""
        return int(json.loads((directory / ".running").read_text())["pid"])


def crowd_command(address: str, clients: int) -> list[str]:
    """The command line of so many clients; how long they talk, and how, comes after it."""
    url = address.replace("http", "ws") + "/ws"
    return [sys.executable, "-m", "benchmarks.websocket_crowd", url, str(clients)]


def _resident(pid: int) -> float:
    """A process's memory in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) * 1024 / 1e6


def _milliseconds(call: Callable[[], object], runs: int = 21) -> float:
    """The median."""
    seconds = []
    for _ in range(runs):
        started = perf_counter()
        call()
        seconds.append(perf_counter() - started)
    return statistics.median(seconds) * 1e3


def _p99(address: str, requests: int = 3000) -> float:
    """Milliseconds, of requests that are sent one after the other."""
    where = urlsplit(address)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=60)
    seconds = []
    for _ in range(requests):
        started = perf_counter()
        connection.request("POST", "/echo", b'{"a": 1}', {"Content-Type": "application/json"})
        connection.getresponse().read()
        seconds.append(perf_counter() - started)
    connection.close()
    return statistics.quantiles(seconds, n=100)[98] * 1e3


if __name__ == "__main__":
    print(round_trips(), idle(), sep="\n\n")
