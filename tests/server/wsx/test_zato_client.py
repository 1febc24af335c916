"""A client that others wrote, PyPI's zato-websocket-client 1.6.1, as it is, against a channel."""

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.server.pubsub.subscribing import CONF, SUBSCRIBE, broker, prepare, publish
from tests.server.wsx.serving import Listening, channel, run
from tests.services.environments import environment
from tests.services.installation import Unavailable

PROGRAM = Path(__file__).parents[2] / "fixtures" / "wsx" / "zato_client.py"


@pytest.fixture(scope="module")
def python() -> str:
    """The Python that has the client."""
    try:
        return str(environment("zato-websocket-client==1.6.1"))
    except Unavailable as reason:
        pytest.skip(f"zato-websocket-client: {reason}")


@asynccontextmanager
async def started(python: str, server: Listening, *arguments: str) -> AsyncIterator[Process]:
    address = f"ws://127.0.0.1:{server.port}/"
    process = await asyncio.create_subprocess_exec(
        python, str(PROGRAM), address, *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def said(process: Process) -> list[Any]:
    assert process.stdout is not None
    line = await process.stdout.readline()
    assert line, "the client has ended"
    found: list[Any] = json.loads(line)
    return found


@pytest.mark.live
def test_the_client_of_pypi_works_unchanged(tmp_path: Path, python: str) -> None:
    """It signs in, invokes the service, answers a request of the server, and takes Close for the end."""

    async def test(server: Listening) -> None:
        async with started(python, server, "user1", "secret1", '{"a": 7}') as process:
            assert await said(process) == ["running"]
            expected = {"user": "user1", "channel": "one", "type": "web-socket", "a": 7}
            assert await said(process) == ["response", expected]
            client = server.one()
            assert (client.client_id, client.client_name) == ("till-7", "Till 7")
            asking = asyncio.create_task(client.request('{"cmd":["uptime"]}', 10))
            assert await said(process) == ["request", {"cmd": ["uptime"]}]
            assert await asking == {"heard": {"cmd": ["uptime"]}}
            frames: list[tuple[str, int]] = []
            client.socket.tap = lambda direction, opcode, data, size: frames.append((direction, opcode))
            client.disconnect("An administrator wants so")
            await server.until(lambda: not list(server.web_sockets.clients()))
            assert frames == [(">", 8), ("<", 8)]

    run(tmp_path, test, channel(service="test.whoever", security="basic"))


@pytest.mark.live
def test_the_client_of_pypi_is_refused(tmp_path: Path, python: str) -> None:
    """With a wrong secret it gets no session, and nothing is left of it."""

    async def test(server: Listening) -> None:
        async with started(python, server, "user1", "wrong", "{}") as process:
            await server.until(lambda: server.client.app.authentication._callers._failures != {})
            await server.until(lambda: not list(server.web_sockets.clients()))
            process.kill()
            assert b"response" not in (await process.communicate())[0]

    run(tmp_path, test, channel(security="basic"))


@pytest.mark.live
def test_the_client_of_pypi_is_delivered_to(tmp_path: Path, python: str) -> None:
    """It subscribes through the gateway, confirms what comes, and gets what came while it was away once it is back."""
    request = json.dumps({"service": SUBSCRIBE, "request": {"topic_name": "/customer/new"}})

    async def test(server: Listening) -> None:
        await prepare(server)
        async with started(python, server, "user1", "secret1", request) as process:
            assert await said(process) == ["running"]
            [_, told] = await said(process)
            await publish(server, {"a": 1}, has_gd=True)
            [kind, message] = await said(process)
            assert (kind, message["data"], message["delivery_count"]) == ("request", {"a": 1}, 1)
            assert message["sub_key"] == told["sub_key"]
            given = broker(server).queues._given[told["sub_key"]]
            await server.until(lambda: not given)  # It was confirmed
            process.kill()
            await server.until(lambda: not list(server.web_sockets.clients()))
        await publish(server, "b", "c", has_gd=True)
        async with started(python, server, "user1", "secret1", request) as process:
            came: list[Any] = []
            while len(came) < 2:
                kind, *rest = await said(process)
                if kind == "request":
                    came += rest[0] if isinstance(rest[0], list) else rest
            assert [one["data"] for one in came] == ["b", "c"]

    run(tmp_path, test, CONF)
