"""Tests of apitest_server.process.protocol: a server in this process, and clients that write bytes."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest
import uvicorn
from uvicorn.server import ServerState

from apitest_server.config import Limits
from apitest_server.process.connections import Connections
from apitest_server.process.protocol import LimitedProtocol
from apitest_server.service.asgi import Receive, Send
from apitest_server.wsx.backend import Backend
from apitest_server.wsx.channels import Channels
from apitest_server.wsx.door import Door

GET = b"GET / HTTP/1.1\r\n\r\n"
NO_CHANNELS = Door(Channels(), Backend(None, None, None, None, 0), 30)  # type: ignore[arg-type]  # nobody comes to be answered
LIMITS = Limits(header_size=1000, header_count=10, header_timeout=30, body_timeout=30, write_timeout=30)
Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Server:
    def __init__(self, limits: Limits, most: int = 10) -> None:
        self.state = ServerState()
        self.connected = Connections(most, most)
        self.requests = 0
        self.release = asyncio.Event()
        self.release.set()
        self.response = b"ok"
        self.config = uvicorn.Config(
            self.app, interface="asgi3", lifespan="off", ws="none", log_config=None, access_log=False
        )
        self.make = partial(LimitedProtocol, limits, self.connected, NO_CHANNELS, self.config, self.state, {})

    async def app(self, scope: object, receive: Receive, send: Send) -> None:
        self.requests += 1
        while True:
            message = await receive()
            if not message.get("more_body"):
                break
        await self.release.wait()
        length = str(len(self.response)).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
        await send({"type": "http.response.body", "body": self.response})


def run(test: Callable[[Server, Callable[[], Awaitable[Client]]], Awaitable[None]], limits: Limits = LIMITS) -> None:
    async def main() -> None:
        server = Server(limits)
        listening = await asyncio.get_running_loop().create_server(server.make, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        clients: list[Client] = []

        async def connect() -> Client:
            clients.append(await asyncio.open_connection("127.0.0.1", port))
            return clients[-1]

        try:
            async with asyncio.timeout(8):
                await test(server, connect)
        finally:
            listening.close()
            for _, writer in clients:
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()

    asyncio.run(main())


async def said(client: Client, data: bytes) -> bytes:
    """Everything that the server says until it closes."""
    reader, writer = client
    writer.write(data)
    return await reader.read()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 20_000, b"431"),
        (b"GET /" + b"a" * 20_000, b"431"),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 11 + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 9 + b"Connection: close\r\n\r\n", b"200"),
        (b"\r\n" * 10_000, b"431"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"a" * 20_000, b"431"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"A: b\r\n" * 900 + b"\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: " + b"a" * 20_000, b"431"),
        (
            b"POST / HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"1\r\na\r\n" * 20_000
            + b"0\r\n\r\n",
            b"200",
        ),
        (b"POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 300000\r\n\r\n" + b"a" * 300_000, b"200"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
)
def test_a_head_has_a_largest_size(data: bytes, status: bytes) -> None:
    """And so has all that surrounds a body; the body itself does not count."""

    async def test(server: Server, connect: Callable[[], Awaitable[Client]]) -> None:
        assert (await said(await connect(), data)).startswith(b"HTTP/1.1 " + status)

    run(test)


def test_pipelined_requests_wait_as_bytes() -> None:
    """They are all answered, in their order, and only those of one slice were parsed before."""

    async def test(server: Server, connect: Callable[[], Awaitable[Client]]) -> None:
        server.release.clear()
        reader, writer = await connect()
        writer.write(GET * 3000 + b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        while not server.requests:
            await asyncio.sleep(0)
        (protocol,) = server.state.connections
        assert isinstance(protocol, LimitedProtocol)
        assert (server.requests, protocol.flow.held) == (1, True)
        assert 0 < len(protocol.pipeline) <= 4096 // len(GET)
        server.release.set()
        assert (await reader.read()).count(b"HTTP/1.1 200 OK") == 3001

    run(test)


def test_requests_before_garbage_are_answered() -> None:
    """Then the connection is closed."""

    async def test(server: Server, connect: Callable[[], Awaitable[Client]]) -> None:
        found = await said(await connect(), GET + GET + b"nonsense\r\n\r\n")
        assert (found.count(b"HTTP/1.1"), found.count(b"200 OK")) == (2, 2)

    run(test)


@pytest.mark.parametrize(
    ("limit", "data"),
    [
        ("header_timeout", b""),
        ("header_timeout", b"GET / HTTP/1.1\r\nA: b\r\n"),
        ("body_timeout", b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc"),
    ],
)
def test_a_request_has_its_time(limit: str, data: bytes) -> None:
    """408 once it is over: before the first byte, in the headers, in the body."""

    async def test(server: Server, connect: Callable[[], Awaitable[Client]]) -> None:
        assert (await said(await connect(), data)).startswith(b"HTTP/1.1 408 ")
        assert server.connected.count == 0

    run(test, replace(LIMITS, **{limit: 0.05}))


def test_a_client_that_does_not_read_is_cut_off() -> None:
    """Its response does not stay in memory for ever."""

    async def test(server: Server, connect: Callable[[], Awaitable[Client]]) -> None:
        server.response = b"x" * 30_000_000
        _, writer = await connect()
        writer.transport.pause_reading()  # type: ignore[attr-defined]  # every transport of a socket has it
        writer.write(GET)
        while not server.requests or server.connected.count:
            await asyncio.sleep(0.01)
        assert not server.state.connections

    run(test, replace(LIMITS, write_timeout=0.05))


def test_one_connection_too_many_is_refused() -> None:
    """503 at once; there is room again once another one is gone."""

    async def test(server: Server, connect: Callable[[], Awaitable[Client]]) -> None:
        server.connected.most = 1
        first = await connect()
        first[1].write(GET)
        assert (await first[0].readline()).startswith(b"HTTP/1.1 200")
        assert (await said(await connect(), b"")).startswith(b"HTTP/1.1 503 ")
        first[1].close()
        while server.connected.count:
            await asyncio.sleep(0)
        assert (await said(await connect(), b"nonsense\r\n\r\n")).startswith(b"HTTP/1.1 400")

    run(test)


def test_a_server_that_stops_answers_what_is_under_way() -> None:
    """A request that comes while idle connections are being closed, too; each is the last of its connection."""

    async def test(server: Server, connect: Callable[[], Awaitable[Client]]) -> None:
        reader, writer = await connect()
        writer.write(GET)
        assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200")
        (protocol,) = server.state.connections
        protocol.shutdown()
        writer.write(GET)
        found = await reader.read()
        assert found.startswith(b"HTTP/1.1 200")
        assert b"connection: close" in found

    run(test)


@pytest.mark.parametrize(
    ("data", "statuses"),
    [
        (GET, [b"200"]),
        (GET * 3, [b"200"] * 3),
        (GET + b"GET / HTTP/1.1\r\nA: ", [b"200"]),
        (b"GET / HTTP/1.1\r\nA: ", [b"400"]),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc", [b"400"]),
        (b"", []),
    ],
)
def test_a_client_that_sends_nothing_more_is_answered(data: bytes, statuses: list[bytes]) -> None:
    """To all that is complete; what is not is refused, unless an answer went before it."""

    async def test(server: Server, connect: Callable[[], Awaitable[Client]]) -> None:
        server.release.clear()
        reader, writer = await connect()
        writer.write(data)
        writer.write_eof()
        if data.startswith(GET):
            while not server.requests:
                await asyncio.sleep(0)
        server.release.set()
        said = await reader.read()
        assert [part[:3] for part in said.split(b"HTTP/1.1 ")[1:]] == statuses
        while server.connected.count:
            await asyncio.sleep(0)

    run(test)
