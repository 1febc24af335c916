"""Hot deployment under load: 10,000 requests while the service's file is replaced 50 times, and none may fail."""

import itertools
import json
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from benchmarks.measure import table
from benchmarks.server_rest import process

REQUESTS = 10_000
REPLACEMENTS = 50
CLIENTS = 4
_CONF = "[logging]\nfile = server.log\n[rest]\n    [[version]]\n    path = /version\n    service = version\n"
_SERVICE = """\
from zato.server.service import Service

NUMBER = {number}

class Version(Service):
    name = "version"
    def handle(self):
        from .version import NUMBER as late
        return {{"number": {number}, "module": NUMBER, "late": late}}
"""


class Load:
    """Clients that call the service without a pause, on connections that they keep.

    Attributes:
        made: how many requests were answered.
        newest: the highest version that was seen so far.
    """

    def __init__(self, address: str) -> None:
        self.netloc = urlsplit(address).netloc
        self.end = Event()
        self.made = 0
        self.newest = 0

    def run(self) -> int:
        """One client; returns its number of requests.

        Raises:
            RuntimeError: a request failed, or an answer was of two versions.
        """
        connection = HTTPConnection(self.netloc, timeout=30)
        try:
            for made in itertools.count(1):
                connection.request("GET", "/version")
                answer = connection.getresponse()
                body = answer.read()
                versions = set(json.loads(body).values()) if answer.status == 200 else set()
                if len(versions) != 1:
                    raise RuntimeError(f"{answer.status}: {body.decode()}")
                self.made += 1
                self.newest = max(self.newest, *versions)
                if self.end.is_set():
                    return made
        finally:
            self.end.set()
            connection.close()
        return 0


def replace(file: Path, number: int) -> None:
    """A new version: renamed over the old one, or written into it in two halves, in turn."""
    text = _SERVICE.format(number=number)
    if number % 2:
        part = file.with_suffix(".part")
        part.write_text(text)
        part.rename(file)
        return
    with file.open("w") as out:
        for half in (text[:90], text[90:]):
            out.write(half)
            out.flush()
            time.sleep(0.3)  # Longer than the server takes from one look to the next


def measure(requests: int = REQUESTS, replacements: int = REPLACEMENTS) -> str:
    """The figures, as a Markdown table.

    Raises:
        RuntimeError: a request failed, an answer was wrong, or a version was never served.
    """
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "services").mkdir()
        (directory / "server.conf").write_text(_CONF)
        file = directory / "services" / "version.py"
        file.write_text(_SERVICE.format(number=0))
        command = [sys.executable, "-m", "apitest_server", "start", name, "--fg", "--port", "0"]
        with process(command) as address, ThreadPoolExecutor(CLIENTS) as threads:
            load = Load(address)
            clients = [threads.submit(load.run) for _ in range(CLIENTS)]
            waits = [_replaced(load, file, number) for number in range(1, replacements + 1)]
            while load.made < requests and not load.end.is_set():
                time.sleep(0.1)
            load.end.set()
            made = sum(client.result() for client in clients)
    row = [f"{made}", "0", f"{replacements}", f"{statistics.median(waits):.2f} s", f"{max(waits):.2f} s (1 s)"]
    return table(["requests", "failed", "replacements", "median until it served", "longest"], [row])


def _replaced(load: Load, file: Path, number: int) -> float:
    """Replaces the file and waits until the new version has answered; returns the seconds that it took."""
    replace(file, number)
    started = time.perf_counter()
    while load.newest < number:
        if load.end.is_set() or time.perf_counter() - started > 10:
            raise RuntimeError(f"Version {number} was not served")
        time.sleep(0.005)
    return time.perf_counter() - started


if __name__ == "__main__":
    print(measure())
