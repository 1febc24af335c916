"""Pushing: what waits in a queue goes to its subscriber, batch by batch, each again until it has arrived."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from apitest_server.pubsub.message import Message

logger = logging.getLogger("apitest.pubsub")
BATCH = 100  # messages delivered at once
FIRST, LONGEST = 0.1, 30.0  # seconds until a batch that has not arrived is sent again, which double up
Deliver = Callable[[Sequence[Message]], Awaitable[None]]


class Source(Protocol):
    """Where messages are taken from."""

    async def claim(self, sub_key: str, limit: int = ..., *, is_pushed: bool = ...) -> list[Message]: ...
    async def confirm(self, sub_key: str, msg_ids: Sequence[str]) -> None: ...
    async def release(self, sub_key: str, msg_ids: Sequence[str]) -> None: ...


class Pusher:
    """Delivers to one subscriber who is connected here.

    Attributes:
        deliver: sends a batch, and returns once it has arrived; raises if it has not.
    """

    def __init__(self, source: Source, sub_key: str, deliver: Deliver, replaced: Callable[[], None]) -> None:
        """Begins at once; to be called on the event loop.

        Args:
            source: what has the messages.
            sub_key: the subscription.
            deliver: sends a batch, and returns once it has arrived; raises if it has not.
            replaced: called when somebody else has taken over the subscription.
        """
        self.deliver = deliver
        self._source = source
        self._sub_key = sub_key
        self._replaced = replaced
        self._woken = asyncio.Event()
        self._woken.set()
        self._failures = 0
        self._task = asyncio.ensure_future(self._run())

    def wake(self) -> None:
        """There may be something to deliver."""
        self._woken.set()

    def end(self) -> None:
        """Delivers nothing more; what is being delivered goes back into its queue."""
        self._task.cancel()

    def replace(self) -> None:
        """Somebody else has taken over."""
        self.end()
        self._replaced()

    async def _run(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                while messages := await self._source.claim(self._sub_key, BATCH, is_pushed=True):
                    await self._push(messages)
            except Exception as error:
                logger.warning("Messages for %s cannot be taken from their queue now: %s", self._sub_key, error)
                self._failures += 1
                await self._pause()
                self._woken.set()

    async def _push(self, messages: Sequence[Message]) -> None:
        msg_ids = [message.msg_id for message in messages]
        try:
            await self.deliver(messages)
        except BaseException as error:
            await asyncio.shield(self._source.release(self._sub_key, msg_ids))
            if not isinstance(error, Exception):
                raise
            self._failures += 1
            logger.warning("%d messages for %s have not arrived: %s", len(messages), self._sub_key, error)
            await self._pause()
        else:
            self._failures = 0
            await self._source.confirm(self._sub_key, msg_ids)

    async def _pause(self) -> None:
        await asyncio.sleep(min(LONGEST, FIRST * 2 ** (self._failures - 1)))
