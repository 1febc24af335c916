"""The broker: takes publications, keeps subscriptions and queues, gives out messages.

All of its methods are called on the event loop; a thread asks with ``broker.wait(broker.publish(…))``. The queues of
messages with guaranteed delivery are in the ODB, those of others in the memory of the server that took them.
"""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import TypeVar

from apitest_server.cluster.bus import Bus
from apitest_server.components import Key
from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.pubsub.background import repeated
from apitest_server.pubsub.delivery import Deliver, Pusher, Terms
from apitest_server.pubsub.directory import Endpoint
from apitest_server.pubsub.giving import Giving
from apitest_server.pubsub.hooks import Hooks
from apitest_server.pubsub.jobs import Call
from apitest_server.pubsub.message import Message, Publication
from apitest_server.pubsub.publishing import Numbers, message_of
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.pubsub.whereabouts import Whereabouts

SWEEP = 30.0  # seconds between two looks for what has expired, and for what has been missed
T = TypeVar("T")


def _nobody(message: Message) -> None:
    """Takes note of nothing."""


class Broker(Giving):
    """Publish/subscribe of one server.

    Attributes:
        noted: is given each message that was published here.
    """

    def __init__(self, odb: ODB, bus: Bus, hooks: Hooks, terms: Terms = Terms()) -> None:  # noqa: B008 - never changes
        super().__init__(odb, bus, hooks, terms)
        self.noted: Callable[[Message], None] = _nobody
        self._pushers: dict[str, Pusher] = {}
        self._ending: dict[str, Pusher] = {}  # Those that give back what they had in their hands
        self._numbers = Numbers()
        self._sweeping: asyncio.Task[None] | None = None
        self._whereabouts = Whereabouts(bus, self._later, self._replace, self._is_free)
        bus.missed(lambda: self._later(self._look_again))
        bus.gone(lambda _: self._later(self._look_again))
        bus.gone(lambda _: self._later(self.tell_listeners))

    async def publish(self, topic_name: str, publication: Publication, publisher: Endpoint | str = "") -> str:
        """Publishes a message; with guaranteed delivery it is on disk when this returns.

        Args:
            topic_name: the topic.
            publication: the message.
            publisher: an endpoint, whose permissions count; or the name of a service, which may publish anywhere.

        Returns:
            The message's ID.

        Raises:
            NotFound: there is no such topic.
            Forbidden: the endpoint may not publish to it.
            ServiceUnavailable: the topic is stopped or full, or the ODB cannot be written.
        """
        topic = self.topics.named(topic_name)
        if isinstance(publisher, Endpoint):
            publisher.must_be_allowed("pub", topic_name)
        if not topic.is_active:
            raise ServiceUnavailable(f"The topic `{topic_name}` is stopped")
        await self.ready()
        name = publisher.name if isinstance(publisher, Endpoint) else publisher
        now = self.now()
        message = message_of(topic, publication, name, self._numbers.next(now), now)
        if topic.hook_service_name and await self._hooks.before_publish(topic.hook_service_name, message):
            return message.msg_id
        subscriptions = self.subscriptions.of_topic(topic.id)
        await self.queues.publish(topic, message, subscriptions)
        self.record.published(message)
        self.noted(message)
        self._wake(topic.id)
        (self._news.came if message.has_gd else self._news.holds)(topic.id)
        return message.msg_id

    def waits_again(self, subscription: Subscription) -> None:
        """Something is in its queue again; whoever delivers it, on any server, is told."""
        pusher = self._pushers.get(subscription.sub_key)
        if pusher is not None:  # Somebody else may have taken over meanwhile, here
            self.queues.came([subscription])
            pusher.wake()
        else:  # Or on another server
            self._news.came(subscription.topic_id)
            self._news.holds(subscription.topic_id)

    def attach(self, sub_key: str, deliver: Deliver, replaced: Callable[[], None] = lambda: None) -> None:
        """From now on what comes is pushed, by this server; whoever did so before, on any server, does not any more.

        Args:
            sub_key: the subscription.
            deliver: sends messages, in their order, and returns once they have arrived; raises if they have not.
            replaced: called when somebody else has taken over.
        """
        self._replace(sub_key)
        before = self._ending.get(sub_key)
        self._pushers[sub_key] = Pusher(self, sub_key, deliver, replaced, self._terms, before)
        self._whereabouts.attach(sub_key)

    def detach(self, sub_key: str, deliver: Deliver) -> None:
        """Pushes nothing more; does nothing if somebody else has taken over."""
        pusher = self._pushers.get(sub_key)
        if pusher is not None and pusher.deliver == deliver:
            self._end(sub_key)
            self._whereabouts.detach(sub_key)

    def is_attached(self, sub_key: str) -> bool:
        """Whether messages are pushed to the subscriber by this server."""
        return sub_key in self._pushers

    def attached_elsewhere(self, sub_key: str) -> str:
        """The name of the other server that a subscriber is attached to; empty where there is none."""
        newest = self._whereabouts.get(sub_key)
        peer = self._bus.peer(newest.run) if newest else None
        return peer.server if peer else ""

    @property
    def pushers(self) -> Mapping[str, Pusher]:
        """What pushes messages on this server, by the key of the subscription."""
        return self._pushers

    def wait(self, coroutine: Coroutine[object, object, T]) -> T:
        """What a method of the broker returns, for a caller in a thread."""
        if self._loop is None:
            coroutine.close()
            raise ServiceUnavailable("The server is not running")
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def start(self) -> None:
        """The server runs; called on its event loop."""
        self._loop = asyncio.get_running_loop()
        self.on_changed()

    def close(self) -> None:
        """The server ends: what it was delivering is left to others."""
        for pusher in self._pushers.values():
            pusher.end()
        if self._sweeping is not None:
            self._sweeping.cancel()
        self._postponed.close()
        self.queues.close()
        if self._loading is not None:
            from apitest_server.pubsub.subscribing import let_go

            self._writer.submit(Call(lambda connection: let_go(connection, self.run_id)))
        self._writer.close()

    def on_new(self, subscription: Subscription) -> None:
        """There is one more subscription: what was kept here for the first one may be wanted on another server."""
        if self.memory.depth(subscription.topic_id, subscription.sub_key, self.now()):
            self._news.holds(subscription.topic_id)

    def on_ended(self, sub_key: str) -> None:
        """A subscription has ended, and with it what was pushed for it."""
        self._whereabouts.forget(sub_key)
        self._postponed.forget(sub_key)
        self._replace(sub_key)

    def on_changed(self) -> None:
        """A topic or an endpoint is another one than it was; with the first topic the sweeping begins."""
        if self._sweeping is None and len(self.topics):
            self._sweeping = asyncio.ensure_future(repeated(self._sweep, SWEEP, "Looking for what has expired"))
        for pusher in self._pushers.values():
            pusher.wake()
        self.tell_listeners()

    def _wake(self, topic_id: int) -> None:
        if self._pushers:
            for one in self.subscriptions.of_topic(topic_id):
                if one.sub_key in self._pushers:
                    self._pushers[one.sub_key].wake()

    def on_came(self, topic_ids: Collection[int]) -> None:
        for topic_id in topic_ids:
            self.queues.came(self.subscriptions.of_topic(topic_id))
            self._wake(topic_id)

    def _replace(self, sub_key: str) -> None:
        if sub_key in self._pushers:
            self._end(sub_key).replaced()

    def _is_free(self, sub_key: str) -> None:
        """Who was attached to another server has left: it may be connected to this one as well."""
        subscription = self.subscriptions.get(sub_key)
        if subscription is not None and sub_key not in self._pushers:
            for learner in self.learners:
                learner(subscription)

    def _end(self, sub_key: str) -> Pusher:
        pusher = self._ending[sub_key] = self._pushers.pop(sub_key)
        pusher.end()
        pusher.ended.add_done_callback(lambda _: self._ended(sub_key, pusher))
        return pusher

    def _ended(self, sub_key: str, pusher: Pusher) -> None:
        if self._ending.get(sub_key) is pusher:
            del self._ending[sub_key]

    def _look_again(self) -> None:
        self.queues.look_again()
        for pusher in self._pushers.values():
            pusher.wake()

    async def _sweep(self) -> None:
        from apitest_server.pubsub.subscribing import expire

        self.memory.expire(self.now())
        self._look_again()
        await self.do(lambda connection: expire(connection, self.now()))


PUBSUB: Key[Broker] = Key("broker")
