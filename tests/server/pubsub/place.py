"""A broker without a server around it: its loop runs while it is asked for something."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from apitest_server.cluster.bus import Bus
from apitest_server.odb import ODB
from apitest_server.odb.models import Object
from apitest_server.pubsub.broker import Broker
from apitest_server.pubsub.delivery import Terms
from apitest_server.pubsub.directory import Endpoint, Topic
from apitest_server.pubsub.hooks import Hooks
from apitest_server.pubsub.message import Publication
from apitest_server.pubsub.topics import permissions
from tests.server.runner import Runner

T = TypeVar("T")
TERMS = Terms()
ALL = permissions("pub=/**\nsub=/**")


class Ahead(Bus):
    """A bus whose clock can be ahead.

    Attributes:
        seconds: how far.
        time: the clock, if it is not the database's.
    """

    seconds = 0.0
    time: Callable[[], float] | None = None

    def now(self) -> float:
        """The time, or a later one."""
        return (super().now() if self.time is None else self.time()) + self.seconds


class Place:
    """A started broker and its loop.

    Attributes:
        broker: the broker.
        rest: an endpoint that may do everything.
        bus: that it tells others by, if there are any.
        asked: what hooks were called with.
        runner: its loop.
    """

    def __init__(
        self,
        odb: ODB,
        runner: Runner | None = None,
        terms: Terms = TERMS,
        time: Callable[[], float] | None = None,
    ) -> None:
        """With a runner, it is one of several servers on one loop that talk to each other; with a time, it has that."""
        self.odb = odb
        self.bus = Ahead(odb, "server", "http://127.0.0.1:1")
        self.bus.time = time
        self._is_alone = runner is None
        self.runner = runner or Runner()
        self.asked: list[Any] = []
        self.broker = Broker(odb, self.bus, Hooks(self._hook), terms)
        self.rest = self.endpoint("rest")

    async def hook(self, service: str, ctx: Any) -> object:
        """What a hook service does; tests put another one in its place."""
        return None

    def topic(self, name: str, **fields: Any) -> Topic:
        """A topic, new or already stored by another place."""
        topic = Topic(id=self._object("pubsub.topic", name), name=name, **fields)
        self.broker.topics.put(topic)
        return topic

    def endpoint(self, name: str, **fields: Any) -> Endpoint:
        """An endpoint that may do everything, unless told otherwise."""
        number = self._object("pubsub.endpoint", name)
        endpoint = Endpoint(id=number, name=name, **{"permissions": ALL, **fields})
        self.broker.endpoints.put(endpoint)
        return endpoint

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What a coroutine returns; it has to end within a minute."""
        return self.runner.run(_in_time(coroutine))

    def publish(self, topic_name: str, *data: object, **fields: Any) -> list[str]:
        """Publishes messages one after the other."""
        return [self.run(self.broker.publish(topic_name, Publication(data=each, **fields))) for each in data]

    def subscribe(self, topic_name: str, endpoint: Endpoint | None = None, client_id: str = "") -> str:
        """Subscribes, and returns the key."""
        subscribing = self.broker.subscribe(endpoint or self.rest, topic_name, client_id=client_id)
        return self.run(subscribing).sub_key

    def pull(self, sub_key: str, limit: int = 100) -> list[Any]:
        """Takes what waits, as its data."""
        claimed = self.run(self.broker.claim(sub_key, limit))
        self.run(self.broker.confirm(sub_key, [one.msg_id for one in claimed]))
        return [one.data for one in claimed]

    def count(self, table: type) -> int:
        """How many rows a table has."""
        from sqlalchemy import func, select

        with self.odb.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def delete(self, number: int) -> None:
        """Deletes an object as a server does: in the ODB, and from what is in effect."""
        with self.odb.writing() as session:
            session.delete(session.get_one(Object, number))
        self.broker.topics.remove(number)
        self.broker.endpoints.remove(number)

    def __enter__(self) -> Self:
        self.run(self._start())
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.run(self._close())
        if self._is_alone:
            self.runner.close()

    async def _start(self) -> None:
        if not self._is_alone:
            self.bus.start()
        self.broker.start()

    async def _close(self) -> None:
        self.broker.close()
        self.bus.close()

    async def _hook(self, service: str, payload: object) -> object:
        self.asked.append(payload)
        return await self.hook(service, payload)

    def _object(self, kind: str, name: str) -> int:
        from sqlalchemy import select

        with self.odb.writing() as session:
            found = session.scalar(select(Object.id).where(Object.kind == kind, Object.name == name))
            if found is not None:
                return found
            made = Object(kind=kind, space=kind, name=name, search=name, fields={}, secrets={})
            session.add(made)
            session.flush()
            return made.id


async def until(condition: Any, seconds: float = 30.0) -> None:
    """Lets the loop work until something is so."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def _in_time(awaitable: Awaitable[T]) -> T:
    async with asyncio.timeout(60):
        return await awaitable
