"""Workers against one process: scenarios that wait for a server, scenarios that compute, and many short ones."""

import shlex
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from benchmarks import projects
from benchmarks.measure import Contender, interleave, table

_WAITING, _COMPUTING, _SHORT, _FILES = 200, 40, 500, 20
_WAIT = 0.05  # seconds that the server takes

_STEPS = """
from behave import then

@then("a sum is right")
def right(context):
    assert sum(number * number for number in range(1_500_000)) == 1124998875000250000
"""


class _Slow(BaseHTTPRequestHandler):
    """Answers after a while, on connections that stay open."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together: in two parts, the second one would wait for 40 ms

    def do_GET(self) -> None:
        time.sleep(_WAIT)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


@contextmanager
def _slow_server() -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), _Slow)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def _write(directory: Path, scenarios: int, *steps: str) -> Path:
    """A project of alike scenarios in files of the same length."""
    features = directory / "features"
    (features / "steps").mkdir(parents=True)
    (features / "steps" / "own.py").write_text(_STEPS, "utf-8")
    body = "".join(f"    {step}\n" for step in steps)
    each = scenarios // _FILES
    for number in range(_FILES):
        texts = [f"  Scenario: {number} {n}\n{body}" for n in range(each)]
        (features / f"f{number:02}.feature").write_text(f"Feature: {number}\n{''.join(texts)}", "utf-8")
    return directory


def _run(name: str, project: Path, scenarios: int, *options: str) -> Contender:
    command = [sys.executable, "-m", "apitest", "run", str(project), *options]
    return Contender(name, command, project.parent, says=f"{scenarios} scenarios passed")


def measure(address: str, runs: int) -> str:
    """The comparisons, as a Markdown table."""
    with tempfile.TemporaryDirectory() as name, _slow_server() as slow:
        directory = Path(name)
        asks = ("When the URL is invoked", 'Then status is "200"')
        waits = _write(directory / "waits", _WAITING, f'Given address "{slow}"', *asks)
        computes = _write(directory / "computes", _COMPUTING, "Then a sum is right")
        short = projects.write(directory / "short", address, 10, _SHORT // 10)
        groups = [
            [
                (_run(f"{_WAITING} scenarios, 50 ms of waiting each", waits, _WAITING), ""),
                (_run("the same, -j 16 --by scenario", waits, _WAITING, "-j", "16", "--by", "scenario"), "0.10"),
            ],
            [
                (_run(f"{_COMPUTING} scenarios that compute", computes, _COMPUTING), ""),
                (_run("the same, -j 2", computes, _COMPUTING, "-j", "2"), "0.59"),
            ],
            [
                (_loops(f"{_SHORT} requests, plain requests.Session loop", address, directory, 1), ""),
                (_loops("two such loops at a time, each with half of them", address, directory, 2), ""),
                (_run(f"{_SHORT} scenarios of 18 steps, -j 2", short, _SHORT, "-j", "2"), "0.60"),
                (_run("the same, -j 4", short, _SHORT, "-j", "4"), ""),
            ],
        ]
        interleave([contender for group in groups for contender, _ in group], runs)
    rows = []
    for group in groups:
        first = group[0][0].median
        rows += [[each.name, f"{each.median:.2f} s", f"{each.median / first:.2f}", limit] for each, limit in group]
    return table(["workers", "wall", "to the first of these rows", "limit"], rows)


def _loops(name: str, address: str, directory: Path, processes: int) -> Contender:
    """Requests in plain loops, in so many processes at a time."""
    loop = [sys.executable, str(Path(__file__).with_name("plain_loop.py")), address, str(_SHORT // processes)]
    command = " & ".join([shlex.join(loop)] * processes)
    said = f"{_SHORT // processes} requests passed\n" * processes
    return Contender(name, ["sh", "-c", f"{command}; wait"], directory, says=said)
