"""The queues of all subscriptions: messages with guaranteed delivery in the ODB, others in memory, given out as one."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine, Sequence
from contextlib import suppress

from apitest_server.errors import ServiceUnavailable
from apitest_server.pubsub.directory import Topic
from apitest_server.pubsub.jobs import Claim, Confirm, Place, Publish, Release
from apitest_server.pubsub.memory import Memory
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.pubsub.writer import Job, Writer

logger = logging.getLogger("apitest.pubsub")
AGAIN = 1.0  # seconds until it is tried again to write down what has become of messages


class Queues:
    """What publications are put into and deliveries are taken from, on the event loop.

    Attributes:
        memory: messages without guaranteed delivery.
    """

    def __init__(self, writer: Writer, memory: Memory, now: Callable[[], float]) -> None:
        self.memory = memory
        self._now = now
        self._writer = writer
        self._given: dict[str, dict[str, Place]] = defaultdict(dict)  # Subscription -> message -> its place in the ODB
        self._empty: set[str] = set()  # Subscriptions that nothing waits for in the ODB, as far as is known
        self._background: set[asyncio.Task[None]] = set()

    async def publish(self, topic: Topic, message: Message, subscriptions: Collection[Subscription]) -> None:
        """Takes a message; with guaranteed delivery it is on disk when this returns.

        Raises:
            NotFound: the topic is gone.
            ServiceUnavailable: the topic is full, or the ODB cannot be written.
        """
        if message.has_gd:
            await self._writer.submit(Publish(topic, message))
            self.came(subscriptions)
        else:
            self.memory.publish(topic, message, [each.sub_key for each in subscriptions], self._now())

    def came(self, subscriptions: Collection[Subscription]) -> None:
        """There may be something in the ODB for these."""
        self._empty.difference_update([each.sub_key for each in subscriptions])

    async def claim(self, subscription: Subscription, limit: int, is_pushed: bool) -> list[Message]:
        """Gives out the first messages of a queue; each counts as delivered once more, on disk, before it is.

        Args:
            subscription: whose queue.
            limit: how many messages at most.
            is_pushed: whether the ODB has to be looked at only if something may have come.

        Raises:
            ServiceUnavailable: the ODB cannot be written.
        """
        sub_key, topic_id = subscription.sub_key, subscription.topic_id
        stored: list[Message] = []
        if not (is_pushed and sub_key in self._empty):
            self._empty.add(sub_key)  # Unless something comes while the ODB is looked at
            first = self.memory.first(topic_id, sub_key, limit, self._now())
            claiming = self._writer.submit(Claim(subscription, limit, [(one.rank, one.pub_time) for one in first]))
            try:
                stored = await asyncio.shield(claiming)
            except BaseException as error:
                self._empty.discard(sub_key)
                if isinstance(error, asyncio.CancelledError):
                    self._start(self._take_back(subscription, claiming))
                raise
            self._note(subscription, stored)
        others = self.memory.claim(topic_id, sub_key, limit - len(stored), self._now())
        return sorted(stored + others, key=lambda one: (one.rank, one.pub_time, one.number))

    async def confirm(self, subscription: Subscription, msg_ids: Sequence[str]) -> None:
        """Lets go of messages that have arrived. If the ODB is away they are not given out again, and it is retried."""
        gone = self.memory.confirm(subscription.topic_id, subscription.sub_key, msg_ids)
        places = self._places(subscription, set(msg_ids) - set(gone))
        if places:
            await self._settle(Confirm(places))

    async def release(self, subscription: Subscription, msg_ids: Sequence[str], was_sent: bool = True) -> None:
        """Takes back messages that have not arrived; if they were not even sent, that does not count as a delivery."""
        self.memory.release(subscription.topic_id, subscription.sub_key, msg_ids, was_sent)
        places = self._places(subscription, msg_ids)
        if places:
            await self._settle(Release(places, was_sent))
            self._empty.discard(subscription.sub_key)

    def give_back(self, subscription: Subscription, messages: Sequence[Message]) -> None:
        """Takes back messages that were not sent, for one who cannot wait for that."""
        self._start(self.release(subscription, [message.msg_id for message in messages], was_sent=False))

    def forget(self, subscription: Subscription) -> None:
        """A subscription has ended."""
        self.memory.unsubscribe(subscription.topic_id, subscription.sub_key)
        self._given.pop(subscription.sub_key, None)
        self._empty.discard(subscription.sub_key)

    def look_again(self) -> None:
        """Others may have put something into the ODB without this server knowing."""
        self._empty.clear()

    def close(self) -> None:
        """Gives up what is tried again."""
        for task in self._background:
            task.cancel()

    def _note(self, subscription: Subscription, stored: Sequence[Message]) -> None:
        """These are given out from the ODB."""
        if stored:
            self._empty.discard(subscription.sub_key)
            places = {one.msg_id: Place(subscription.id, one.number) for one in stored}
            self._given[subscription.sub_key].update(places)

    async def _take_back(self, subscription: Subscription, claiming: "asyncio.Future[list[Message]]") -> None:
        """Nobody waits any more for what is being given out."""
        with suppress(ServiceUnavailable):
            stored = await claiming
            self._note(subscription, stored)
            self.give_back(subscription, stored)

    def _places(self, subscription: Subscription, msg_ids: Collection[str]) -> list[Place]:
        given = self._given[subscription.sub_key]
        places = [given.pop(msg_id, None) for msg_id in msg_ids]
        return [place for place in places if place is not None]

    async def _settle(self, job: Job[None]) -> None:
        """Does what has to be done some time: what was acknowledged must not be given out again."""
        try:
            await self._writer.submit(job)
        except ServiceUnavailable:  # Now it is the writer's, which does it before anything else
            self._start(self._settle_later())

    async def _settle_later(self) -> None:
        await asyncio.sleep(AGAIN)
        await self._settle(Confirm(()))

    def _start(self, coroutine: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(coroutine)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
