"""Tests of apitest_server.wsx.websocket, with an endpoint that says back what it hears."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
import uvloop
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from apitest_server.wsx import websocket
from apitest_server.wsx.endpoint import Bounds, Refusal
from apitest_server.wsx.websocket import WebSocket
from tests.apitest.clients.certificates import Authority
from tests.server.wsx.echo import Echo

BOUNDS = Bounds(100_000, 1_000_000, 5.0, True)
HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
Connect = Callable[..., Awaitable[ClientConnection]]


def run(
    test: Callable[[list[Echo], Connect, int], Awaitable[None]], bounds: Bounds = BOUNDS, refusal: Refusal | None = None
) -> None:
    async def main() -> None:
        echoes: list[Echo] = []

        def make() -> WebSocket:
            return WebSocket(refusal or (lambda socket: Echo(socket, echoes)), bounds, lambda socket: None)

        server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
        port, made = server.sockets[0].getsockname()[1], []

        async def connected(**options: object) -> ClientConnection:
            made.append(await connect(f"ws://127.0.0.1:{port}", proxy=None, **options))  # type: ignore[arg-type]  # any
            return made[-1]

        try:
            async with asyncio.timeout(20):
                await test(echoes, connected, port)
        finally:
            server.close()
            for connection in made:
                connection.transport.abort()

    asyncio.run(main())


@pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_a_websocket_inside_of_tls_is_closed(loop: Callable[[], asyncio.AbstractEventLoop], tmp_path: Path) -> None:
    """By either side, in both directions at once, since TLS cannot be ended in one; nothing goes wrong meanwhile."""
    authority, echoes, gone, problems = Authority(tmp_path), list[Echo](), list[WebSocket](), list[object]()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.issue("server"))

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, problem: problems.append(problem))
        server = await asyncio.get_running_loop().create_server(
            lambda: WebSocket(lambda socket: Echo(socket, echoes), BOUNDS, gone.append), "127.0.0.1", 0, ssl=context
        )
        address = f"wss://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        trusting = ssl.create_default_context(cafile=authority.ca_file)
        async with asyncio.timeout(60):
            for number in (1, 2):
                async with connect(address, proxy=None, ssl=trusting) as client:
                    await client.send("a")
                    assert await client.recv() == "a"
                    if number == 2:
                        echoes[1].socket.close(1000, "enough")
                        with pytest.raises(ConnectionClosed, match="enough"):
                            await client.recv()
                await until(partial(lambda wanted: len(gone) == wanted, number))
        server.close()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(main())
    assert problems == []


async def until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.002)


def masked(opcode: int, data: bytes) -> bytes:
    """A frame of a client, whole, at most 125 bytes."""
    return bytes([0x80 | opcode, 0x80 | len(data), 0, 0, 0, 0]) + data


def test_messages_go_both_ways() -> None:
    """Texts and bytes, compressed or not, whole and in parts, and they are counted."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        for compression in (None, "deflate"):
            client = await connected(compression=compression)
            for message in ("Zoë", b"\xff\x00", "", "x" * 60_000):
                await client.send(message)
                assert await client.recv() == message
            await client.send(["Zo", "ë", ""])
            assert await client.recv() == "Zoë"
            await client.send([b"\xff", b"\x00"])
            assert await client.recv() == b"\xff\x00"
            socket = echoes[-1].socket
            assert (socket.messages_in, socket.messages_out) == (6, 6)
            assert socket.bytes_in > 0 < socket.bytes_out
            assert socket.unsent == 0

    run(test)


def test_both_sides_may_close() -> None:
    """The other one is told code and reason, and the endpoint why."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        client = await connected()
        await client.close(4000, "bye")
        await until(lambda: bool(echoes[0].lost_because))
        assert echoes[0].lost_because == "the client closed it: 4000 bye"
        client = await connected()
        echoes[1].socket.close(4001, "out", "because")
        with pytest.raises(ConnectionClosed) as closed:
            await client.recv()
        assert closed.value.rcvd is not None
        assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4001, "out")
        await until(lambda: bool(echoes[1].lost_because))
        assert echoes[1].lost_because == "because"
        echoes[1].socket.send("nobody hears this")
        echoes[1].socket.ping()
        echoes[1].socket.close(1000, "again")
        assert echoes[1].socket.unsent == 0

    run(test)


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (b"\x83\x80\0\0\0\0", "it broke the protocol: 1002"),
        (masked(1, b"\xff"), "it sent text that is not UTF-8"),
        (b"\x01\x83\0\0\0\0\xc3\x28x", "it sent text that is not UTF-8"),
        (
            b"\x82\xff" + (1 << 40).to_bytes(8, "big") + b"\0\0\0\0",
            "it sent a message larger than max_message_size: 1009",
        ),
        (b"", "the connection was lost"),
    ],
)
def test_what_breaks_the_protocol_is_closed(data: bytes, because: str) -> None:
    """With the code of RFC 6455; a client that only vanishes is lost."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HANDSHAKE)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(data + masked(1, b"not heard"))
        if not data:
            writer.transport.abort()
        else:
            await reader.read()
        writer.close()
        await until(lambda: bool(echoes[0].lost_because))
        assert echoes[0].lost_because.startswith(because)
        assert echoes[0].socket.messages_in == (0 if data else echoes[0].socket.messages_in)

    run(test)


def test_a_handshake_may_be_refused() -> None:
    """With a status; one that is none is refused by itself."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        with pytest.raises(InvalidStatus) as found:
            await connected()
        assert (found.value.response.status_code, bytes(found.value.response.body)) == (503, b"Too many\n")
        assert not echoes

    run(test, refusal=Refusal(503, "Too many\n"))


def test_a_bad_handshake_is_refused() -> None:
    """Without a key, for example."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HANDSHAKE.replace(b"Sec-WebSocket-Key", b"Other"))
        assert (await reader.read()).startswith(b"HTTP/1.1 400 ")
        writer.close()
        assert not echoes

    run(test)


def test_a_client_that_does_not_read_is_closed() -> None:
    """Once more than it may leaves unread waits; nothing is read from it meanwhile."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1000)
        writer.write(HANDSHAKE)
        await until(lambda: bool(echoes))
        socket = echoes[0].socket
        while not echoes[0].lost_because:
            socket.send(b"x" * 50_000)
            await asyncio.sleep(0)
        assert echoes[0].lost_because == "more than it reads waits to be sent"
        writer.close()

    run(test, Bounds(1000, 300_000, 60.0))


def test_one_large_message_does_not_cut_off_who_reads() -> None:
    """However much more it is than what may wait."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        client = await connected(compression=None, max_size=None)
        echoes[0].socket.send(b"x" * 20_000_000)
        assert len(await client.recv()) == 20_000_000
        await client.send("next")
        assert await client.recv() == "next"

    run(test, Bounds(1000, 1000, 60.0))


def test_a_client_that_reads_too_late_is_closed() -> None:
    """Whatever is unsent then."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1000)
        writer.write(HANDSHAKE)
        await until(lambda: bool(echoes))
        echoes[0].socket.send(b"x" * 20_000_000)
        await until(lambda: bool(echoes[0].lost_because))
        assert echoes[0].lost_because == "it does not read what it is sent"
        writer.close()

    run(test, Bounds(1000, 100_000_000, 0.05))


def test_a_client_that_reads_slowly_gets_everything() -> None:
    """It is read from again once it has caught up."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        client = await connected(compression=None, max_size=None)
        echoes[0].socket.send(b"x" * 20_000_000)
        await client.send("next")
        assert len(await client.recv()) == 20_000_000
        assert await client.recv() == "next"

    run(test, Bounds(1000, 100_000_000, 60.0))


def test_nothing_is_read_while_it_is_held() -> None:
    """What came already is kept as bytes, and read afterwards in its order."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        client = await connected(compression=None)
        socket = echoes[0].socket
        await client.send("first")
        await client.recv()
        socket.hold(True)
        socket.hold(True)
        for number in range(2000):
            await client.send(f"{number:040}")
        assert socket.messages_in == 1
        socket.hold(False)
        assert [await client.recv() for _ in range(2000)] == [f"{number:040}" for number in range(2000)]

    run(test)


def test_close_is_read_also_while_it_is_held() -> None:
    """Of a client that answers Close nobody waits for the time that others have; what else it says is not heard."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        client = await connected()
        socket = echoes[0].socket
        socket.hold(True)
        await client.send("nobody hears this")
        loop = asyncio.get_running_loop()
        started = loop.time()
        socket.close(1001, "out")
        with pytest.raises(ConnectionClosed):
            await client.recv()
        await until(lambda: bool(echoes[0].lost_because))
        assert loop.time() - started < websocket.CLOSING
        assert socket.messages_in == 0

    run(test)


def test_a_client_that_does_not_close_its_side_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """After some seconds."""
    monkeypatch.setattr(websocket, "CLOSING", 0.05)

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HANDSHAKE)
        await until(lambda: bool(echoes))
        echoes[0].socket.close(1000, "out")
        await until(lambda: bool(echoes[0].lost_because))
        writer.close()

    run(test)


def test_frames_can_be_tapped() -> None:
    """In both directions, control frames as well."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        client, seen = await connected(compression=None), []
        echoes[0].socket.tap = lambda direction, opcode, data, size: seen.append((direction, opcode, data))
        await client.send("a")
        await client.recv()
        echoes[0].socket.send(b"b")
        echoes[0].socket.ping()
        await client.recv()
        await until(lambda: echoes[0].pongs == 1)
        echoes[0].socket.close(1000, "bye")
        with suppress(ConnectionClosed):
            await client.recv()
        await until(lambda: bool(echoes[0].lost_because))
        assert seen[:5] == [("<", 1, b"a"), (">", 1, b"a"), (">", 2, b"b"), (">", 9, b""), ("<", 10, b"")]
        assert seen[5:] == [(">", 8, b"1000 bye"), ("<", 8, b"\x03\xe8bye")]

    run(test)


def test_a_server_that_stops_tells_its_endpoint() -> None:
    """A connection without one is closed."""

    async def test(echoes: list[Echo], connected: Connect, port: int) -> None:
        client = await connected()
        echoes[0].socket.shutdown()
        with pytest.raises(ConnectionClosed):
            await client.recv()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        socket = WebSocket(lambda socket: Echo(socket, []), BOUNDS, lambda socket: None)
        socket.connection_made(writer.transport)  # type: ignore[arg-type]  # as a server's
        socket.shutdown()
        assert await reader.read() == b""

    run(test)
