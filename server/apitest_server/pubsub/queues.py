"""The queues of all subscriptions: messages with guaranteed delivery in the ODB, others in memory, given out as one."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

from apitest_server.errors import ServiceUnavailable
from apitest_server.pubsub.background import Background
from apitest_server.pubsub.directory import Topic
from apitest_server.pubsub.jobs import Bury, Candidate, Claim, Claimed, Confirm, Place, Publish, Release
from apitest_server.pubsub.memory import Memory
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.queue import Basket, Entry, Portion
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.pubsub.taking import Held
from apitest_server.pubsub.writer import Job, Writer

logger = logging.getLogger("apitest.pubsub")
AGAIN = 1.0  # seconds until it is tried again to write down what has become of messages
PATIENCE = 60.0  # seconds that messages wait for those before them, which another server has; twice what tells it dead


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
        self._held: dict[str, float] = {}  # Subscriptions of which another server has the next messages, and since when
        self._background = Background("Writing down what has become of messages")

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

    async def claim(self, subscription: Subscription, portion: Portion) -> list[Message]:
        """Gives out the first messages of a queue; each counts as delivered once more, on disk, before it is.

        For one that is pushed to, the ODB is looked at only if something may have come.

        Args:
            subscription: whose queue.
            portion: how much.

        Raises:
            Held: another server has what is pushed next.
            ServiceUnavailable: the ODB cannot be written.
        """
        sub_key, topic_id = subscription.sub_key, subscription.topic_id
        stored, limit, is_held = list[Message](), portion.limit, False
        if not (portion.is_pushed and sub_key in self._empty):
            self._empty.add(sub_key)  # Unless something comes while the ODB is looked at
            first = self.memory.first(topic_id, sub_key, portion, self._now())
            others = [_candidate(one) for one in first]
            claiming = self._writer.submit(Claim(subscription, portion, others, self._keeps_order(sub_key, portion)))
            try:
                stored, limit, is_held, has_more = await asyncio.shield(claiming)
            except BaseException as error:
                self._empty.discard(sub_key)
                if isinstance(error, asyncio.CancelledError):
                    self._background.start(self._take_back(subscription, claiming))
                raise
            self._note(subscription, stored)
            self._note_held(sub_key, is_held and not stored)
            if has_more:
                self._empty.discard(sub_key)
        basket = Basket(portion._replace(limit=len(stored) + limit))
        for one in stored:
            basket.takes(len(one.content), one.delivery_count > 1)
        given = stored + self.memory.claim(topic_id, sub_key, portion, self._now(), basket)
        if is_held and not given:
            raise Held
        return sorted(given, key=lambda one: (one.rank, one.pub_time, one.number))

    def claim_now(self, subscription: Subscription, portion: Portion) -> list[Message]:
        """What can be given out without looking at the ODB; nothing where that may have something."""
        sub_key = subscription.sub_key
        if sub_key not in self._empty:
            return []
        return self.memory.claim(subscription.topic_id, sub_key, portion, self._now())

    def confirm_now(self, subscription: Subscription, msg_ids: Sequence[str]) -> bool:
        """Lets go of messages that have arrived, if none of them may be in the ODB; whether that is so."""
        sub_key = subscription.sub_key
        if self._given.get(sub_key):
            return False
        self.memory.confirm(subscription.topic_id, sub_key, msg_ids)
        return True

    async def confirm(self, subscription: Subscription, msg_ids: Sequence[str]) -> None:
        """Lets go of messages that have arrived. If the ODB is away they are not given out again, and it is retried."""
        gone = self.memory.confirm(subscription.topic_id, subscription.sub_key, msg_ids)
        places = self._places(subscription, set(msg_ids) - set(gone))
        if places:
            await self._settle(Confirm(places))

    async def release(
        self,
        subscription: Subscription,
        msg_ids: Sequence[str],
        was_sent: bool = True,
        problem: str = "",
        due: float = 0.0,
        attempts: int = 0,
    ) -> int:
        """Takes back messages that have not arrived; returns how many of them were given up.

        Args:
            subscription: in whose queue they are.
            msg_ids: of the messages.
            was_sent: whether it counts as a delivery.
            problem: why they have not arrived, if that is known.
            due: they are not pushed before this moment.
            attempts: so many deliveries make them dead letters; 0 if none do.
        """
        queue = self.memory.queue(subscription.topic_id, subscription.sub_key)
        queue.release(msg_ids, was_sent, problem, due)
        buried = len(queue.bury(msg_ids, attempts, self._now())) if attempts else 0
        places = self._places(subscription, msg_ids)
        if places:
            await self._settle(Release(places, was_sent, problem, due))
            self._empty.discard(subscription.sub_key)
            if attempts:
                with suppress(ServiceUnavailable):  # Then they are given up when they would be given out
                    buried += len(await self._writer.submit(Bury(places, attempts)))
        return buried

    def give_back(self, subscription: Subscription, messages: Sequence[Message]) -> None:
        """Takes back messages that were not sent, for one who cannot wait for that."""
        if messages:
            self._background.start(self.release(subscription, [message.msg_id for message in messages], was_sent=False))

    def forget(self, subscription: Subscription) -> None:
        """A subscription has ended."""
        self.memory.unsubscribe(subscription.topic_id, subscription.sub_key)
        self._given.pop(subscription.sub_key, None)
        self._empty.discard(subscription.sub_key)
        self._held.pop(subscription.sub_key, None)

    def look_again(self) -> None:
        """Others may have put something into the ODB without this server knowing."""
        self._empty.clear()

    def close(self) -> None:
        """Gives up what is tried again."""
        self._background.close()

    def _note(self, subscription: Subscription, stored: Sequence[Message]) -> None:
        """These are given out from the ODB."""
        if stored:
            self._empty.discard(subscription.sub_key)
            places = {one.msg_id: Place(subscription.id, one.number) for one in stored}
            self._given[subscription.sub_key].update(places)

    def _keeps_order(self, sub_key: str, portion: Portion) -> bool:
        """Whether messages wait for those before them; for ever they do not, whatever the other server's trouble is."""
        since = self._held.get(sub_key)
        if since is None or self._now() < since + PATIENCE:
            return portion.is_pushed
        logger.warning("Messages for %s overtake others, which another server has had for %g s", sub_key, PATIENCE)
        return False

    def _note_held(self, sub_key: str, is_held: bool) -> None:
        if is_held:
            self._empty.discard(sub_key)
            self._held.setdefault(sub_key, self._now())
        else:
            self._held.pop(sub_key, None)

    async def _take_back(self, subscription: Subscription, claiming: "asyncio.Future[Claimed]") -> None:
        """Nobody waits any more for what is being given out."""
        with suppress(ServiceUnavailable):
            stored = (await claiming).messages
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
            self._background.start(self._settle_later())

    async def _settle_later(self) -> None:
        await asyncio.sleep(AGAIN)
        await self._settle(Confirm(()))


def _candidate(entry: Entry) -> Candidate:
    message = entry.message
    return Candidate(message.rank, message.pub_time, len(message.content), entry.attempts > 0)
