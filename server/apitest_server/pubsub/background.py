"""Tasks that nobody waits for: an error in one of them is logged, and what has to go on does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Never

logger = logging.getLogger("apitest.pubsub")


class Background:
    """The tasks of one owner, on the event loop."""

    def __init__(self, about: str) -> None:
        """Takes what they do, for the log."""
        self._about = about
        self._tasks: set[asyncio.Task[object]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def start(self, work: Coroutine[object, object, object]) -> None:
        """Starts one."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def close(self) -> None:
        """Ends them."""
        for task in self._tasks:
            task.cancel()

    def _done(self, task: "asyncio.Task[object]") -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            logger.error("%s failed: %s", self._about, told(error))


async def repeated(work: Callable[[], Awaitable[object]], pause: float, about: str) -> Never:
    """Does something again and again, with a pause before each time; an error is logged, in one line."""
    while True:
        await asyncio.sleep(pause)
        try:
            await work()
        except Exception as error:
            logger.error("%s failed, and is tried again in %g s: %s", about, pause, told(error))


def told(error: BaseException) -> str:
    """What an error is, in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
