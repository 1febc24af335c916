"""Tests of apitest_server.wsx.dialled, against WebSocket servers of another make, and against worse."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from apitest_server.errors import ServiceUnavailable
from apitest_server.wsx.dialled import Address, Dialled, dial
from apitest_server.wsx.endpoint import Bounds
from tests.apitest.clients.certificates import Authority
from tests.ports import free_port
from tests.server.wsx.plain import raw, serving

BOUNDS = Bounds(100_000, 1_000_000, 5.0)


class Listener:
    """What hears everything."""

    def __init__(self, socket: Dialled) -> None:
        self.socket = socket
        self.heard: list[str | bytes] = []
        self.why = ""
        self.pongs = self.pings = 0
        self.gone = asyncio.get_running_loop().create_future()

    def opened(self) -> None:
        self.heard.append("opened")

    def received(self, message: str | bytes) -> None:
        self.heard.append(message)

    def not_utf8(self) -> None:
        self.heard.append("not UTF-8")

    def pong(self) -> None:
        self.pongs += 1

    def pinged(self) -> None:
        self.pings += 1

    def leave(self) -> None:
        self.socket.close(1001, "")

    def closing(self) -> None: ...

    def lost(self, why: str) -> None:
        self.gone.set_result(why)


async def dialled(
    url: str, timeout: float = 20.0, tls: ssl.SSLContext | None = None, **headers: str
) -> tuple[Dialled, Listener]:
    made: list[Listener] = []

    def make(socket: Dialled) -> Listener:
        made.append(Listener(socket))
        return made[-1]

    socket = await dial(Address(url, headers, tls), make, BOUNDS, timeout)
    return socket, made[0]


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        async with asyncio.timeout(20):
            await test()

    asyncio.run(main())


async def refusal(url: str, timeout: float = 20.0, tls: ssl.SSLContext | None = None) -> str:
    """Why a WebSocket cannot be opened."""
    with pytest.raises(ServiceUnavailable) as caught:
        await dialled(url, timeout, tls)
    return caught.value.details


async def echo(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(message)


def test_messages_go_both_ways() -> None:
    """With the headers that were given; then either side can close."""
    seen: list[str | None] = []

    async def handler(connection: ServerConnection) -> None:
        assert connection.request is not None
        seen.append(connection.request.headers.get("X-Key"))
        await connection.ping()
        await echo(connection)

    async def test() -> None:
        async with serving(handler) as url:
            socket, listener = await dialled(url, **{"X-Key": "abc"})
            socket.ping()
            for message in ("Zoë", b"\xff\x00", "x" * 90_000):
                socket.send(message)
            while len(listener.heard) < 4 or not listener.pongs or not listener.pings:
                await asyncio.sleep(0.002)
            assert listener.heard == ["opened", "Zoë", b"\xff\x00", "x" * 90_000]
            socket.close(1000, "done")
            assert await listener.gone == "done"
        assert seen == ["abc"]

    run(test)


def test_the_other_end_closes() -> None:
    """Its code and reason are told."""

    async def handler(connection: ServerConnection) -> None:
        await connection.close(4001, "no more")

    async def test() -> None:
        async with serving(handler) as url:
            _, listener = await dialled(url)
            assert await listener.gone == "the remote end closed it: 4001 no more"

    run(test)


def test_a_huge_message_is_not_taken() -> None:
    """The connection is closed before it is read."""

    async def handler(connection: ServerConnection) -> None:
        await connection.send("x" * 100_001)
        await connection.wait_closed()

    async def test() -> None:
        async with serving(handler) as url:
            _, listener = await dialled(url)
            assert "1009" in await listener.gone
            assert listener.heard == ["opened"]

    run(test)


def test_a_server_that_refuses() -> None:
    """Its status is told; redirects are not followed."""

    def refuse(connection: ServerConnection, request: Request) -> Response:
        return connection.respond(HTTPStatus.UNAUTHORIZED, "who?")

    async def test() -> None:
        async with serving(echo, process_request=refuse) as url:
            assert await refusal(url) == "It refuses the WebSocket with the status 401"

    run(test)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "It closed the connection before the WebSocket was open"),
        (b"220 mail.example.com ESMTP\r\n\r\n", "It did not answer as a WebSocket server does"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "It refuses the WebSocket with the status 200"),
        (
            b"HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n",
            "It did not answer as a WebSocket server does",
        ),
        (b"HTTP/1.1 " + b"x" * 20_000, "It did not answer as a WebSocket server does"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000, "It did not answer as a WebSocket server does"),
    ],
)
def test_a_server_that_does_not_speak_websocket(said: bytes, why: str) -> None:
    """Whatever it says, or says without an end."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        await writer.drain()
        if said:
            await reader.read()

    async def test() -> None:
        async with raw(behave) as url:
            assert await refusal(url) == why

    run(test)


def test_a_server_that_never_answers() -> None:
    """Neither the handshake, nor the beginning of TLS."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1000):
            writer.write(b"")

    async def test() -> None:
        async with raw(behave) as url:
            assert await refusal(url, 0.05) == "It did not open a WebSocket within 0.05 s"
            secure = url.replace("ws:", "wss:")
            assert await refusal(secure, 0.05, ssl.create_default_context()) == (
                "It did not open a WebSocket within 0.05 s"
            )

    run(test)


def test_nobody_is_there() -> None:
    """At a port that is closed."""

    async def test() -> None:
        assert "Connect" in await refusal(f"ws://127.0.0.1:{free_port()}/")

    run(test)


def test_certificates_are_verified(tmp_path: Path) -> None:
    """Only who was signed by an authority that we trust is talked to."""
    certificate, key = Authority(tmp_path).issue("server")
    serves = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serves.load_cert_chain(certificate, key)

    async def test() -> None:
        async with serving(echo, serves) as url:
            assert "TLS: " in await refusal(url, tls=ssl.create_default_context())
            trusting = ssl.create_default_context(cafile=tmp_path / "ca.pem")
            socket, listener = await dialled(url, tls=trusting)
            socket.send("hello")
            while len(listener.heard) < 2:
                await asyncio.sleep(0.002)
            socket.leave(1001, "done")
            assert await listener.gone == "done"

    run(test)


def test_who_leaves_does_not_wait() -> None:
    """The Close frame arrives all the same."""
    closed: list[tuple[int | None, str | None]] = []

    async def handler(connection: ServerConnection) -> None:
        await connection.wait_closed()
        closed.append((connection.close_code, connection.close_reason))

    async def test() -> None:
        async with serving(handler) as url:
            socket, listener = await dialled(url)
            socket.leave(1001, "done")
            assert await listener.gone == "done"
            while not closed:
                await asyncio.sleep(0.002)

    run(test)
    assert closed == [(1001, "done")]
