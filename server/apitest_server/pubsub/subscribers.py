"""Who is subscribed to what: topics, endpoints and subscriptions, known here and kept in the ODB for all servers."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeVar

from msgspec import convert

from apitest_server.cluster.bus import Bus
from apitest_server.errors import NotFound
from apitest_server.odb import ODB
from apitest_server.pubsub.directory import Directory, Endpoint, Topic
from apitest_server.pubsub.jobs import Call
from apitest_server.pubsub.memory import Memory
from apitest_server.pubsub.message import new_sub_key
from apitest_server.pubsub.queues import Queues
from apitest_server.pubsub.record import Record
from apitest_server.pubsub.subscriptions import Subscription, Subscriptions
from apitest_server.pubsub.writer import Job, Writer

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from apitest_server.pubsub.store import Store

logger = logging.getLogger("apitest.pubsub")
SUBSCRIBED = "pubsub.subscribed"  # A subscription, as it is stored
LEFT = "pubsub.left"  # {"sub_keys": […]}: subscriptions have ended
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What a subscriber is told.

    Attributes:
        sub_key: the key of the subscription.
        queue_depth: how many messages wait for it.
        is_new: whether there was none before.
    """

    sub_key: str
    queue_depth: int
    is_new: bool


class Subscribers:
    """The part of the broker that knows who is subscribed; its methods are called on the event loop.

    Attributes:
        topics: those of the ODB.
        endpoints: likewise.
        subscriptions: of all servers, once ``ready`` has returned.
        now: seconds since 1970 by the database's clock, which all servers share.
        memory: messages without guaranteed delivery.
        queues: what waits.
        record: who has published, and what has arrived.
        run_id: of this run of this server.
        listeners: called on the event loop when topics, endpoints or subscriptions are others than they were.
        learners: called on the event loop with each subscription that is new here, or whose subscriber has left another
            server.
    """

    def __init__(self, odb: ODB, bus: Bus) -> None:
        self.topics: Directory[Topic] = Directory("topic", self._changed)
        self.endpoints: Directory[Endpoint] = Directory("endpoint", self._changed)
        self.subscriptions = Subscriptions()
        self.now = bus.now
        self.memory = Memory()
        self.record = Record()
        self.run_id = bus.run_id
        self.listeners: list[Callable[[], None]] = []
        self.learners: list[Callable[[Subscription], None]] = []
        self._bus = bus
        self._store: Store | None = None
        self._writer = Writer(odb, self._apply)
        self.queues = Queues(self._writer, self.memory, self.now)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._loading: asyncio.Task[None] | None = None
        bus.hear(SUBSCRIBED, lambda data: self._later(lambda: self._learn(convert(data, Subscription))))
        bus.hear(LEFT, lambda data: self._later(lambda: self._forget(convert(data["sub_keys"], list[str]))))
        bus.missed(lambda: self._later(self._load_again))

    async def ready(self) -> None:
        """Sees to it that the subscriptions of all servers are known.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        if self._loading is None:
            self._loading = asyncio.ensure_future(self._load())
        if not self._loading.done():
            await asyncio.shield(self._loading)
        elif self._loading.cancelled() or self._loading.exception():
            self._loading = None
            await self.ready()

    @property
    def is_loading(self) -> bool:
        """Whether ``ready`` would have to wait."""
        return self._loading is None or not self._loading.done()

    async def subscribe(
        self, endpoint: Endpoint, topic_name: str, *, client_id: str = "", wrap_one_msg_in_list: bool = False
    ) -> Subscribed:
        """Subscribes an endpoint, or a client of it, to a topic; a second time gives the same subscription.

        Args:
            endpoint: whose permissions count.
            topic_name: the topic.
            client_id: which of the endpoint's clients; empty where it has one only.
            wrap_one_msg_in_list: whether the client wants a list also of one message.

        Raises:
            NotFound: there is no such topic.
            Forbidden: the endpoint may not subscribe to it.
            ServiceUnavailable: the ODB cannot be written.
        """
        topic = self.topics.named(topic_name)
        endpoint.must_be_allowed("sub", topic_name)
        await self.ready()
        wanted = Subscription(
            id=0,
            sub_key=new_sub_key(endpoint.endpoint_type),
            topic_id=topic.id,
            endpoint_id=endpoint.id,
            endpoint_type=endpoint.endpoint_type,
            client_id=client_id,
            wrap_one_msg_in_list=wrap_one_msg_in_list,
            created=self.now(),
        )
        made, is_new, depth = await self.do(lambda connection: _subscribe(connection, wanted, self.now()))
        before = self.subscriptions.get(made.sub_key)
        self._learn(made)
        if made != before:  # Also if the client wants its messages in another way
            self._bus.tell(SUBSCRIBED, asdict(made))
        depth += self.memory.depth(topic.id, made.sub_key, self.now())
        return Subscribed(made.sub_key, depth, is_new)

    async def unsubscribe(self, *sub_keys: str) -> int:
        """Ends subscriptions, with what waits for them alone; returns how many there were.

        Raises:
            ServiceUnavailable: the ODB cannot be written.
        """
        from apitest_server.pubsub.subscribing import unsubscribe

        await self.ready()
        gone = await self.do(lambda connection: unsubscribe(connection, sub_keys))
        self._forget(one.sub_key for one in gone)
        self._bus.tell(LEFT, {"sub_keys": [one.sub_key for one in gone]})
        return len(gone)

    async def subscription(self, sub_key: str) -> Subscription:
        """The subscription of a key.

        Raises:
            NotFound: there is none.
            ServiceUnavailable: the ODB cannot be reached.
        """
        from apitest_server.pubsub.subscribing import load

        await self.ready()
        found = self.subscriptions.get(sub_key)
        if found is None:  # It may have been made on another server a moment ago
            for found in await self.do(lambda connection: load(connection, sub_key)):
                self._learn(found)
        if found is None:
            raise NotFound(f"There is no subscription `{sub_key}`")
        return found

    def find(self, endpoint: Endpoint, topic_name: str, client_id: str = "") -> Subscription | None:
        """The subscription of an endpoint, or of a client of it, to a topic."""
        topic = self.topics.named(topic_name)
        of_endpoint = (one for one in self.subscriptions.of_topic(topic.id) if one.endpoint_id == endpoint.id)
        return next((one for one in of_endpoint if one.client_id == client_id), None)

    async def hold(self, sub_key: str) -> bool:
        """Makes this server the one that delivers to a subscription until it ends or dies; whether it is that one.

        Raises:
            NotFound: there is no such subscription.
            ServiceUnavailable: the ODB cannot be written.
        """
        from apitest_server.pubsub.subscribing import hold

        subscription = await self.subscription(sub_key)
        return await self.do(lambda connection: hold(connection, subscription.id, self.run_id))

    async def do(self, function: "Callable[[Connection], T]") -> T:
        """Runs a function in the writer's thread, in a transaction of the ODB that others share.

        Raises:
            ServiceUnavailable: the ODB cannot be written.
        """
        return await self._writer.submit(Call(function))

    def tell_listeners(self) -> None:
        """Something is another than it was."""
        for listener in self.listeners:
            listener()

    def on_new(self, subscription: Subscription) -> None:
        """There is one more subscription."""

    def on_ended(self, sub_key: str) -> None:
        """A subscription has ended."""

    def on_changed(self) -> None:
        """A topic or an endpoint is another one than it was."""

    def _apply(self, connection: "Connection", jobs: Sequence[Job[object]]) -> list[object]:
        if self._store is None:
            from apitest_server.pubsub.store import Store

            self._store = Store(self.run_id, self.now)
        return self._store.apply(connection, jobs)

    async def _load(self) -> None:
        from apitest_server.pubsub.subscribing import load

        await asyncio.to_thread(self._bus.enrol)  # What this server claims is its own while the ODB knows it
        stored = await self.do(load)
        known = {one.sub_key for one in stored}
        self._forget([one.sub_key for one in self.subscriptions.where(lambda one: one.sub_key not in known)])
        for one in stored:
            self._learn(one)
        self.queues.look_again()

    def _load_again(self) -> None:
        if self._loading is not None:
            self._loading = asyncio.ensure_future(self._load())
            self._loading.add_done_callback(_noted)

    def _learn(self, subscription: Subscription) -> None:
        is_new = self.subscriptions.get(subscription.sub_key) is None
        self.subscriptions.put(subscription)
        if is_new:
            self.memory.subscribe(subscription.topic_id, subscription.sub_key)
            self.on_new(subscription)
            for learner in self.learners:
                learner(subscription)
            self.tell_listeners()

    def _forget(self, sub_keys: Iterable[str]) -> None:
        for sub_key in sub_keys:
            gone = self.subscriptions.remove(sub_key)
            if gone is not None:
                self.queues.forget(gone)
                self.on_ended(sub_key)

    def _changed(self, number: int) -> None:
        """A topic or an endpoint was put in, changed or removed; called in any thread."""
        self._later(lambda: self._reconsider(number))

    def _reconsider(self, number: int) -> None:
        if self.topics.get(number) is None and self.endpoints.get(number) is None:
            gone = self.subscriptions.where(lambda one: number in (one.topic_id, one.endpoint_id))
            self._forget([one.sub_key for one in gone])
            self.memory.remove_topic(number)
            self.record.forget(number)
        self.on_changed()

    def _later(self, function: Callable[[], None]) -> None:
        """Calls a function on the event loop; before the server has started there is nothing to tell anybody."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function)


def _noted(loading: "asyncio.Task[None]") -> None:
    """That it has failed is told to who needs the subscriptions next, and tries again."""
    if not loading.cancelled():
        loading.exception()


def _subscribe(connection: "Connection", wanted: Subscription, now: float) -> tuple[Subscription, bool, int]:
    from apitest_server.pubsub.subscribing import depth, subscribe

    made, is_new = subscribe(connection, wanted)
    return made, is_new, depth(connection, made.id, now)
