"""AMQP definitions, channels and outgoing connections of the ODB, in the running server."""

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import Context
from pathlib import Path
from threading import RLock

from apitest_server.amqp.broker import Broker, broker_of, need_driver
from apitest_server.amqp.channel import AMQPChannel
from apitest_server.amqp.delivery import Terms
from apitest_server.amqp.outgoing import AMQPConnection, AMQPConnections
from apitest_server.components import Key
from apitest_server.errors import ServiceUnavailable
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each

DEFINITION = "definition.amqp"
CHANNEL = "channel.amqp"
OUTGOING = "outgoing.amqp"
_PROPERTIES = (
    "delivery_mode", "priority", "content_type", "content_encoding", "expiration", "user_id", "app_id",
)  # fmt: skip
User = AMQPChannel | AMQPConnection


class AMQP:
    """What a server has to do with AMQP, from its start to its end.

    Attributes:
        connections: the outgoing ones by name, as services find them.
        definitions: brokers by the IDs of their definitions.
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
        self.connections = AMQPConnections("outgoing AMQP connection")
        self.definitions: dict[int, Broker] = {}
        self.channels: dict[int, AMQPChannel] = {}
        self._pipeline = pipeline
        self._server = server
        self._patience = patience
        self.directory = directory
        self._items: dict[int, StoredObject] = {}
        self._lock = RLock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """The server has started, on this event loop: connects."""
        with self._lock:
            self._loop = asyncio.get_running_loop()
            for channel in self.channels.values():
                _start(channel)
            for connection in self.connections.values():
                _start(connection)

    async def close(self) -> None:
        """The server has ended: what is under way is ended, too."""
        with self._lock:
            self._loop = None
            channels, connections = list(self.channels.values()), list(self.connections.values())
        # Services that are being called may still want to send something
        await asyncio.gather(*(channel.link.close(self._patience) for channel in channels), *self._closing)
        await asyncio.gather(*(connection.link.close(self._patience) for connection in connections))

    def broker(self, number: int) -> Broker:
        """Where a definition leads.

        Raises:
            ServiceUnavailable: there is none with this ID.
        """
        found = self.definitions.get(number)
        if found is None:
            raise ServiceUnavailable(f"There is no AMQP definition with ID {number}")
        return found

    def define(self, item: StoredObject) -> None:
        """A definition is new or changed: those that use it connect anew."""
        with self._lock:
            broker = broker_of(item, self.directory)
            if self.definitions.get(item.id) != broker:
                self.definitions[item.id] = broker
                for one in [one for one in self._items.values() if one.fields["def_id"] == item.id]:
                    self.use(one)

    def forget(self, item: StoredObject) -> None:
        """A definition is gone; nothing uses it."""
        with self._lock:
            self.definitions.pop(item.id, None)

    def use(self, item: StoredObject) -> None:
        """A channel or an outgoing connection is new or changed: from now on it is as it says.

        Raises:
            ServiceUnavailable: its definition is gone, or the driver is not installed.
        """
        with self._lock:
            self.leave(item)
            if not item.fields.get("is_active", True):
                return
            need_driver()
            broker = self.broker(item.fields["def_id"])
            self._items[item.id] = item
            new: User
            if item.kind == CHANNEL:
                new = self.channels[item.id] = self._channel(item, broker)
            else:
                new = self._connection(item, broker)
                self.connections.put(item.id, item.name, new)
            if self._loop is not None:
                self._loop.call_soon_threadsafe(_start, new, context=Context())  # Not the request's, with its cid

    def leave(self, item: StoredObject) -> None:
        """A channel or an outgoing connection is not used any longer; what is under way is ended."""
        with self._lock:
            self._items.pop(item.id, None)
            old: User | None = (
                self.channels.pop(item.id, None) if item.kind == CHANNEL else self.connections.drop(item.id)
            )
            if old is not None and self._loop is not None:
                self._loop.call_soon_threadsafe(self._retire, old.link.close(self._patience), context=Context())

    def _retire(self, closing: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(closing)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _channel(self, item: StoredObject, broker: Broker) -> AMQPChannel:
        get = item.fields.get
        terms = Terms(
            name=item.name,
            queue=get("queue", ""),
            service=get("service", ""),
            ack_mode=get("ack_mode", "ack"),
            data_format=get("data_format", ""),
            where=f"{broker.host}:{broker.port}",
        )
        prefix, server = get("consumer_tag_prefix", ""), self._server()
        tag = f"{prefix}.{server}." if prefix else f"{item.name}.{server}."
        size = get("pool_size", 1), get("prefetch_count", 1)
        return AMQPChannel(terms, broker, self._pipeline, tag[:200], size, f"{server}: {item.name}")

    def _connection(self, item: StoredObject, broker: Broker) -> AMQPConnection:
        properties = {name: item.fields.get(name) or None for name in _PROPERTIES}
        size = item.fields.get("pool_size", 1)
        return AMQPConnection(item.name, broker, properties, size, f"{self._server()}: {item.name}")


class DefinitionObjects(Each):
    """Makes definitions effective."""

    def __init__(self, amqp: AMQP) -> None:
        self._amqp = amqp

    def check(self, item: StoredObject) -> None:
        """Refuses one whose certificates cannot be used."""
        broker_of(item, self._amqp.directory).context()

    def put(self, item: StoredObject) -> None:
        """What uses it connects to where it leads now."""
        self._amqp.define(item)

    def remove(self, item: StoredObject) -> None:
        """Nothing uses it."""
        self._amqp.forget(item)


class UserObjects(Each):
    """Makes channels or outgoing connections effective."""

    def __init__(self, amqp: AMQP) -> None:
        self._amqp = amqp

    def check(self, item: StoredObject) -> None:
        """Refuses one that is active where the driver is not installed."""
        if item.fields.get("is_active", True):
            need_driver()

    def put(self, item: StoredObject) -> None:
        """Connects to where it leads now."""
        self._amqp.use(item)

    def remove(self, item: StoredObject) -> None:
        """Closes the connection."""
        self._amqp.leave(item)


def _start(user: User) -> None:
    if isinstance(user, AMQPConnection):
        user.start()
    elif not user.link.leaving.is_set():
        user.link.start()


AMQP_KEY: Key[AMQP] = Key("amqp")
