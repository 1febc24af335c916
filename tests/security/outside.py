"""A server as a process of its own, and clients that write whatever bytes they like to its port."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from apitest_server.cluster.local import token
from apitest_server.odb.key import SecretKey

ANSWERED = 30.0  # seconds; whoever is not answered by then is not answered at all
_COMMAND = [sys.executable, "-m", "apitest_server", "start"]


class Response(NamedTuple):
    """One response: its status, its headers with their names in lower case, its body."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Outside:
    """A server that is reached by its port only.

    Attributes:
        process: the server's.
        directory: its own.
        host, port: where it listens.
    """

    process: "subprocess.Popen[str]"
    directory: Path
    host: str
    port: int

    def connect(self) -> socket.socket:
        """A connection that gives up after ``ANSWERED``."""
        return socket.create_connection((self.host, self.port), ANSWERED)

    def said(self, data: bytes, close: bool = True) -> bytes:
        """What comes back of these bytes until the server closes the connection.

        Args:
            data: what is written, as far as the server takes it.
            close: whether a last request follows that asks for the end.
        """
        with self.connect() as client:
            if close:
                data += b"GET /zato/ping HTTP/1.1\r\nConnection: close\r\n\r\n"
            with suppress(OSError):  # Refused before all of it was read, and told so
                client.sendall(data)
            return read_all(client)

    def told(self, data: bytes) -> bytes:
        """What comes back of these bytes and the end of the connection, as far as the client writes to it."""
        with self.connect() as client:
            with suppress(OSError):
                client.sendall(data)
                client.shutdown(socket.SHUT_WR)
            return read_all(client)

    def ping(self) -> int:
        """The status of a harmless request."""
        return responses(self.said(b""))[0].status

    def asked(self, service: str, payload: object = None) -> socket.socket:
        """The connection on which the answer of a service will come, called over the admin API."""
        body = json.dumps(payload or {}).encode()
        head = f"POST /zato/json/{service} HTTP/1.1\r\nContent-Type: application/json\r\nConnection: close\r\n"
        head += f"Authorization: Bearer {token(SecretKey(self.directory))}\r\nContent-Length: {len(body)}\r\n\r\n"
        client = self.connect()
        client.sendall(head.encode() + body)
        return client

    def admin(self, service: str, payload: object = None) -> Response:
        """What a service answers, called over the admin API."""
        with self.asked(service, payload) as client:
            return responses(read_all(client))[0]

    @property
    def log(self) -> str:
        """What the server has logged so far."""
        return (self.directory / "server.log").read_text("utf-8")

    def stop(self) -> int:
        """Ends the server as a user would; its exit status."""
        self.process.terminate()
        return self.process.wait(60)


def read_all(client: socket.socket) -> bytes:
    """What comes until the other side closes, one way or the other."""
    found = bytearray()
    with suppress(ConnectionResetError):
        while part := client.recv(65536):
            found += part
    return bytes(found)


def responses(said: bytes, methods: str = "") -> list[Response]:
    """The responses in a stream; what is left over counts as one with the status 0.

    Args:
        said: the stream.
        methods: of the requests, each by its first letter, where they are not all answered with a body.
    """
    found: list[Response] = []
    while said:
        head, end, rest = said.partition(b"\r\n\r\n")
        start = re.match(rb"HTTP/1\.1 (\d{3}) ", head)
        if not start or not end:
            return [*found, Response(0, {}, said)]
        lines = [line.split(": ", 1) for line in head.decode("latin-1").split("\r\n")[1:]]
        headers = {name.lower(): value for name, value in lines}
        is_head = methods[len(found) : len(found) + 1] == "H"
        length = 0 if is_head else int(headers.get("content-length", 0))
        found.append(Response(int(start[1]), headers, rest[:length]))
        said = rest[length:]
    return found


def until(happened: Callable[[], bool], what: str) -> None:
    """Waits until a function says yes."""
    end = time.monotonic() + ANSWERED
    while not happened():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.02)


@contextmanager
def outside(directory: Path, conf: str = "", before: tuple[str, ...] = (), **files: str) -> Iterator[Outside]:
    """A server of these service files (name without .py).

    Args:
        directory: an empty one.
        conf: what server.conf says beside where the log is; it may begin with the line of [logging] that says so.
        before: what the command line begins with, ``prlimit`` for example.
        files: its services.
    """
    services = directory / "services"
    services.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (services / f"{name}.py").write_text(text, "utf-8")
    (directory / "server.conf").write_text(
        "[logging]\n" + (conf if conf.startswith("file =") else f"file = server.log\n{conf}")
    )
    command = [*before, *_COMMAND, str(directory), "--port", "0", "--fg"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        address = next(line for line in lines if line.startswith("Listening on "))
        host, port = urlsplit(address.removeprefix("Listening on ").strip()).netloc.split(":")
        yield Outside(process, directory, host, int(port))
    finally:
        process.kill()
        process.wait(60)
        assert process.stdout is not None
        process.stdout.close()
