"""Server-sent events on their way to a browser: they end with the session, and say so; a silent one is kept alive."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from apitest_server.admin.answers import Stream
from apitest_server.admin.calls import Refused
from apitest_server.errors import Unauthorized
from apitest_server.service.asgi import Receive, Send

logger = logging.getLogger("apitest.admin")
EVERY = 1.0  # seconds between two looks at whether the session still lasts
ALIVE = 15  # looks between two comments, by which a browser knows that the server is still there


async def send_stream(
    stream: Stream, look: Callable[[], Awaitable[object]], leaving: asyncio.Event, receive: Receive, send: Send
) -> None:
    """Sends events until there are no more, the session is over, the server stops, or the browser is gone.

    Args:
        stream: the events.
        look: raises Refused once the session is over.
        leaving: set once the server stops, which would wait for whoever looks.
        receive: of ASGI.
        send: of ASGI.
    """
    await send({"type": "http.response.start", "status": 200, "headers": stream.raw_headers()})
    sending = asyncio.ensure_future(_events(stream.events, send))
    ending = asyncio.ensure_future(_session(look, send))
    gone = asyncio.ensure_future(_disconnected(receive))
    tasks = (sending, ending, gone, asyncio.ensure_future(leaving.wait()))
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if not gone.cancelled():
        return
    why = ending.result() if not ending.cancelled() and not ending.exception() else ""
    if not sending.cancelled() and sending.exception():
        logger.error("A stream of web-admin has failed", exc_info=sending.exception())
    end = f"event: end\ndata: {json.dumps({'why': why})}\n\n"
    await send({"type": "http.response.body", "body": end.encode("ascii")})


async def _events(events: AsyncIterator[bytes], send: Send) -> None:
    async for event in events:
        await send({"type": "http.response.body", "body": b"data: " + event + b"\n\n", "more_body": True})


async def _session(look: Callable[[], Awaitable[object]], send: Send) -> str:
    """Ends with the session; returns ``session``, or nothing where that cannot be told, as the database is away."""
    looks = 0
    while True:
        try:
            await look()
        except Refused as error:
            return "session" if isinstance(error.error, Unauthorized) else ""
        looks += 1
        if looks % ALIVE == 0:
            await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
        await asyncio.sleep(EVERY)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
