"""ZeroMQ channels and outgoing connections of the ODB, in the running server."""

import asyncio
from collections.abc import Coroutine
from contextvars import Context
from threading import RLock
from typing import TYPE_CHECKING

from apitest_server.components import Key
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.zmq.channel import ZMQChannel
from apitest_server.zmq.delivery import Terms
from apitest_server.zmq.driver import need_driver
from apitest_server.zmq.outgoing import ZMQConnection, ZMQConnections
from apitest_server.zmq.place import place_of

if TYPE_CHECKING:
    from zmq.asyncio import Context as Sockets

CHANNEL = "channel.zmq"
OUTGOING = "outgoing.zmq"
User = ZMQChannel | ZMQConnection


class ZMQ:
    """What a server has to do with ZeroMQ, from its start to its end.

    Attributes:
        connections: the outgoing ones by name, as services find them.
        channels: those that are active, by their IDs.
    """

    def __init__(self, pipeline: Pipeline, patience: float) -> None:
        """Takes what calls services, and how many seconds those that were called may take when the server ends."""
        self.connections = ZMQConnections("outgoing ZeroMQ connection")
        self.channels: dict[int, ZMQChannel] = {}
        self._pipeline = pipeline
        self._patience = patience
        self._lock = RLock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sockets: Sockets | None = None
        self._closing: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """The server has started, on this event loop: opens the sockets."""
        with self._lock:
            self._loop = asyncio.get_running_loop()
            for connection in self.connections.values():
                connection.start()
            for channel in self.channels.values():
                channel.link.start()

    async def close(self) -> None:
        """The server has ended: services that were called end, too."""
        with self._lock:
            self._loop = None
            channels, connections = list(self.channels.values()), list(self.connections.values())
        await asyncio.gather(*(channel.link.close() for channel in channels), *self._closing)
        # They may still want to send something
        await asyncio.gather(*(channel.finish(self._patience) for channel in channels))
        await asyncio.gather(*(connection.link.close() for connection in connections))
        if self._sockets is not None:
            await asyncio.to_thread(self._sockets.term)  # Waits for what was sent

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
        """A channel or an outgoing connection is not used any longer."""
        with self._lock:
            old = self._taken(item)
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._replace, old, None, context=Context())

    def _taken(self, item: StoredObject) -> User | None:
        return self.channels.pop(item.id, None) if item.kind == CHANNEL else self.connections.drop(item.id)

    def _made(self, item: StoredObject) -> User:
        need_driver()
        place, get = place_of(item), item.fields.get
        if item.kind == CHANNEL:
            terms = Terms(item.name, get("service", ""), get("data_format", ""), place.address)
            channel = self.channels[item.id] = ZMQChannel(terms, place, self._pipeline, self._context)
            return channel
        connection = ZMQConnection(item.name, place, self._context)
        self.connections.put(item.id, item.name, connection)
        return connection

    def _context(self) -> "Sockets":
        from zmq.asyncio import Context as Sockets

        if self._sockets is None:
            self._sockets = Sockets()
        return self._sockets

    def _replace(self, old: User | None, new: User | None) -> None:
        closing = None
        if old is not None:
            closing = self._kept(old.link.close())
            if isinstance(old, ZMQChannel):
                self._kept(old.finish(self._patience))
        if isinstance(new, ZMQChannel) and not new.link.leaving.is_set():
            new.link.start(closing)
        elif isinstance(new, ZMQConnection) and not new.link.leaving.is_set():
            new.start(closing)

    def _kept(self, work: Coroutine[None, None, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
        return task


class ZMQObjects(Each):
    """Makes channels or outgoing connections effective."""

    def __init__(self, zmq: ZMQ) -> None:
        self._zmq = zmq

    def check(self, item: StoredObject) -> None:
        """Refuses one that is active where the driver is not installed."""
        if item.fields.get("is_active", True):
            need_driver()

    def put(self, item: StoredObject) -> None:
        """Opens a socket, in the place of the one before."""
        self._zmq.use(item)

    def remove(self, item: StoredObject) -> None:
        """Closes the socket."""
        self._zmq.leave(item)


ZMQ_KEY: Key[ZMQ] = Key("zmq")
