"""A second server in the process of a test, on the event loop of the first: the one that calls."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from apitest_server.app import App
from apitest_server.config import parse
from apitest_server.outgoing.connections import OUTGOING
from apitest_server.wsx.outgoing import WSXConnection
from tests.server import asgi
from tests.server.wsx.serving import Listening

HOOKS = """
from zato.server.service import Opaque, Service

class Hook(Service):
    name = 'test.hook'
    heard = []
    class SimpleIO:
        input_optional = (Opaque('ctx'),)
    def handle(self):
        ctx = self.request.input.ctx
        Hook.heard.append((ctx.type, ctx.data.data))
        self.response.payload = {'heard': ctx.data.data}

class Failing(Service):
    name = 'test.failing'
    heard = []
    failures = 2
    class SimpleIO:
        input_optional = (Opaque('ctx'),)
    def handle(self):
        Failing.heard.append(self.request.input.ctx.data.data)
        if len(Failing.heard) <= Failing.failures:
            raise RuntimeError('not yet')

class Call(Service):
    name = 'test.call'
    def handle(self):
        with self.out.wsx.get('There').conn.client() as client:
            self.response.payload = client.invoke(self.request.payload)

class CallOnTheLoop(Service):
    name = 'test.call-on-the-loop'
    async def handle(self):
        with self.out.wsx.get('There').conn.client() as client:
            self.response.payload = await client.send(self.request.payload)
"""

_TURNS = 20  # of the event loop, in which sockets that were let go are closed


class Calling:
    """A server that calls another one."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def connection(self) -> WSXConnection:
        """The one that is called There."""
        found: WSXConnection = self.app.components[OUTGOING].wsx["There"]
        return found

    def service(self, name: str) -> type:
        """The class of a service."""
        return self.app.store.get(name).cls

    async def call(self, service: str, payload: object = None) -> object:
        """What a service returns."""
        return await self.app.invoke(service, payload)

    async def connect(self, address: str, **fields: object) -> int:
        """Creates the connection There; returns its ID."""
        given = {"name": "There", "address": address, **fields}
        made = await self.call("zato.outgoing.wsx.create", given)
        return made["id"]

    async def until_open(self) -> None:
        """Waits until all links are open."""
        while not (self.connection.links and all(link.is_open for link in self.connection.links)):
            await asyncio.sleep(0.005)


@asynccontextmanager
async def calling(directory: Path, conf: str = "", **files: str) -> AsyncIterator[Calling]:
    """A server of these service files, started."""
    services = directory / "services"
    services.mkdir(parents=True, exist_ok=True)
    for name, text in {"hooks": HOOKS, **files}.items():
        (services / f"{name}.py").write_text(text, "utf-8")
    asgi.share_cache(directory)
    app = App(parse(conf, directory / "server.conf"))
    await app.startup()
    try:
        yield Calling(app)
    finally:
        await app.shutdown()
        for _ in range(_TURNS):
            await asyncio.sleep(0)


def address(here: Listening, path: str = "/") -> str:
    """Where a channel is found."""
    return f"ws://127.0.0.1:{here.port}{path}"
