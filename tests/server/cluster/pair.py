"""Two servers of one ODB, each a process with a directory of its own, and what both answer."""

import base64
import json
import os
import shutil
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from apitest.commands.companion import CompanionServer
from apitest_server.cluster import local
from apitest_server.odb import ODB
from apitest_server.odb.key import FILE_NAME, SecretKey
from apitest_server.odb.location import location
from tests.server.cluster.waiting import until

SERVICES = """
import time
from pathlib import Path
from zato.server.service import Service

class Who(Service):
    name = 'test.who'
    def handle(self):
        self.response.payload = {'server': self.server.name}

class Clock(Service):
    name = 'test.clock'
    def handle(self):
        self.response.payload = time.time()

class Hold(Service):
    name = 'test.hold'
    def handle(self):
        self.cache.set(self.request.payload['key'], self.request.payload['value'])

class Count(Service):
    name = 'test.count'
    def handle(self):
        with open(Path(__file__).parent.parent / 'counted', 'a') as file:
            file.write(self.server.name + '\\n')

class Stay(Service):
    name = 'test.stay'
    def handle(self):
        Path(__file__).parent.parent.joinpath('stayed').touch()
        time.sleep(600)

class Taken(Service):
    name = 'test.taken'
    def handle(self):
        given = self.request.payload
        with open(Path(__file__).parent.parent / 'taken', 'a') as file:
            file.write(f"{given['data']} {given['delivery_count']}\\n")
        if given['data'] == 'stay' and given['delivery_count'] == 1:
            time.sleep(600)

class Finds(Service):
    name = 'test.finds'
    def handle(self):
        found = []
        for place in self.request.payload['places']:
            connections = self
            for part in place.split('.'):
                connections = getattr(connections, part)
            found.append(self.request.payload['name'] in connections)
        self.response.payload = {'found': found}

class Translates(Service):
    name = 'test.translates'
    def handle(self):
        self.response.payload = {'land': self.translate('CRM', 'country', 'us', 'ERP', 'land')}

class Note(Service):
    name = 'test.note'
    def handle(self):
        with open(Path(__file__).parent.parent / 'noted', 'a') as file:
            file.write(f"{self.request.payload}\\n")

class Send(Service):
    name = 'test.send'
    def handle(self):
        given = self.request.payload
        getattr(self.out, given['by']).send(given['data'], given['name'])

class Held(Service):
    name = 'test.held'
    def handle(self):
        self.response.payload = self.cache.get(self.request.payload)
"""


class Member:
    """One of the servers.

    Attributes:
        seconds_ahead: how far its clock is ahead of that of the tests.
    """

    seconds_ahead = 0

    def __init__(self, directory: Path, log: str = "server.log") -> None:
        self.directory = directory
        self.process = CompanionServer(directory, log=directory / log)
        self._key = SecretKey(directory)

    @property
    def name(self) -> str:
        return self.directory.name

    def call(self, service: str, payload: object = None) -> Any:
        """What a service answers to an administrator; `(status, details)` where it refuses."""
        body, headers = json.dumps(payload).encode(), {"Authorization": f"Bearer {self._token()}"}
        status, text = self.request(f"/zato/json/{service}", body, {**headers, "Content-Type": "application/json"})
        answer = json.loads(text)
        if status != 200:
            return status, answer["zato_env"]["details"]
        return answer[f"{service.replace('.', '_').replace('-', '_')}_response"]

    def _token(self) -> str:
        with patch.object(local, "time", SimpleNamespace(time=lambda: time.time() + self.seconds_ahead)):
            return local.token(self._key)

    def request(
        self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        request = urllib.request.Request(self.process.address + path, body, dict(headers or {}))
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def status(self, path: str, username: str = "", password: str = "", **headers: str) -> int:
        if username:
            headers["Authorization"] = "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()
        return self.request(path, headers=headers)[0]

    @property
    def noted(self) -> list[str]:
        """What the service ``test.note`` was called with."""
        path = self.directory / "noted"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    def kill(self) -> None:
        if self.process.pid:
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.stop()


class Pair:
    """Both."""

    def __init__(self, directory: Path, url: str) -> None:
        self.url = url or f"sqlite:///{directory / 'shared.sqlite'}"
        self.where = location(self.url, directory)
        self.members = [self._made(directory / name) for name in ("one", "two")]
        self.one, self.two = self.members

    def start(self) -> None:
        for member in self.members:
            member.process.start()
        self.meet()

    def meet(self) -> None:
        """Waits until both know each other."""
        for member in self.members:
            until(lambda member=member: len(member.call("zato.server.get-list")) == 2)

    def stop(self) -> None:
        for member in self.members:
            member.process.stop()

    def _made(self, directory: Path) -> Member:
        (directory / "services").mkdir(parents=True)
        (directory / "services" / "test.py").write_text(SERVICES, "utf-8")
        conf = f"[main]\nname = {directory.name}\n[odb]\nurl = {self.url}\n"
        (directory / "server.conf").write_text(conf, "utf-8")
        first = directory.parent / "one"
        if directory == first:
            odb = ODB(self.url, directory)
            odb.load()
            odb.close()
        else:
            shutil.copy(first / FILE_NAME, directory / FILE_NAME)
        return Member(directory)


@contextmanager
def running(directory: Path, url: str) -> Iterator[Pair]:
    pair = Pair(directory, url)
    try:
        pair.start()
        yield pair
    finally:
        pair.stop()


def is_done(answer: object) -> bool:
    """Whether a service has answered, and not refused."""
    return isinstance(answer, dict)
