"""Kafka channels and outgoing connections of the ODB, in the running server."""

import asyncio
from collections.abc import Callable
from contextvars import Context
from pathlib import Path
from threading import RLock

from apitest_server.components import Key
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.kafka.channel import KafkaChannel
from apitest_server.kafka.delivery import Terms
from apitest_server.kafka.driver import need_driver
from apitest_server.kafka.outgoing import KafkaConnection, KafkaConnections
from apitest_server.kafka.place import place_of, topics_of
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.outgoing.tls import context

CHANNEL = "channel.kafka"
OUTGOING = "outgoing.kafka"
User = KafkaChannel | KafkaConnection


class Kafka:
    """What a server has to do with Kafka, from its start to its end.

    Attributes:
        connections: the outgoing ones by name, as services find them.
        channels: those that are active, by their IDs.
        directory: of the server, where relative paths begin.
    """

    def __init__(self, pipeline: Pipeline, server: Callable[[], str], patience: float, directory: Path) -> None:
        """Takes what it works with.

        Args:
            pipeline: calls services.
            server: returns the server's name.
            patience: seconds that what is under way may take before a connection is closed.
            directory: of the server.
        """
        self.connections = KafkaConnections("outgoing Kafka connection")
        self.channels: dict[int, KafkaChannel] = {}
        self.directory = directory
        self._pipeline = pipeline
        self._server = server
        self._patience = patience
        self._lock = RLock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """The server has started, on this event loop: connects."""
        with self._lock:
            self._loop = asyncio.get_running_loop()
            users: list[User] = [*self.channels.values(), *self.connections.values()]
        for user in users:
            user.start()

    async def close(self) -> None:
        """The server has ended: what is under way is ended, too."""
        with self._lock:
            self._loop = None
            channels, connections = list(self.channels.values()), list(self.connections.values())
        # Services that are being called may still want to send something
        await asyncio.gather(*(channel.close(self._patience) for channel in channels), *self._closing)
        await asyncio.gather(*(connection.close(self._patience) for connection in connections))

    def use(self, item: StoredObject) -> None:
        """A channel or an outgoing connection is new or changed: from now on it is as it says.

        Raises:
            ServiceUnavailable: the driver is not installed.
        """
        with self._lock:
            old = self._taken(item)
            new = self._made(item) if item.fields.get("is_active", True) else None
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._replace, old, new, context=Context())  # Without the request's cid

    def leave(self, item: StoredObject) -> None:
        """A channel or an outgoing connection is not used any longer; what is under way is ended."""
        with self._lock:
            old = self._taken(item)
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._replace, old, None, context=Context())

    def _taken(self, item: StoredObject) -> User | None:
        return self.channels.pop(item.id, None) if item.kind == CHANNEL else self.connections.drop(item.id)

    def _made(self, item: StoredObject) -> User:
        need_driver()
        place, get, client = place_of(item, self.directory), item.fields.get, f"{self._server()}: {item.name}"
        if item.kind == CHANNEL:
            terms = Terms(
                item.name, get("service", ""), get("on_failure", "retry"), get("data_format", ""), place.address
            )
            group = {"group.id": get("group_id", "") or item.name, "auto.offset.reset": get("start_from", "earliest")}
            topics, size = topics_of(get("topic", "")), get("pool_size", 1)
            channel = KafkaChannel(terms, place, self._pipeline, topics, group, size, client)
            self.channels[item.id] = channel
            return channel
        connection = KafkaConnection(
            item.name, place, get("topic", ""), get("timeout", 10), get("compression", "none"), client
        )
        self.connections.put(item.id, item.name, connection)
        return connection

    def _replace(self, old: User | None, new: User | None) -> None:
        if old is not None:
            task = asyncio.get_running_loop().create_task(old.close(self._patience))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
        if new is not None:
            new.start()


class KafkaObjects(Each):
    """Makes channels or outgoing connections effective."""

    def __init__(self, kafka: Kafka) -> None:
        self._kafka = kafka

    def check(self, item: StoredObject) -> None:
        """Refuses one whose authorities cannot be used, and one that is active where the driver is not installed."""
        if item.fields.get("is_active", True):
            need_driver()
        if item.fields.get("use_tls"):
            context(item.fields, self._kafka.directory)

    def put(self, item: StoredObject) -> None:
        """Connects to where it leads now."""
        self._kafka.use(item)

    def remove(self, item: StoredObject) -> None:
        """Closes the connections."""
        self._kafka.leave(item)


KAFKA_KEY: Key[Kafka] = Key("kafka")
