"""Outgoing WSX connections: round trips over one of them, beside the websockets library's own client and echo."""

import json
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from apitest_server.cluster.local import token
from apitest_server.odb.key import SecretKey
from benchmarks.measure import environment, table
from benchmarks.server_rest import process
from benchmarks.server_websocket import _BARE

DATA = {"customer": {"id": 12345, "name": "Maria", "tags": ["a", "b", "c"], "active": True, "balance": 12.5}}
_CALLING = f"""\
import asyncio
from time import perf_counter
from zato.server.service import Service

DATA = {DATA!r}

class OnTheLoop(Service):
    name = "bench.on-the-loop"
    async def handle(self):
        given = self.request.payload
        connection = self.out.wsx[given["name"]].conn
        until = perf_counter() + given["seconds"]
        async def call():
            count = 0
            with connection.client() as client:
                while perf_counter() < until:
                    await client.invoke(DATA)
                    count += 1
            return count
        started = perf_counter()
        counts = await asyncio.gather(*(call() for _ in range(given["callers"])))
        self.response.payload = {{"rate": sum(counts) / (perf_counter() - started)}}

class InAThread(Service):
    name = "bench.in-a-thread"
    def handle(self):
        given = self.request.payload
        started = perf_counter()
        until, count = started + given["seconds"], 0
        with self.out.wsx[given["name"]].conn.client() as client:
            while perf_counter() < until:
                client.invoke(DATA)
                count += 1
        self.response.payload = {{"rate": count / (perf_counter() - started)}}
"""
_CALLED = """\
[main]
name = called
[logging]
file = server.log
[websocket]
    [[echo]]
    path = /ws
    service = zato.helpers.echo
    max_messages_per_second = 1000000
"""
# Of WSX as little as an outgoing connection needs: whatever comes is its own answer
_WSX_ECHO = _BARE.replace(
    "        await connection.send(message)",
    """\
        number = message[message.index('"id": "') + 7:message.index('", "timestamp"')]
        if '"create-session"' in message:
            kind, data = "zwsx.rspa", '{"token": "t"}'
        else:
            kind, data = "zwsx.rspok", message[message.index('"data": ') + 8:-1]
        await connection.send(f'{{"meta": {{"id": "c", "timestamp": "t", "msg_type": "{kind}", "status": 200, '
                              f'"in_reply_to": "{number}"}}, "data": {data}}}')""",
)
_CLIENT = f"""\
import asyncio, json, logging, sys
from time import perf_counter
import uvloop
from websockets.asyncio.client import connect

logging.disable()
TEXT = json.dumps({DATA!r})

async def main(address, at_once, seconds):
    async with connect(address, compression=None, proxy=None) as connection:
        started, count = perf_counter(), 0
        for _ in range(at_once):
            await connection.send(TEXT)
        while perf_counter() < started + seconds:
            json.loads(await connection.recv())
            await connection.send(TEXT)
            count += 1
        print(count / (perf_counter() - started))

uvloop.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
"""


class _Server:
    """A server's admin API."""

    def __init__(self, address: str, directory: Path) -> None:
        self._key, self._where = SecretKey(directory), urlsplit(address)

    def call(self, service: str, payload: object) -> Any:
        """What a service answers."""
        connection = HTTPConnection(self._where.hostname or "", self._where.port, timeout=60)
        headers = {"Authorization": f"Bearer {token(self._key)}", "Content-Type": "application/json"}
        connection.request("POST", f"/zato/json/{service}", json.dumps(payload), headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
        connection.close()
        if response.status != 200:
            raise RuntimeError(answer)
        return answer[f"{service.replace('.', '_').replace('-', '_')}_response"]


def measure(runs: int = 5, seconds: float = 1) -> str:
    """Answers a second over one connection, as a Markdown table; the median of three short rounds for each run."""
    with ExitStack() as stack:
        top = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        addresses = {}
        for name, conf, services in (("called", _CALLED, ""), ("calling", "[main]\nname = calling\n", _CALLING)):
            (top / name / "services").mkdir(parents=True)
            (top / name / "services" / "bench.py").write_text(services)
            (top / name / "server.conf").write_text(conf)
            command = [sys.executable, "-m", "apitest_server", "start", str(top / name), "--fg", "--port", "0"]
            addresses[name] = stack.enter_context(process(command))
        for name, script in (("wsx echo", _WSX_ECHO), ("echo", _BARE)):
            addresses[name] = stack.enter_context(process([sys.executable, "-c", script]))
        sockets = {name: address.replace("http", "ws") + "/ws" for name, address in addresses.items()}
        calling = _Server(addresses["calling"], top / "calling")
        for name in ("called", "wsx echo"):
            calling.call("zato.outgoing.wsx.create", {"name": name, "address": sockets[name]})
        rates: dict[str, list[float]] = {}
        for number in range(3 * runs + 1):
            for what, rate in _once(calling, sockets["echo"], seconds if number else 1):
                if number:
                    rates.setdefault(what, []).append(rate)
    medians = {what: statistics.median(found) for what, found in rates.items()}
    rows = [
        [what, f"{rate:.0f}", f"{rate / medians[_PEERS[what.rpartition(': ')[2]]]:.2f}"]
        for what, rate in medians.items()
    ]
    return table(["round trips over one connection", "a second", "to the library's own"], rows)


_LIBRARY = "client of websockets to its echo"
_PEERS = {
    "1 caller": f"{_LIBRARY}: 1 caller",
    "1 caller in a thread": f"{_LIBRARY}: 1 caller",
    "32 callers": f"{_LIBRARY}: 32 callers",
}


def _once(calling: _Server, echo: str, seconds: float) -> list[tuple[str, float]]:
    """Each figure, measured once."""
    found = []
    for callers in (1, 32):
        word = "1 caller" if callers == 1 else f"{callers} callers"
        command = [sys.executable, "-c", _CLIENT, echo, str(callers), str(seconds)]
        said = subprocess.run(command, env=environment(), check=True, capture_output=True, text=True)
        found.append((f"{_LIBRARY}: {word}", float(said.stdout)))
        for name, what in (("wsx echo", "outgoing, to an echo of websockets"), ("called", "outgoing, to a channel")):
            given = {"name": name, "callers": callers, "seconds": seconds}
            found.append((f"{what}: {word}", calling.call("bench.on-the-loop", given)["rate"]))
            if callers == 1:
                rate = calling.call("bench.in-a-thread", given)["rate"]
                found.append((f"{what}: {word} in a thread", rate))
    return found


if __name__ == "__main__":
    print(measure())
