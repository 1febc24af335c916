"""Messages given out to who asks for them, and back in their queue if that one goes away meanwhile."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from apitest_server.pubsub.message import Message

MOST_BYTES = 32 * 1024 * 1024  # bytes of data that are given out at once, but for a single message that is larger


class Held(Exception):
    """What comes next is in the hands of another server, which delivers it, or gives it back, or dies."""


class Source(Protocol):
    """Where messages are taken from. What can be done at once saves a task for each delivery."""

    def claim_now(self, sub_key: str, limit: int, most_bytes: int) -> list[Message]: ...
    def confirm_now(self, sub_key: str, msg_ids: Sequence[str]) -> bool: ...

    async def claim(
        self, sub_key: str, limit: int = ..., most_bytes: int = ..., *, is_pushed: bool = ...
    ) -> list[Message]: ...
    async def confirm(self, sub_key: str, msg_ids: Sequence[str]) -> None: ...
    async def release(self, sub_key: str, msg_ids: Sequence[str], was_sent: bool = ..., problem: str = ...) -> int: ...


async def taken(
    source: Source, sub_key: str, limit: int, most_bytes: int = MOST_BYTES, *, is_pushed: bool = False
) -> list[Message]:
    """The next messages of a queue. If this is cancelled while they are looked for, they go back, as if not given out.

    Args:
        source: what has the messages.
        sub_key: whose queue.
        limit: how many at most.
        most_bytes: of data; a larger message comes alone.
        is_pushed: as in ``claim``.

    Raises:
        HTTPError: they cannot be given out.
        Held: those that are pushed cannot be given out yet.
    """
    claiming = asyncio.ensure_future(source.claim(sub_key, limit, most_bytes, is_pushed=is_pushed))
    try:
        return await asyncio.shield(claiming)
    except asyncio.CancelledError:
        await asyncio.shield(asyncio.ensure_future(_give_back(source, sub_key, claiming)))
        raise


async def _give_back(source: Source, sub_key: str, claiming: "asyncio.Task[list[Message]]") -> None:
    with suppress(Exception):  # Then there is nothing to give back
        messages = await claiming
        if messages:
            await source.release(sub_key, [message.msg_id for message in messages], was_sent=False)
