"""Requests spoiled at random, for as long as wanted: is each one answered, and is the server as before at the end?"""

import random
import re
import select
import socket
import struct
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Lock, Thread

from benchmarks.measure import environment, table
from benchmarks.mutations import mutated
from benchmarks.server_rest import listening
from tests.security.fuzzed import CHANNELS, SERVICES

_CLIENTS = 8
_PATIENCE = 60.0  # seconds; wrong passwords are answered after 20 at most, and later than this nobody waits
_CONF = f"""\
[logging]
file = server.log
max_size = 1 MB
[security]
    [[closed]]
    type = basic-auth
    username = u
    password = p
    [[key]]
    type = api-key
    key = k
    [[token]]
    type = jwt
    secret = a-secret-that-is-long-enough-for-the-server
[websocket]
    [[events]]
    path = /events
    service = echo
{CHANNELS}
    [[soap]]
    path = /soap
    service = echo
    data_format = xml
""" + "".join(
    f"    [[{one}]]\n    path = /{one}\n    service = echo\n    security = {one}\n"
    for one in ("closed", "key", "token")
)


@dataclass
class Tally:
    """What came of the requests."""

    connections: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    aborted: int = 0
    refused_handshakes: int = 0
    wrong: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def add(self, data: bytes, said: bytes | None) -> None:
        """Counts one connection; ``None`` is one that the client broke off."""
        statuses = [int(one) for one in re.findall(rb"HTTP/1\.1 (\d{3}) ", said or b"")]
        with self.lock:
            self.connections += 1
            self.statuses.update(statuses)
            if said is None:
                self.aborted += 1
            elif not statuses and data.strip(b"\r\n"):
                self.wrong.append(f"not answered: {data!r}")
            elif 500 in statuses:
                self.wrong.append(f"500: {data!r}: {said!r}")
            elif b"Failed to open a WebSocket connection" in said:
                self.refused_handshakes += 1
            elif said.count(b"x-zato-cid: ") < len([one for one in statuses if one != 100 and one != 101]):
                self.wrong.append(f"no cid: {data!r}: {said!r}")


@dataclass(frozen=True)
class State:
    """What a process has: KiB of memory, open files, threads."""

    memory: int
    files: int
    threads: int


def state(pid: int) -> State:
    """Of a process, as Linux tells."""
    about = Path(f"/proc/{pid}/status").read_text()
    memory, threads = (int(re.findall(rf"{name}:\s+(\d+)", about)[0]) for name in ("VmRSS", "Threads"))
    return State(memory, len(list(Path(f"/proc/{pid}/fd").iterdir())), threads)


def _exchange(port: int, data: bytes, chance: random.Random) -> bytes | None:
    """What comes back; the client writes all at once or in parts, and says that nothing more will come, or goes."""
    with socket.create_connection(("127.0.0.1", port), _PATIENCE) as client:
        goes = chance.random() < 0.05
        with suppress(OSError):  # The server refused before it had read everything
            for part in _parts(data, chance):
                client.sendall(part)
            if goes:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return None
            if b"websocket" in data.lower():  # Whoever asks for one and closes at once does not want it any more
                select.select([client], [], [], 2.0)
            client.shutdown(socket.SHUT_WR)
        said = bytearray()
        with suppress(OSError):
            while part := client.recv(65536):
                said += part
        return bytes(said)


def _parts(data: bytes, chance: random.Random) -> list[bytes]:
    if chance.random() < 0.7 or len(data) < 2:
        return [data]
    cut = chance.randrange(len(data))
    return [data[:cut], data[cut:]]


def _attack(port: int, end: float, seed: int, tally: Tally) -> None:
    chance = random.Random(seed)
    while time.monotonic() < end:
        data = mutated(chance)
        try:
            tally.add(data, _exchange(port, data, chance))
        except OSError as error:
            tally.wrong.append(f"{error}: {data!r}")


def _for(seconds: float, port: int, seed: int) -> Tally:
    tally = Tally()
    end = time.monotonic() + seconds
    clients = [Thread(target=_attack, args=(port, end, seed + number, tally)) for number in range(_CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return tally


def measure(seconds: float, seed: int = 1) -> str:
    """The figures, as a Markdown table.

    Raises:
        RuntimeError: an answer is missing, is a 500 or has no cid; a descriptor is left over; memory has grown.
    """
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "services").mkdir()
        (directory / "services" / "echo.py").write_text(SERVICES)
        (directory / "server.conf").write_text(_CONF)
        command = [sys.executable, "-m", "apitest_server", "start", name, "--fg", "--port", "0"]
        with Popen(command, env=environment(), stdout=PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                port = int(listening(server.stdout).rpartition(":")[2])
                _for(max(2.0, seconds / 10), port, seed + 1000)  # Everything is imported, and every thread is there
                before = _at_rest(server.pid)
                tally = _for(seconds, port, seed)
                after = _at_rest(server.pid)
                alive = b"200" in (_exchange(port, b"GET /zato/ping HTTP/1.1\r\n\r\n", random.Random(1)) or b"200")
            finally:
                server.terminate()
    _judge(tally, before, after, alive)
    return _table(seconds, tally, before, after)


def _at_rest(pid: int) -> State:
    time.sleep(6)  # The connections that are kept alive are closed by then
    return state(pid)


def _judge(tally: Tally, before: State, after: State, alive: bool) -> None:
    wrong = list(tally.wrong)
    if not alive:
        wrong.append("the server does not answer any more")
    if after.files > before.files:
        wrong.append(f"{after.files - before.files} descriptors are left over")
    if after.memory > before.memory * 1.1:
        wrong.append(f"memory grew from {before.memory} to {after.memory} KiB")
    if wrong:
        raise RuntimeError("\n".join(one[:1000] for one in [f"{len(wrong)} are wrong", *wrong[:20]]))


def _table(seconds: float, tally: Tally, before: State, after: State) -> str:
    kinds = {f"{kind}xx": sum(n for code, n in tally.statuses.items() if code // 100 == kind) for kind in (1, 2, 4)}
    rows = [
        ["connections", f"{tally.connections:,} in {seconds:g} s, {tally.aborted:,} of them broken off by the client"],
        ["answers", f"{sum(tally.statuses.values()):,}: " + ", ".join(f"{n:,} {kind}" for kind, n in kinds.items())],
        ["refused handshakes of WebSockets", f"{tally.refused_handshakes:,}"],
        ["500, without a cid, without an answer", "0, 0, 0"],
        ["other 5xx", f"{sum(n for code, n in tally.statuses.items() if code > 500):,}"],
        ["memory", f"{before.memory / 1024:.1f} MiB, at the end {after.memory / 1024:.1f} MiB"],
        ["descriptors", f"{before.files}, at the end {after.files}"],
        ["threads", f"{before.threads}, at the end {after.threads}"],
    ]
    return table(["requests spoiled at random", "figures"], rows)
