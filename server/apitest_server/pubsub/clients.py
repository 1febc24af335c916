"""Clients of WebSocket channels that subscribe: what waits for them is delivered while they are connected.

A client is the same as before if its channel, its user and its ID are, and it has an ID: then it finds its
subscriptions again, and what has come for them meanwhile. Those of a client without an ID end with its connection.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from apitest_server.components import Key
from apitest_server.errors import BadRequest, Forbidden, HTTPError, NotFound, ServiceUnavailable
from apitest_server.pubsub.background import Background
from apitest_server.pubsub.broker import Broker
from apitest_server.pubsub.client_names import AT, is_storable, run_of, subscriber
from apitest_server.pubsub.delivery import Deliver
from apitest_server.pubsub.directory import Endpoint
from apitest_server.pubsub.message import Message, Publication
from apitest_server.pubsub.subscribers import Subscribed
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.pubsub.written import written

logger = logging.getLogger("apitest.pubsub")
AGAIN = 1.0  # seconds until a client's subscriptions are looked for once more


class Channel(Protocol):
    """What a client is connected to."""

    number: int


class Client(Protocol):
    """A client that has a session. ``id`` is that of its connection, ``client_id`` is what it has chosen itself."""

    id: str
    client_id: str

    @property
    def channel(self) -> Channel: ...
    @property
    def user(self) -> str: ...
    def when_answered(self, work: Callable[[], None]) -> None: ...
    def deliver(self, ctx: Mapping[str, object], data_json: str, timeout: float) -> Awaitable[object]: ...


@dataclass(slots=True)
class _Session:
    """A client that is connected, the name under which it subscribes, and what is delivered to it."""

    client: Client
    name: str
    delivers: dict[str, Deliver] = field(default_factory=dict)


class Clients:
    """All clients that have a session with this server. Its methods are called on the event loop.

    Attributes:
        gateway_services: that clients may invoke through the gateway for subscribers.
    """

    def __init__(self, broker: Broker, confirm_timeout: float, gateway_services: Sequence[str] = ()) -> None:
        """Takes what it works with.

        Args:
            broker: has the subscriptions.
            confirm_timeout: seconds in which a client has to confirm what is delivered.
            gateway_services: that clients may invoke through the gateway for subscribers.
        """
        self.gateway_services = frozenset(gateway_services)
        self._broker = broker
        self._timeout = confirm_timeout
        self._sessions: dict[str, _Session] = {}
        self._by_name: dict[str, list[_Session]] = defaultdict(list)
        self._background = Background("Looking after the subscriptions of a client")
        broker.learners.append(self._learned)

    def opened(self, client: Client) -> None:
        """A client has signed in: what waits for it is delivered."""
        if not self._sessions:
            self._background.start(self._forget_the_dead())
        name = subscriber(client.user, client.client_id) or self._unnamed(client.id)
        session = self._sessions[client.id] = _Session(client, name)
        self._by_name[name].append(session)
        if client.client_id and self._endpoint(client.channel.number) is not None:
            self._background.start(self._resume(session))

    def closed(self, client: Client) -> None:
        """It is gone: what it has not confirmed waits for it."""
        session = self._sessions.pop(client.id, None)
        if session is None:
            return
        self._by_name[session.name].remove(session)
        if not self._by_name[session.name]:
            del self._by_name[session.name]
        for sub_key, deliver in session.delivers.items():
            self._broker.detach(sub_key, deliver)
            subscription = self._broker.subscriptions.get(sub_key)
            if subscription is not None:
                self._learned(subscription)  # It may have an older connection, which is there still
        if not client.client_id:
            own = [one.sub_key for one in self._of(session)]
            if own:
                self._background.start(self._end(*own))

    async def subscribe(self, connection: str, topic_name: str, wrap_one_msg_in_list: bool = False) -> Subscribed:
        """Subscribes a client to a topic; what comes is delivered over its connection from now on.

        Raises:
            BadRequest: there is no such connection, or its client's ID cannot be kept.
            Forbidden: it may not, or there is no such topic.
            ServiceUnavailable: the ODB cannot be written.
        """
        session, wrap = self._known(connection), wrap_one_msg_in_list
        if not is_storable(session.name):
            raise BadRequest("The client's ID is too long for subscriptions, or has a NUL in it")
        with _refused(connection, "subscribe", topic_name):
            endpoint, name = self._own_endpoint(session), session.name
            found = await self._broker.subscribe(endpoint, topic_name, client_id=name, wrap_one_msg_in_list=wrap)
        self._attach(session, await self._broker.subscription(found.sub_key))
        if session.name == self._unnamed(connection) and connection not in self._sessions:  # It has left meanwhile
            await self._broker.unsubscribe(found.sub_key)
        return found

    async def publish(self, connection: str, topic_name: str, publication: Publication) -> str:
        """Publishes a message in the name of the endpoint of a client's channel; returns its ID.

        Raises:
            BadRequest: there is no such connection.
            Forbidden: the endpoint may not, or there is no such topic.
            ServiceUnavailable: the topic is stopped or full, or the ODB cannot be written.
        """
        session = self._known(connection)
        with _refused(connection, "publish", topic_name):
            return await self._broker.publish(topic_name, publication, self._own_endpoint(session))

    async def unsubscribe(self, connection: str, topic_name: str = "", sub_key: str = "") -> int:
        """Ends a client's subscription to a topic, or the one of a key; returns how many it had of that.

        Raises:
            BadRequest: there is no such connection.
            ServiceUnavailable: the ODB cannot be written.
        """
        session = self._known(connection)
        await self._broker.ready()
        names = {one.sub_key: self._topic_name(one) for one in self._of(session)}
        wanted = [
            key for key, name in names.items() if (sub_key and key == sub_key) or (topic_name and name == topic_name)
        ]
        for key in wanted:
            session.delivers.pop(key, None)
        return await self._broker.unsubscribe(*wanted) if wanted else 0

    async def resume(self, connection: str, sub_key: str) -> Subscribed:
        """Delivers over a connection what waits for a subscription of its client.

        Raises:
            BadRequest: there is no such connection.
            Forbidden: the client has no such subscription.
            ServiceUnavailable: the ODB cannot be reached.
        """
        session = self._known(connection)
        await self._broker.ready()
        for one in self._of(session):
            if one.sub_key == sub_key:
                return await self.subscribe(connection, self._topic_name(one), one.wrap_one_msg_in_list)
        raise Forbidden

    async def subscriptions(self, channel: int, user: str, client_id: str, connection: str) -> list[Subscription]:
        """Those of a client, whichever server it is connected to, in the order in which they were made.

        Args:
            channel: the ID of the channel that it is connected to.
            user: who has signed in; empty on a channel without security.
            client_id: what the client has chosen; may be empty.
            connection: the ID of its connection.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        await self._broker.ready()
        endpoint = self._endpoint(channel)
        if endpoint is None:
            return []
        name, unnamed = subscriber(user, client_id), connection + AT
        return self._broker.subscriptions.where(
            lambda one: (
                one.endpoint_id == endpoint.id
                and (one.client_id == name if name else one.client_id.startswith(unnamed))
            )
        )

    def _own_endpoint(self, session: _Session) -> Endpoint:
        found = self._endpoint(session.client.channel.number)
        if found is None:
            raise NotFound("There is no active endpoint for the client's channel")
        return found

    def _unnamed(self, connection: str) -> str:
        """The name of a client without an ID; no other client has one without a colon."""
        return f"{connection}{AT}{self._broker.run_id}"

    def _known(self, connection: str) -> _Session:
        session = self._sessions.get(connection)
        if session is None:
            raise BadRequest("Only clients of WebSocket channels can subscribe so, over their own connection")
        return session

    def _endpoint(self, channel: int) -> Endpoint | None:
        of_clients = (one for one in self._broker.endpoints.all() if one.endpoint_type == "wsx" and one.is_active)
        return next((one for one in of_clients if one.ws_channel_id == channel), None)

    def _topic_name(self, subscription: Subscription) -> str:
        topic = self._broker.topics.get(subscription.topic_id)
        return topic.name if topic else ""

    def _of(self, session: _Session) -> list[Subscription]:
        endpoint = self._endpoint(session.client.channel.number)
        return self._broker.subscriptions.of_client(endpoint.id, session.name) if endpoint else []

    async def _resume(self, session: _Session) -> None:
        while True:
            try:
                await self._broker.ready()
                break
            except ServiceUnavailable as error:
                logger.error("What waits for connection %s cannot be delivered yet: %s", session.client.id, error)
                await asyncio.sleep(AGAIN)
        for one in self._of(session):
            self._attach(session, one)

    def _learned(self, subscription: Subscription) -> None:
        """A subscription is new, or its client has left: who is connected here, and came last, has it."""
        for session in reversed(self._by_name.get(subscription.client_id, ())):
            endpoint = self._endpoint(session.client.channel.number)
            if endpoint is not None and endpoint.id == subscription.endpoint_id:
                self._attach(session, subscription)
                return

    def _attach(self, session: _Session, subscription: Subscription) -> None:
        """Delivers over a connection; to a client that has just subscribed, once it has been told so."""
        session.client.when_answered(lambda: self._deliver(session, subscription))

    def _deliver(self, session: _Session, subscription: Subscription) -> None:
        sub_key, client = subscription.sub_key, session.client
        has_ended = self._broker.subscriptions.get(sub_key) is None
        if has_ended or sub_key in session.delivers or self._sessions.get(client.id) is not session:
            return
        ctx = {"sub_key": sub_key}

        def deliver(messages: Sequence[Message]) -> Awaitable[object]:
            current = self._broker.subscriptions.get(sub_key) or subscription
            return client.deliver(ctx, written(messages, current.wrap_one_msg_in_list), self._timeout)

        def replaced() -> None:
            session.delivers.pop(sub_key, None)

        session.delivers[sub_key] = deliver
        self._broker.attach(sub_key, deliver, replaced)

    async def _forget_the_dead(self) -> None:
        """Ends the subscriptions of clients without an ID that were connected to servers which are gone."""
        from apitest_server.pubsub.subscribing import runs

        try:
            await self._broker.ready()
            alive = await self._broker.do(runs)
        except ServiceUnavailable:
            return  # It is logged; there is another time
        known = {*alive, self._broker.run_id, ""}
        dead = self._broker.subscriptions.where(lambda one: run_of(one) not in known)
        if dead:
            await self._end(*(one.sub_key for one in dead))

    async def _end(self, *sub_keys: str) -> None:
        try:
            await self._broker.unsubscribe(*sub_keys)
        except HTTPError as error:
            logger.error("Subscriptions of a client that is gone cannot be ended: %s", error)


@contextmanager
def _refused(connection: str, verb: str, topic_name: str) -> Iterator[None]:
    """A client learns that it may not, and not whether there is such a topic; the log has why."""
    try:
        yield
    except (Forbidden, NotFound) as error:
        logger.warning("Connection %s may not %s to `%s`: %s", connection, verb, topic_name, error)
        raise Forbidden from None


CLIENTS: Key[Clients] = Key("clients that subscribe")
