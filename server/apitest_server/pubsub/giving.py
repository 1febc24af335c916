"""Giving out messages: which are next in a queue, what hooks say of them, and what has become of them."""

from collections.abc import Collection, Sequence

from apitest_server.cluster.bus import Bus
from apitest_server.errors import NotFound
from apitest_server.odb import ODB
from apitest_server.pubsub.delivery import BATCH, Terms
from apitest_server.pubsub.directory import Topic
from apitest_server.pubsub.hooks import Hooks
from apitest_server.pubsub.message import Message
from apitest_server.pubsub.news import News
from apitest_server.pubsub.postponed import Postponed
from apitest_server.pubsub.queue import Portion
from apitest_server.pubsub.subscribers import Subscribers
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.pubsub.taking import MOST_BYTES


class Giving(Subscribers):
    """The part of the broker that gives out messages; its methods are called on the event loop."""

    def __init__(self, odb: ODB, bus: Bus, hooks: Hooks, terms: Terms) -> None:
        super().__init__(odb, bus)
        self._hooks = hooks
        self._terms = terms
        self._postponed = Postponed(terms.skip_wait, self.now, self.waits_again)
        self._news = News(bus, self.memory, self.subscriptions, self._later, self.on_came)

    async def claim(
        self, sub_key: str, limit: int = BATCH, most_bytes: int = MOST_BYTES, *, is_pushed: bool = False
    ) -> list[Message]:
        """Gives out the first messages of a queue: the highest priority first, then the oldest.

        They stay in the queue until they are confirmed. If they are released, or this server dies, they are given out
        again.

        Args:
            sub_key: whose queue.
            limit: how many messages at most.
            most_bytes: of their data; a larger message comes alone.
            is_pushed: whether a message that was sent before comes alone, and what a hook has skipped is left out for
                a while; a message that was sent too often becomes a dead letter.

        Raises:
            NotFound: there is no such subscription.
            Forbidden: its endpoint is not active, or may not subscribe to the topic any longer.
            Held: another server has what is pushed next.
            ServiceUnavailable: the ODB cannot be written.
        """
        subscription = await self.subscription(sub_key)
        self._allowed(subscription)
        await self._news.fetch(subscription)
        portion = Portion(limit, most_bytes, is_pushed, self._terms.max_attempts)
        skipped: list[Message] = []  # They stay given out until all is found: what comes after them is looked at
        try:
            while claimed := await self.queues.claim(subscription, portion):
                passed = await self._passed(subscription, claimed, skipped, is_pushed)
                if passed:
                    return passed
        finally:
            self.queues.give_back(subscription, skipped)
        return []

    def claim_now(self, sub_key: str, limit: int, most_bytes: int) -> list[Message]:
        """What ``claim`` would push, if nothing has to be waited for; else nothing, and ``claim`` has to be asked."""
        subscription = self.subscriptions.get(sub_key)
        if subscription is None or self.is_loading or self._news.has_more(subscription.topic_id):
            return []
        topic, endpoint = self.topics.get(subscription.topic_id), self.endpoints.get(subscription.endpoint_id)
        if topic is None or endpoint is None or topic.hook_service_name or not endpoint.may("sub", topic.name):
            return []
        return self.queues.claim_now(subscription, Portion(limit, most_bytes, True, self._terms.max_attempts))

    def confirm_now(self, sub_key: str, msg_ids: Sequence[str]) -> bool:
        """Does what ``confirm`` does, if nothing has to be waited for; whether that is so."""
        subscription = self.subscriptions.get(sub_key)
        if subscription is None or not self.queues.confirm_now(subscription, msg_ids):
            return False
        self.record.arrived(sub_key, msg_ids, self.now())
        return True

    async def confirm(self, sub_key: str, msg_ids: Sequence[str]) -> None:
        """Messages that were given out have arrived: they leave the queue."""
        await self.queues.confirm(await self._given_out(sub_key), msg_ids)
        self.record.arrived(sub_key, msg_ids, self.now())

    async def release(self, sub_key: str, msg_ids: Sequence[str], was_sent: bool = True, problem: str = "") -> int:
        """Messages that were given out have not arrived: they go back to their places.

        Args:
            sub_key: whose queue.
            msg_ids: of the messages.
            was_sent: whether they count as delivered all the same.
            problem: why a push has failed: those that were sent as often as they may be become dead letters.

        Returns:
            How many of them did.
        """
        subscription = await self._given_out(sub_key)
        attempts = self._terms.max_attempts if problem else 0
        buried = await self.queues.release(subscription, msg_ids, was_sent, problem, attempts=attempts)
        self.waits_again(subscription)
        return buried

    def waits_again(self, subscription: Subscription) -> None:
        """Something is in its queue again; whoever delivers it, on any server, is told."""

    def on_came(self, topic_ids: Collection[int]) -> None:
        """There may be something new for subscribers of these topics."""

    async def _given_out(self, sub_key: str) -> Subscription:
        """A subscription that something was given out for; that the ODB is away must not keep that from being noted."""
        return self.subscriptions.get(sub_key) or await self.subscription(sub_key)

    def _allowed(self, subscription: Subscription) -> Topic:
        """The topic of a subscription whose endpoint may have what is published there."""
        topic, endpoint = self.topics.get(subscription.topic_id), self.endpoints.get(subscription.endpoint_id)
        if topic is None or endpoint is None:
            raise NotFound(f"The topic or the endpoint of the subscription `{subscription.sub_key}` was deleted")
        endpoint.must_be_allowed("sub", topic.name)
        return topic

    async def _passed(
        self, subscription: Subscription, claimed: Sequence[Message], skipped: list[Message], is_pushed: bool
    ) -> list[Message]:
        """Those of the messages that a hook lets pass; those that it skips are put to ``skipped``, if not pushed."""
        try:
            topic = self._allowed(subscription)  # That may have changed while the ODB was looked at
            if not topic.hook_service_name:
                return list(claimed)
            said = await self._hooks.passed(topic.hook_service_name, claimed)
        except BaseException:
            self.queues.give_back(subscription, claimed)
            raise
        await self.queues.confirm(subscription, said.deleted)
        if not is_pushed:
            skipped += [message for message in claimed if message.msg_id in said.skipped]
        elif said.skipped:
            due = self._postponed.until(subscription)
            await self.queues.release(subscription, said.skipped, was_sent=False, due=due)
        return said.passed
