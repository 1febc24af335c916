"""A server in this process that listens on a port, and clients of it on the same event loop."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from uvicorn.server import ServerState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from apitest_server.cluster.local import token
from apitest_server.process.connections import Connections
from apitest_server.process.protocol import LimitedProtocol
from apitest_server.wsx.channels import Channel
from apitest_server.wsx.client import Client
from apitest_server.wsx.protocol import create_session, invoke_service
from apitest_server.wsx.web_sockets import WEB_SOCKETS, WebSockets
from tests.server import asgi

T = TypeVar("T")
SECONDS = 100  # below the limit of pytest
SERVICES = """
import asyncio, threading
from zato.server.service import Int, Service

class Echo(Service):
    name = 'test.echo'
    async def handle(self):
        self.response.payload = self.request.payload

class Whoever(Service):
    name = 'test.whoever'
    class SimpleIO:
        input_required = (Int('a'),)
        output_required = ('user', 'channel', 'type', 'a')
    def handle(self):
        self.response.payload = {'user': self.channel.user, 'channel': self.channel.name, 'type': self.channel.type,
                                 'a': self.request.input.a}

class Broken(Service):
    name = 'test.broken'
    def handle(self):
        raise RuntimeError('only for the log')

class Numbered(Service):
    name = 'test.numbered'
    begun = 0
    async def handle(self):
        Numbered.begun += 1
        self.response.payload = Numbered.begun

class Slow(Service):
    name = 'test.slow'
    running = 0
    async def handle(self):
        Slow.running += 1
        await asyncio.sleep(self.request.payload)
        Slow.running -= 1
        self.response.payload = 'slept'
"""
BASIC = "[security]\n[[basic]]\ntype = basic-auth\nusername = user1\npassword = secret1\n"
_ids = count(1)


class Guest:
    """A client that speaks WSX."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.token = ""

    async def sign_in(self, username: str = "", secret: str = "", **client: object) -> dict[str, Any]:
        about = {"client_id": "c1", "client_name": "One", **client}
        answer = await self.ask(create_session(f"auth.{next(_ids)}", "t", about, username, secret))
        if answer["meta"]["msg_type"] == "zwsx.rspa":
            self.token = answer["data"]["token"]
        return answer

    async def invoke(self, data: object = None, token: str = "") -> dict[str, Any]:
        return await self.ask(invoke_service(f"invs.{next(_ids)}", "t", token or self.token, {}, data))

    async def ask(self, message: str | bytes) -> dict[str, Any]:
        await self.connection.send(message)
        return await self.next()

    async def next(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(await self.connection.recv())
        return found

    async def closed(self) -> tuple[int, str]:
        """Code and reason with which the server closes, whatever it says before."""
        try:
            while True:
                await self.connection.recv()
        except ConnectionClosed as closed:
            return (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (1006, "")


class Listening:
    """A server that listens."""

    def __init__(self, client: asgi.Client, port: int, connected: Connections) -> None:
        self.client = client
        self.port = port
        self.connected = connected
        self.guests: list[Guest] = []

    @property
    def web_sockets(self) -> WebSockets:
        return self.client.app.components[WEB_SOCKETS]

    def channel(self) -> Channel:
        """The first channel."""
        return next(iter(self.web_sockets.channels))

    def one(self) -> Client:
        """The one client that is connected."""
        [client] = self.web_sockets.clients()
        return client

    async def connect(self, path: str = "/", port: int = 0, **options: Any) -> Guest:
        connection = await connect(f"ws://127.0.0.1:{port or self.port}{path}", **{"proxy": None, **options})
        self.guests.append(Guest(connection))
        return self.guests[-1]

    async def call(self, service: str, payload: object = None) -> Any:
        """What a service answers to an administrator, or status and details where it refuses."""
        headers = {"Authorization": f"Bearer {token(self.client.app.odb.key)}", "Content-Type": "application/json"}
        body = json.dumps(payload).encode()
        answer = await self.client.answer("POST", f"/zato/json/{service}", headers, body, 1 << 16)
        if answer.status != 200:
            return answer.status, answer.json()["zato_env"]["details"]
        return answer.json()[f"{service.replace('.', '_').replace('-', '_')}_response"]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits until something is so."""
        while not condition():
            await asyncio.sleep(0.005)


@contextmanager
def listening(
    directory: Path, test: Callable[[Listening], Awaitable[T]], conf: str = "", most: int = 1000
) -> Iterator[T]:
    """What a test returns that runs on the event loop of a server with these channels; the server is still there."""
    with asgi.served(directory, conf, services=SERVICES) as client:
        yield client.runner.run(_listen(client, test, most))


def run(directory: Path, test: Callable[[Listening], Awaitable[T]], conf: str = "", most: int = 1000) -> T:
    """What a test returns that runs on the event loop of a server."""
    with listening(directory, test, conf, most) as found:
        return found


async def _listen(client: asgi.Client, test: Callable[[Listening], Awaitable[T]], most: int) -> T:
    app, loop = client.app, asyncio.get_running_loop()
    connected, state = Connections(most, most), ServerState()
    config = uvicorn.Config(
        app,
        interface="asgi3",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=bool(app.config.main.trusted_proxies),
        forwarded_allow_ips=list(app.config.main.trusted_proxies),
    )
    config.load()
    web_sockets = app.components[WEB_SOCKETS]

    def make(port: int) -> Callable[[], LimitedProtocol]:
        return partial(LimitedProtocol, app.config.limits, connected, web_sockets.door(port), config, state, {})

    async def listen(sock: socket.socket, port: int) -> asyncio.Server:
        return await loop.create_server(make(port), sock=sock)

    server = await loop.create_server(make(0), "127.0.0.1", 0)
    await web_sockets.ports.start(listen)
    here = Listening(client, server.sockets[0].getsockname()[1], connected)
    try:
        async with asyncio.timeout(SECONDS):
            return await test(here)
    finally:
        server.close()
        web_sockets.ports.close()
        for guest in here.guests:
            guest.connection.transport.abort()
        await here.until(lambda: not state.connections)


def channel(**fields: object) -> str:
    """server.conf with one channel."""
    lines = [f"{name} = {value}" for name, value in {"service": "test.echo", **fields}.items()]
    return BASIC + "[websocket]\n[[one]]\n" + "\n".join(lines) + "\n"
