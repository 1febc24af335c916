"""Any WebSocket server, on the event loop of a test: it does with each connection what the test says."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.server import Server, ServerConnection, serve

Handler = Callable[[ServerConnection], Awaitable[None]]
Raw = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(handler: Handler, tls: ssl.SSLContext | None = None, **options: object) -> AsyncIterator[str]:
    """The address of a WebSocket server of the package websockets."""
    server: Server
    async with serve(handler, "127.0.0.1", 0, ssl=tls, **options) as server:  # type: ignore[arg-type]  # any option
        scheme = "wss" if tls else "ws"
        yield f"{scheme}://127.0.0.1:{port_of(server)}/"


@asynccontextmanager
async def raw(behave: Raw) -> AsyncIterator[str]:
    """The address of a server that speaks whatever the test says."""
    writers: list[asyncio.StreamWriter] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        with suppress(OSError, asyncio.IncompleteReadError):
            await behave(reader, writer)
        writer.transport.abort()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()
        for _ in range(5):  # Whoever was let in by the system has a writer then
            await asyncio.sleep(0)
        for writer in writers:
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()


def port_of(server: Server) -> int:
    """Where it listens."""
    found: int = next(iter(server.sockets)).getsockname()[1]
    return found
