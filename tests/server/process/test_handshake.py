"""Tests of apitest_server.process.handshake, with clients that speak TLS, or do not."""

import asyncio
import logging
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest
import uvicorn
import uvloop
from uvicorn.server import ServerState

from apitest_server.config import Config, Limits
from apitest_server.config.tls import TLS
from apitest_server.process.certificate import encryption
from apitest_server.process.connections import Connections
from apitest_server.process.handshake import Handshake
from apitest_server.service.asgi import Receive, Scope, Send
from apitest_server.wsx.channels import Channels
from apitest_server.wsx.door import Door
from tests.apitest.clients.certificates import Authority

NO_CHANNELS = Door(Channels(), None, 30)  # type: ignore[arg-type]  # nobody comes to be answered
GET = b"GET / HTTP/1.1\r\n\r\n"
LIMITS = Limits()
LAST = b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n"
LOOPS = pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop])


@dataclass
class Server:
    """Answers with how it was called."""

    directory: Path
    port: int = 0
    scopes: list[Scope] = field(default_factory=list)
    state: ServerState = field(default_factory=ServerState)
    connected: Connections = field(default_factory=lambda: Connections(3, 3))

    def client(self, *certificate: Path) -> ssl.SSLContext:
        made = ssl.create_default_context(cafile=self.directory / "ca.pem")
        if certificate:
            made.load_cert_chain(*certificate)
        return made

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    async def connect(self, *certificate: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port, ssl=self.client(*certificate))

    async def said(self, data: bytes, *certificate: Path) -> bytes:
        """All that the server says to a client."""
        reader, writer = await self.connect(*certificate)
        writer.write(data)
        answer = await reader.read()
        writer.close()
        return answer

    def talk(self, context: ssl.SSLContext) -> bytes:
        """The answer to a request, for a client that then says that it sends nothing more; called in a thread."""
        with (
            socket.create_connection(("127.0.0.1", self.port)) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as sock,
        ):
            sock.sendall(GET)
            said = b""
            while not said.endswith(b"ok"):
                said += sock.recv(4096)
            sock.unwrap()
            return said

    async def until(self, is_so: Callable[[], object]) -> None:
        while not is_so():
            await asyncio.sleep(0.005)


def run(
    directory: Path,
    test: Callable[[Server], Awaitable[None]],
    loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop,
    limits: Limits = LIMITS,
) -> None:
    authority = Authority(directory)
    authority.issue("server")
    authority.issue("client")
    server = Server(directory)
    tls = TLS("server.pem", "server.key", client_authorities="ca.pem")
    context = encryption(replace(Config(directory), tls=tls))
    assert context is not None
    config = uvicorn.Config(
        server.app,  # type: ignore[arg-type]  # ASGI as this server has it
        interface="asgi3",
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
    )
    config.load()
    make = partial(Handshake, context, limits, server.connected, NO_CHANNELS, config, server.state, {})

    async def main() -> None:
        listening = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
        server.port = listening.sockets[0].getsockname()[1]
        async with asyncio.timeout(60):
            await test(server)
            await server.until(lambda: not server.state.connections)
            assert server.connected.count == 0
        listening.close()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(main())


@LOOPS
def test_requests_are_answered(tmp_path: Path, loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    """As over plain HTTP, and they know that they came over TLS; every client counts once."""

    async def test(server: Server) -> None:
        answers = await asyncio.gather(*(server.said(GET + LAST) for _ in range(3)))
        assert [answer.count(b"HTTP/1.1 200 OK") for answer in answers] == [2, 2, 2]
        assert {scope["scheme"] for scope in server.scopes} == {"https"}
        assert not any("client_certificate" in scope for scope in server.scopes)
        await server.said(LAST, tmp_path / "client.pem", tmp_path / "client.key")
        assert server.scopes[-1]["client_certificate"] == (("CN", "client"),)
        reader, writer = await server.connect()
        writer.write(GET)
        await reader.readuntil(b"ok")
        assert server.connected.count == 1
        writer.close()

    run(tmp_path, test, loop)


@LOOPS
def test_clients_that_are_refused(
    tmp_path: Path, loop: Callable[[], asyncio.AbstractEventLoop], caplog: pytest.LogCaptureFixture
) -> None:
    """The log says why, a line each."""
    caplog.set_level(logging.INFO, "apitest.server")
    (tmp_path / "other").mkdir()
    stranger = Authority(tmp_path / "other").issue("stranger")

    async def test(server: Server) -> None:
        with pytest.raises((OSError, EOFError)):  # With TLS 1.3 a client learns of it when it reads
            assert not await server.said(LAST, *stranger)
            raise EOFError
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(GET)
        assert b"200" not in await reader.read()
        writer.close()
        with pytest.raises(ssl.SSLCertVerificationError):
            await asyncio.to_thread(server.talk, ssl.create_default_context())
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.close()
        await server.until(lambda: len(caplog.records) >= 4)
        assert not server.scopes

    run(tmp_path, test, loop)
    assert {record.getMessage().partition("TLS handshake: ")[2] for record in caplog.records} == {
        "it does not trust the server's certificate",
        "it speaks plain HTTP",
        "it was not finished",
        "the client's certificate: unable to get local issuer certificate",
    }


@LOOPS
def test_who_only_connects(
    tmp_path: Path, loop: Callable[[], asyncio.AbstractEventLoop], caplog: pytest.LogCaptureFixture
) -> None:
    """Counts as a connection until the time for a handshake is over."""
    caplog.set_level(logging.INFO, "apitest.server")

    async def test(server: Server) -> None:
        idle = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(3)]
        await server.until(lambda: server.connected.count == 3)
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        assert await reader.read() == b""
        for _, one in [*idle, (reader, writer)]:
            await server.until(lambda: server.connected.count == 0)
            one.close()

    run(tmp_path, test, loop, Limits(header_timeout=0.5))
    assert "there are too many" in caplog.records[0].getMessage()
    assert len(caplog.records) == 4


@LOOPS
def test_a_server_that_stops(tmp_path: Path, loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    """Lets those finish who are at it, and does not wait for those who only connect."""

    async def test(server: Server) -> None:
        _, idle = await asyncio.open_connection("127.0.0.1", server.port)
        await server.until(lambda: server.connected.count == 1)
        coming = asyncio.get_running_loop().create_task(server.connect())
        await server.until(lambda: server.connected.count == 2)
        for connection in list(server.state.connections):
            connection.shutdown()
        reader, writer = await coming
        writer.write(GET)
        assert (await reader.read()).startswith(b"HTTP/1.1 200 OK")
        writer.close()
        await server.until(lambda: not server.state.connections)
        idle.close()

    run(tmp_path, test, loop)


def test_a_client_that_sends_nothing_more(tmp_path: Path) -> None:
    """Is answered nothing more, since TLS ends in both directions."""

    async def test(server: Server) -> None:
        assert (await asyncio.to_thread(server.talk, server.client())).startswith(b"HTTP/1.1 200 OK")

    run(tmp_path, test)


def test_no_more_files_can_be_opened(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The connection is refused, and the server goes on."""
    caplog.set_level(logging.INFO, "apitest.server")

    class Socket:
        def dup(self) -> socket.socket:
            raise OSError(24, "Too many open files")

    class Transport:
        is_aborted = False

        def get_extra_info(self, name: str) -> object:
            return ("1.2.3.4", 5) if name == "peername" else Socket()

        def abort(self) -> None:
            self.is_aborted = True

    async def test(server: Server) -> None:
        config = uvicorn.Config(server.app)  # type: ignore[arg-type]  # as above
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made = Handshake(context, Limits(), server.connected, NO_CHANNELS, config, server.state, {})
        transport = Transport()
        made.connection_made(transport)  # type: ignore[arg-type]  # as much of one as is needed
        assert transport.is_aborted
        made.shutdown()

    run(tmp_path, test)
    assert "Connection of 1.2.3.4 refused: [Errno 24] Too many open files" in caplog.text
