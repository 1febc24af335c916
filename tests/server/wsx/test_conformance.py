"""The Autobahn cases, which PyPI's kosoku runs: our WebSockets hold as well as the package websockets does."""

import asyncio
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState
from websockets.asyncio.server import ServerConnection, serve

from apitest_server.config import Limits
from apitest_server.process.connections import Connections
from apitest_server.process.protocol import LimitedProtocol
from tests.server.wsx.echo import LARGEST, EchoDoor
from tests.services.environments import environment
from tests.services.installation import Unavailable

LEFT_OUT = ("9.*", "12.*", "13.*")  # Speed, and compression, which a client need not offer
CASES = 247


@pytest.fixture(scope="module")
def kosoku() -> str:
    """The program that runs the cases."""
    try:
        return str(environment("kosoku==0.1.0").with_name("kosoku"))
    except Unavailable as reason:
        pytest.skip(f"kosoku: {reason}")


async def echo(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(message)


async def failures(kosoku: str, port: int, report: Path) -> set[str]:
    """The cases that a server fails."""
    leave_out = [part for case in LEFT_OUT for part in ("-x", case)]
    command = [kosoku, "-m", "fuzzingclient", *leave_out, "-p", "4", "-o", str(report), f"127.0.0.1:{port}"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe)
    await process.communicate()
    found: dict[str, dict[str, Any]] = json.loads((report / "index.json").read_text("utf-8"))
    [cases] = found.values()
    assert len(cases) == CASES
    return {name for name, case in cases.items() if case["behavior"] in {"FAILED", "UNIMPLEMENTED"}}


@pytest.mark.live
def test_the_autobahn_cases_hold_as_in_the_package_websockets(tmp_path: Path, kosoku: str) -> None:
    """Through our HTTP listener; no case fails that does not fail there, in the same run."""

    async def main() -> tuple[set[str], set[str]]:
        door, loop = EchoDoor(), asyncio.get_running_loop()
        config = uvicorn.Config(lambda: None, interface="asgi3", lifespan="off", log_config=None, access_log=False)
        make = partial(LimitedProtocol, Limits(), Connections(1000, 1000), door, config, ServerState(), {})
        ours = await loop.create_server(make, "127.0.0.1", 0)
        async with asyncio.timeout(100), serve(echo, "127.0.0.1", 0, max_size=LARGEST) as theirs:
            ports = [next(iter(server.sockets)).getsockname()[1] for server in (ours, theirs)]
            found = [await failures(kosoku, port, tmp_path / str(port)) for port in ports]
        ours.close()
        assert len(door.made) >= CASES
        return found[0], found[1]

    ours, theirs = asyncio.run(main())
    assert ours <= theirs
    assert len(theirs) <= 1
