"""Work on the server's event loop, asked for by services: plain ones wait for it in their threads, others await it."""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import TypeVar

from apitest_server.errors import ServiceTimeout, ServiceUnavailable

T = TypeVar("T")
_MARGIN = 5.0  # seconds that a thread waits for the event loop, next to what the work may take


def here_or_awaited(
    loop: asyncio.AbstractEventLoop | None, work: Coroutine[None, None, T], name: str, timeout: float
) -> T | Awaitable[T]:
    """What a coroutine returns: at once in a thread; on an event loop it has to be awaited.

    Args:
        loop: the server's; ``None`` while it does not run.
        work: what is done there.
        name: of the connection that does it, for errors.
        timeout: seconds that an answer may take; as many may pass before, until there is a connection.

    Raises:
        ServiceUnavailable: the server is starting or stopping.
        ServiceTimeout: a thread has waited for too long.
    """
    if loop is None or loop.is_closed():
        work.close()
        raise ServiceUnavailable(f"`{name}` is not connected: the server is starting or stopping")
    try:
        running = asyncio.get_running_loop()
    except RuntimeError:
        future = asyncio.run_coroutine_threadsafe(work, loop)
        try:
            return future.result(2 * timeout + _MARGIN)
        except TimeoutError:
            future.cancel()
            raise ServiceTimeout(f"`{name}` did not answer within {timeout:g} s") from None
    if running is loop:
        return work
    return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, loop))


def is_cancelled() -> bool:
    """Whether this task was cancelled; drivers raise ``CancelledError``, too, where a connection ends."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
