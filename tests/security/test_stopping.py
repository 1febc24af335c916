"""A server that is told to stop under load: whoever got a connection gets an answer."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from tests.attempts import Attempts
from tests.security.outside import Outside, outside

SERVICES = """\
import asyncio
from zato.server.service import Service
class Slow(Service):
    name = "slow"
    async def handle(self):
        await asyncio.sleep(0.005)
        return "done"
"""
CONF = "[rest]\n[[slow]]\npath = /slow\nservice = slow\n"
CLIENTS = 50
BEFORE = 1500  # answers, until the server is told to stop


async def ask(server: Outside, attempts: Attempts, connection: bytes, enough: asyncio.Event) -> None:
    """Sends requests until the server is gone, on one connection or on a new one each time."""
    while True:
        try:
            reader, writer = await asyncio.open_connection(server.host, server.port)
        except ConnectionRefusedError:
            return
        with suppress(OSError):
            while True:
                writer.write(b"GET /slow HTTP/1.1\r\nConnection: " + connection + b"\r\n\r\n")
                said = b""
                with suppress(OSError, asyncio.IncompleteReadError):
                    said = await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(4)
                attempts.held(said.startswith(b"HTTP/1.1 200") and said.endswith(b"done"), f"{connection!r}: {said!r}")
                if attempts.made > BEFORE:
                    enough.set()
                if not said or b"connection: close" in said:
                    break
        writer.close()


@pytest.mark.parametrize("connection", [b"keep-alive", b"close"])
def test_no_request_is_cut_off(tmp_path: Path, attempts: Attempts, connection: bytes) -> None:
    """Neither on connections that are kept nor on new ones; later ones are refused."""

    async def load(server: Outside) -> None:
        enough = asyncio.Event()
        clients = [asyncio.create_task(ask(server, attempts, connection, enough)) for _ in range(CLIENTS)]
        await asyncio.wait_for(enough.wait(), 60)
        server.process.terminate()
        await asyncio.wait_for(asyncio.gather(*clients), 60)

    with outside(tmp_path / "server", CONF, services=SERVICES) as server:
        asyncio.run(load(server))
        assert server.process.wait(60) == 0
