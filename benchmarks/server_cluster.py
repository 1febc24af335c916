"""Two servers on one ODB: how soon a change of one is in effect on the other, and what a server that is alone pays."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, sleep
from urllib.parse import urlsplit

from apitest_server.cluster.local import token
from apitest_server.odb import ODB
from apitest_server.odb.key import FILE_NAME, SecretKey
from benchmarks.measure import environment, table
from benchmarks.server_rest import listening, process

CHANGES = 300
LIMIT = 1000  # milliseconds until a change has to be in effect
IDLE = 20.0  # seconds
# A server as it was without a bus: of the same process, nothing of it is started
_WITHOUT = """\
import sys
from apitest_server.cluster.bus import Bus
Bus.start = lambda self: None
Bus.wait = lambda self, seconds: True
from apitest_server.cli import main
main(sys.argv[1:])
"""


class Server:
    """A server that is called over one connection."""

    def __init__(self, address: str, directory: Path) -> None:
        place = urlsplit(address)
        self._connection = HTTPConnection(place.hostname or "", place.port)
        self._key = SecretKey(directory)

    def call(self, service: str, payload: object) -> dict[str, object]:
        """What a service answers to an administrator."""
        headers = {"Authorization": f"Bearer {token(self._key)}", "Content-Type": "application/json"}
        self._connection.request("POST", f"/zato/json/{service}", json.dumps(payload), headers)
        answer: dict[str, dict[str, object]] = json.loads(self._connection.getresponse().read())
        return answer[f"{service.replace('.', '_').replace('-', '_')}_response"]

    def answers(self, path: str) -> bool:
        """Whether a path is answered."""
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        response.read()
        return response.status == 200


def start(directory: Path) -> list[str]:
    """The command that starts a server."""
    return [sys.executable, "-m", "apitest_server", *_start(directory)]


def _start(directory: Path) -> list[str]:
    return ["start", str(directory), "--fg", "--port", "0"]


@contextmanager
def members(place: Path, url: str) -> Iterator[list[Server]]:
    """Two servers of one ODB, which know each other."""
    made = [directory_of(place / name, url or f"sqlite:///{place / 'shared.sqlite'}") for name in ("one", "two")]
    odb = ODB(url or f"sqlite:///{place / 'shared.sqlite'}", made[0])
    odb.load()
    odb.close()
    shutil.copy(made[0] / FILE_NAME, made[1] / FILE_NAME)
    with ExitStack() as stack:
        servers = [Server(stack.enter_context(process(start(each))), each) for each in made]
        while any(len(server.call("zato.server.get-list", {})) < 2 for server in servers):
            sleep(0.01)
        yield servers


def directory_of(directory: Path, url: str) -> Path:
    """The directory of a server."""
    (directory / "services").mkdir(parents=True)
    conf = f"[main]\nname = {directory.name}\n[logging]\nfile = server.log\n"
    (directory / "server.conf").write_text(conf + (f"[odb]\nurl = {url}\n" if url else ""))
    return directory


def latencies(servers: list[Server]) -> tuple[list[float], list[float]]:
    """Milliseconds of a change on one server; and from its answer until the other one answers by it."""
    one, two = servers
    channel = {"name": "ping", "connection": "channel", "transport": "plain_http", "url_path": "/ping"}
    made = one.call("zato.http-soap.create", {**channel, "service": "zato.ping"})
    changed, effective = [], []
    for number in range(CHANGES):
        path = f"/ping{number}"
        started = perf_counter()
        one.call("zato.http-soap.edit", {"id": made["id"], "url_path": path})
        answered = perf_counter()
        while not two.answers(path):
            sleep(0.0005)
        changed.append((answered - started) * 1000)
        effective.append((perf_counter() - answered) * 1000)
    return changed, effective


def changes(name: str, url: str) -> list[str]:
    """A row of the table: how soon changes are in effect on one kind of ODB.

    Raises:
        RuntimeError: one took too long.
    """
    with tempfile.TemporaryDirectory() as place, members(Path(place), url) as servers:
        changed, effective = latencies(servers)
    worst = max(effective)
    if worst > LIMIT:
        raise RuntimeError(f"A change took {worst:.0f} ms to be in effect on the other server")
    p99 = statistics.quantiles(effective, n=100)[98]
    figures = (statistics.median(effective), p99, worst)
    return [
        f"{CHANGES} changes, {name}: the change itself {statistics.median(changed):.1f} ms, then until it is in effect",
        *(f"{figure:.1f} ms" for figure in figures),
        f"limit: {LIMIT} ms",
    ]


def start_up(command: list[str]) -> float:
    """Milliseconds of CPU time of a process until it listens; wall time would tell more of what else runs."""
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        listening(server.stdout)
        used = cpu(server.pid)
        server.terminate()
    return used * 1000


def idle(command: list[str]) -> float:
    """Milliseconds of CPU time a second of a server that nobody calls."""
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        listening(server.stdout)
        sleep(2)
        before = cpu(server.pid)
        sleep(IDLE)
        used = cpu(server.pid) - before
        server.terminate()
    return used / IDLE * 1000


def cpu(pid: int) -> float:
    """Seconds of CPU time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def alone(runs: int) -> list[list[str]]:
    """Rows of the table: a server that is alone, with the bus and without."""
    with tempfile.TemporaryDirectory() as place:
        directory = directory_of(Path(place) / "one", "")
        commands = [start(directory), [sys.executable, "-c", _WITHOUT, *_start(directory)]]
        for command in commands:
            start_up(command)
        starts: list[list[float]] = [[], []]
        for _ in range(runs):
            for index, command in enumerate(commands):
                starts[index].append(start_up(command))
        used = [idle(command) for command in commands]
    ours, bare = map(statistics.median, starts)
    return [
        [
            "a server that is alone: CPU time of a start until it listens",
            f"{ours:.0f} ms",
            "",
            "",
            f"without a bus: {bare:.0f} ms",
        ],
        ["CPU time a second while nobody calls it", f"{used[0]:.2f} ms", "", "", f"without a bus: {used[1]:.2f} ms"],
    ]


def measure(runs: int = 7) -> str:
    """The figures, as a Markdown table.

    Raises:
        RuntimeError: a change took too long.
    """
    from tests.services.postgresql import PostgreSQL

    rows = [changes("SQLite", "")]
    database = PostgreSQL()
    try:
        rows.append(changes("PostgreSQL", database.url))
    finally:
        database.stop()
    rows += alone(runs)
    return table(["two servers on one database", "median", "p99", "worst", "against"], rows)


if __name__ == "__main__":
    print(measure())
