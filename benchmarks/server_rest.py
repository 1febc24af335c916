"""How many requests a second a service answers, against the same handler as a bare starlette route; with wrk."""

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import IO

from benchmarks.measure import environment, peer_python, table

CONNECTIONS = 64
_SERVICES = """\
from zato.server.service import Service

class Echo(Service):
    name = "echo"
    async def handle(self):
        self.response.payload = self.request.payload

class Query(Service):
    name = "query"
    def handle(self):
        self.response.payload = self.request.http.GET
"""
_CONF = """\
[main]
name = benchmark
[logging]
file = server.log
[rest]
    [[echo]]
    path = /echo
    service = echo
    [[query]]
    path = /query
    service = query
"""
_BARE = """\
import socket, sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def echo(request):
    return JSONResponse(await request.json())

def query(request):
    return JSONResponse(dict(request.query_params))

routes = [Route("/echo", echo, methods=["POST"]), Route("/query", query)]
sock = socket.create_server(("127.0.0.1", 0))
print(f"Listening on http://127.0.0.1:{sock.getsockname()[1]}", flush=True)
config = uvicorn.Config(Starlette(routes=routes), access_log=False, log_level="warning")
uvicorn.Server(config).run(sockets=[sock])
"""
_POST = """\
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"customer": {"id": 12345, "name": "Maria", "tags": ["a", "b", "c"], "active": true, "balance": 12.5}}'
"""
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


@dataclass
class Load:
    """What wrk saw: requests a second, and latencies in seconds; one number a run."""

    rate: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)

    def run(self, address: str, seconds: int, script: Path | None) -> None:
        """One run.

        Raises:
            RuntimeError: a request failed.
        """
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", address]
        command += ["-s", str(script)] if script else []
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in said or "Socket errors" in said:
            raise RuntimeError(said)
        self.rate.append(float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0]))
        for percent, numbers in (("50", self.p50), ("99", self.p99)):
            number, unit = re.findall(rf"{percent}%\s+([\d.]+)(us|ms|s)", said)[0]
            numbers.append(float(number) * _UNITS[unit])

    @property
    def median(self) -> tuple[float, float, float]:
        """Requests a second, p50, p99."""
        return statistics.median(self.rate), statistics.median(self.p50), statistics.median(self.p99)


def listening(said: IO[str]) -> str:
    """The address that a server prints once it answers."""
    return next(line.removeprefix("Listening on ").strip() for line in said if line.startswith("Listening on "))


@contextmanager
def process(command: list[str]) -> Iterator[str]:
    """A server's process, and its address."""
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield listening(server.stdout)
        finally:
            server.terminate()


def measure(cache: Path, runs: int = 5, seconds: int = 4) -> str:
    """The figures, as a Markdown table.

    Raises:
        RuntimeError: wrk is not there, or a request failed.
    """
    if not shutil.which("wrk"):
        raise RuntimeError("wrk is needed; on Debian and Ubuntu: apt-get install wrk")
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (directory / "services").mkdir()
        (directory / "services" / "echo.py").write_text(_SERVICES)
        (directory / "server.conf").write_text(_CONF)
        post = directory / "post.lua"
        post.write_text(_POST)
        ours = [sys.executable, "-m", "apitest_server", "start", str(directory), "--fg", "--port", "0"]
        bare = peer_python(cache / "starlette", "starlette", f"uvicorn=={version('uvicorn')}", "uvloop", "httptools")
        contenders = {"service": ours, "bare starlette route": [str(bare), "-c", _BARE]}
        addresses = {name: stack.enter_context(process(command)) for name, command in contenders.items()}
        rows = []
        for what, path, script in [
            ("async, echoes JSON", "/echo", post),
            ("plain, in a thread", "/query?a=1&b=2", None),
        ]:
            loads = {name: Load() for name in contenders}
            for number in range(runs + 1):
                for name, load in loads.items():
                    load.run(addresses[name] + path, seconds if number else 1, script)
            rows += _rows(what, loads)
    return table([f"{CONNECTIONS} connections", "requests/s", "to the bare route", "p50", "p99", "p99/p50"], rows)


def _rows(what: str, loads: dict[str, Load]) -> list[list[str]]:
    bare = loads["bare starlette route"].median[0]
    return [
        [
            f"{name}: {what}",
            f"{rate:.0f}",
            f"{rate / bare:.2f}",
            f"{p50 * 1e3:.2f} ms",
            f"{p99 * 1e3:.2f} ms",
            f"{p99 / p50:.1f}",
        ]
        for name, load in loads.items()
        for rate, p50, p99 in [load.median]
    ]


if __name__ == "__main__":
    print(measure(Path(sys.argv[1])))
