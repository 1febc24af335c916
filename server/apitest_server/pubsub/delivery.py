"""Pushing: what waits in a queue goes to its subscriber, batch by batch, each again until it has arrived."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from typing import NamedTuple

from apitest_server.errors import HTTPError, NotFound, ServiceUnavailable
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.taking import Held, Source, taken

logger = logging.getLogger("apitest.pubsub")
BATCH = 100  # messages delivered at once
_HELD = 0.1  # seconds until it is looked again whether another server still has what comes next
Deliver = Callable[[Sequence[Message]], Awaitable[object]]


class Terms(NamedTuple):
    """How messages are pushed.

    Attributes:
        batch_size: messages at a time, at most.
        batch_bytes: of their data; a larger message goes alone.
        retry_wait: seconds until what has not arrived is sent again; twice as long each time.
        longest_retry_wait: seconds that they are never above.
        max_attempts: so many deliveries that do not arrive make a message a dead letter; 0 if none do.
        skip_wait: seconds until a hook is asked again about a message that it has skipped.
    """

    batch_size: int = BATCH
    batch_bytes: int = 512 * 1024
    retry_wait: float = 1.0
    longest_retry_wait: float = 60.0
    max_attempts: int = 10
    skip_wait: float = 30.0

    def delays(self) -> Iterator[float]:
        """Seconds before the second attempt, the third, and so on."""
        return (min(self.retry_wait * 2.0 ** min(failures, 60), self.longest_retry_wait) for failures in count())


class NotArrived(Exception):
    """Of a batch only the first few messages have arrived.

    Attributes:
        arrived: how many.
        tried: how many were sent, those that have arrived included.
    """

    def __init__(self, why: str, arrived: int, tried: int) -> None:
        super().__init__(why)
        self.arrived = arrived
        self.tried = tried


class Partly(Exception):
    """Only the first few messages of a batch were sent, and have arrived; the others are asked for once more.

    Attributes:
        arrived: how many.
    """

    def __init__(self, arrived: int) -> None:
        super().__init__(arrived)
        self.arrived = arrived


class GivenUp(Exception):
    """A message was sent as often as it may be, and has become a dead letter."""

    def __init__(self, msg_id: str, count: int, why: str) -> None:
        super().__init__(f"{msg_id} was sent {count} times and has not arrived, it is a dead letter now: {why}")


class Pusher:
    """Delivers to one subscriber who is connected here.

    Attributes:
        deliver: sends a batch, and returns once it has arrived; raises if it has not.
        delivered: how many messages have arrived.
        failures: how often in a row some have not, or could not be taken from their queue.
        problem: what was wrong the last time; empty if nothing is.
        replaced: to be called when somebody else has taken over.
        ended: done once this pusher has ended, and nothing is in its hands any more.
    """

    def __init__(
        self,
        source: Source,
        sub_key: str,
        deliver: Deliver,
        replaced: Callable[[], None],
        terms: Terms,
        before: "Pusher | None" = None,
    ) -> None:
        """Begins at once; to be called on the event loop.

        Args:
            source: what has the messages.
            sub_key: the subscription.
            deliver: sends a batch, and returns once it has arrived; raises if it has not, `NotArrived` for a part.
                `Partly` does not count as a failure.
            replaced: called when somebody else has taken over the subscription.
            terms: see there.
            before: the pusher that this one replaces; what that one has to give back comes first.
        """
        self.deliver = deliver
        self._source = source
        self._sub_key = sub_key
        self.replaced = replaced
        self._terms = terms
        self._delays = terms.delays()
        self._at_once = sub_key, terms.batch_size, terms.batch_bytes
        self.delivered = 0
        self.failures = 0
        self.problem = ""
        self._woken = asyncio.Event()
        self._before = before
        self._is_finishing = False
        self.ended: asyncio.Task[None] = asyncio.ensure_future(self._run())

    def wake(self) -> None:
        """There may be something to deliver."""
        self._woken.set()

    def end(self) -> None:
        """Delivers nothing more; what is being delivered goes back into its queue.

        What was confirmed a moment ago has arrived: this pusher hears of it before it is cancelled.
        """
        asyncio.get_running_loop().call_soon(self.ended.cancel)

    def finish(self) -> None:
        """Takes nothing more; it has ended once it is known what became of what is being delivered."""
        self._is_finishing = True
        self._woken.set()

    async def _run(self) -> None:
        if self._before is not None:
            await asyncio.wait([self._before.ended])
            self._before = None
        while not self._is_finishing:
            self._woken.clear()
            try:
                while messages := await self._next():
                    await self._push(messages)
                    self.failures, self.problem, self._delays = 0, "", self._terms.delays()
            except Exception as error:
                await asyncio.sleep(self._failed(error, next(self._delays)))
            else:
                await self._woken.wait()

    async def _next(self) -> list[Message]:
        return [] if self._is_finishing else self._source.claim_now(*self._at_once) or await self._taken()

    async def _taken(self) -> list[Message]:
        """What is next. A database that is away says nothing of the subscriber: it is asked again soon, for ever."""
        before, terms = (self.failures, self.problem), self._terms
        while True:
            try:
                messages = await taken(self._source, *self._at_once, is_pushed=True)
            except Held:
                await self._woken_within(_HELD)
            except ServiceUnavailable as error:
                await asyncio.sleep(self._failed(error, terms.retry_wait))
            else:
                self.failures, self.problem = before
                return messages

    async def _woken_within(self, seconds: float) -> None:
        self._woken.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    async def _push(self, messages: Sequence[Message]) -> None:
        """Sends messages; those that have not arrived go back.

        Raises:
            GivenUp: one of them does not come again.
        """
        try:
            await self.deliver(messages)
        except Partly as part:
            await self._confirm(messages[: part.arrived])
            await self._release(messages[part.arrived :], was_sent=False)
        except NotArrived as error:
            await self._confirm(messages[: error.arrived])
            await self._release(messages[error.tried :], was_sent=False)
            await self._failed_with(messages[error.arrived : error.tried], error)
        except Exception as error:
            await self._failed_with(messages, error)
        except BaseException:
            await self._release(messages)
            raise
        else:
            await self._confirm(messages)

    async def _failed_with(self, messages: Sequence[Message], error: Exception) -> None:
        problem = " ".join(str(error).split()) or type(error).__name__
        if await self._release(messages, problem=problem):
            raise GivenUp(messages[0].msg_id, messages[0].delivery_count, problem) from error
        raise error

    async def _confirm(self, messages: Sequence[Message]) -> None:
        if messages:
            self.delivered += len(messages)
            msg_ids = [message.msg_id for message in messages]
            if not self._source.confirm_now(self._sub_key, msg_ids):
                await asyncio.shield(self._source.confirm(self._sub_key, msg_ids))

    async def _release(self, messages: Sequence[Message], was_sent: bool = True, problem: str = "") -> int:
        """Gives messages back; returns how many of them do not come again."""
        if not messages:
            return 0
        msg_ids = [message.msg_id for message in messages]
        try:
            return await asyncio.shield(self._source.release(self._sub_key, msg_ids, was_sent, problem))
        except NotFound:  # The subscription has ended, and its queue with it
            return 0

    def _failed(self, error: Exception, delay: float) -> float:
        """Notes that an attempt has failed; returns in how many seconds the next one is."""
        self.failures += 1
        self.problem = str(error) or type(error).__name__
        cause = error.__cause__ if isinstance(error, GivenUp) else error
        details = None if isinstance(cause, HTTPError | NotArrived) else cause
        if isinstance(error, GivenUp):
            self._delays = self._terms.delays()
            logger.error("Messages for %s: %s", self._sub_key, error, exc_info=details)
            return 0.0
        text = "Messages for %s have not arrived, and are sent again in %g s: %s"
        logger.warning(text, self._sub_key, delay, error, exc_info=details)
        return delay
