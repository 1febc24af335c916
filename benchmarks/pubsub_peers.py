"""Redis Streams and NATS JetStream, as their servers are installed: publishers that wait for each answer."""

import asyncio
import json
import shutil
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.ports import free_port

Publish = Callable[[], Awaitable[None]]
Connect = Callable[[], Awaitable[Publish]]
Server = Callable[[Path, bool, bytes], AbstractContextManager[Connect]]


@contextmanager
def redis(directory: Path, is_durable: bool, body: bytes) -> Iterator[Connect]:
    """A server, and what makes a publisher with a connection of its own; durable is on disk before the answer."""
    port = free_port()
    durably = ["--appendonly", "yes", "--appendfsync", "always"] if is_durable else ["--appendonly", "no"]
    options = ["--port", str(port), "--dir", str(directory), "--save", "", *durably]
    command = b"*5\r\n$4\r\nXADD\r\n$1\r\ns\r\n$1\r\n*\r\n$1\r\nd\r\n$%d\r\n%s\r\n" % (len(body), body)

    async def connect() -> Publish:
        reader, writer = await _connected(port)

        async def publish() -> None:
            writer.write(command)
            size = await reader.readline()
            if not size.startswith(b"$"):
                raise RuntimeError(f"Redis says {size!r}")
            await reader.readline()

        return publish

    with _running(["redis-server", *options]):
        yield connect


@contextmanager
def nats(directory: Path, is_durable: bool, body: bytes) -> Iterator[Connect]:
    """The same; this version of NATS has files, but does not wait for the disk."""
    port = free_port()
    settings = directory / "nats.conf"
    settings.write_text(f'listen: "127.0.0.1:{port}"\njetstream {{ store_dir: "{directory}/js" }}\n', "utf-8")
    stream = {"name": "s", "subjects": ["s"], "storage": "file" if is_durable else "memory", "num_replicas": 1}
    is_made = asyncio.Event()

    async def connect() -> Publish:
        reader, writer = await _connected(port)
        inbox = f"_INBOX.{id(writer)}"
        await reader.readline()  # INFO
        writer.write(b'CONNECT {"verbose":false}\r\nSUB %s 1\r\n' % inbox.encode())

        async def ask(subject: str, data: bytes) -> bytes:
            writer.write(b"PUB %s %s %d\r\n%s\r\n" % (subject.encode(), inbox.encode(), len(data), data))
            while not (line := await reader.readline()).startswith(b"MSG"):
                if line.startswith(b"PING"):
                    writer.write(b"PONG\r\n")
            return await reader.readexactly(int(line.split()[-1]) + 2)

        async def publish() -> None:
            answer = await ask("s", body)
            if b'"error"' in answer:
                raise RuntimeError(f"NATS says {answer!r}")

        if not is_made.is_set():
            is_made.set()
            await ask("$JS.API.STREAM.CREATE.s", json.dumps(stream).encode())
        return publish

    with _running(["nats-server", "-c", str(settings)]):
        yield connect


@contextmanager
def _running(command: list[str]) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            server.terminate()


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    for _ in range(200):
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
    raise RuntimeError("The server does not answer")


def installed() -> dict[str, Server]:
    """Those whose servers there are: `apt-get install redis-server nats-server`."""
    known = {"Redis Streams": ("redis-server", redis), "NATS JetStream": ("nats-server", nats)}
    return {name: server for name, (command, server) in known.items() if shutil.which(command)}
