"""Channels and outgoing connections of a technology in the running server: started, replaced and ended."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextvars import Context
from threading import RLock
from typing import Generic, TypeVar

from apitest_server.invoke.current import current_cid
from apitest_server.messaging.connection import Note, OutgoingConnection
from apitest_server.messaging.means import Means
from apitest_server.messaging.user import User
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.outgoing.audited import SENT
from apitest_server.outgoing.connections import Connections
from apitest_server.outgoing.driver import Driver

C = TypeVar("C", bound=User)
O = TypeVar("O", bound=OutgoingConnection)  # noqa: E741 - an outgoing connection


class Channels(ABC, Generic[C]):
    """The channels of a technology, from the start of the server to its end. Objects change in any thread.

    Attributes:
        channels: those that are active, by their IDs.
    """

    def __init__(self, patience: float) -> None:
        """Takes how many seconds what is under way may take when a channel ends."""
        self.channels: dict[int, C] = {}
        self.lock = RLock()
        self._patience = patience
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """The server has started, on this event loop: begins."""
        with self.lock:
            self._loop = asyncio.get_running_loop()
            for user in self._users():
                user.start()

    async def close(self) -> None:
        """The server has ended: what is under way is ended, too."""
        with self.lock:
            self._loop = None
            channels = list(self.channels.values())
        await self._ended(channels)
        while self._closing:
            await asyncio.wait(self._closing)  # Not gather: where all are done, it returns before they leave the set

    def check(self, item: StoredObject) -> None:
        """Refuses what could not take effect.

        Raises:
            HTTPError: why.
        """

    def use(self, item: StoredObject) -> None:
        """An object is new or changed: from now on it is as it says.

        Raises:
            HTTPError: it cannot take effect; then it is not there.
        """
        with self.lock:
            old, new = self._taken(item), None
            try:
                if item.fields.get("is_active", True):
                    new = self._put(item)
            finally:
                self._change(old, new)

    def leave(self, item: StoredObject) -> None:
        """An object is not used any longer; what is under way is ended."""
        with self.lock:
            self._change(self._taken(item), None)

    @abstractmethod
    def channel(self, item: StoredObject) -> C:
        """The channel that an object describes."""

    def _users(self) -> list[User]:
        return list(self.channels.values())

    def _taken(self, item: StoredObject) -> User | None:
        return self.channels.pop(item.id, None)

    def _put(self, item: StoredObject) -> User:
        made = self.channels[item.id] = self.channel(item)
        return made

    async def _ended(self, users: Iterable[User]) -> None:
        await asyncio.gather(*(user.close(self._patience) for user in users))

    def _change(self, old: User | None, new: User | None) -> None:
        if self._loop is not None:  # Without the cid of the request
            self._loop.call_soon_threadsafe(self._replace, old, new, context=Context())

    def _replace(self, old: User | None, new: User | None) -> None:
        if old is not None:
            task = asyncio.get_running_loop().create_task(self._left(old))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
        if new is not None and self._loop is not None:  # Else the server has ended meanwhile
            new.start(None if old is None else old.gone)

    async def _left(self, old: User) -> None:
        try:
            await old.close(self._patience)
        finally:
            old.gone.set()


class Technology(Channels[C], Generic[C, O]):
    """Channels, and outgoing connections that stay connected.

    Attributes:
        connections: the outgoing ones by name, as services find them.
        means: what the server gives.
    """

    def __init__(self, kind: str, driver: Driver, connections: Connections[O], means: Means) -> None:
        """Takes what it works with.

        Args:
            kind: of objects that are channels; the others are outgoing connections.
            driver: what both need.
            connections: where outgoing ones are kept.
            means: what the server gives.
        """
        super().__init__(means.patience)
        self.connections = connections
        self.means = means
        self._kind = kind
        self._driver = driver

    async def close(self) -> None:
        """Channels first: services that they have called may still want to send something."""
        with self.lock:
            connections = list(self.connections.values())
        await super().close()
        await self._ended(connections)

    def check(self, item: StoredObject) -> None:
        """Refuses one that is active where the driver is not installed."""
        if item.fields.get("is_active", True):
            self._driver.need()

    def note(self, item: StoredObject) -> Note:
        """What takes note of the messages of a connection."""

        def noted(body: bytes, where: str) -> None:
            self.means.record(item.id, SENT, current_cid.get(), body, where)

        return noted

    @abstractmethod
    def connection(self, item: StoredObject) -> O:
        """The outgoing connection that an object describes."""

    def client(self, item: StoredObject) -> str:
        """What a broker lists a channel or a connection as."""
        return f"{self.means.server()}: {item.name}"

    def _users(self) -> list[User]:
        return [*self.channels.values(), *self.connections.values()]

    def _taken(self, item: StoredObject) -> User | None:
        return super()._taken(item) if item.kind == self._kind else self.connections.drop(item.id)

    def _put(self, item: StoredObject) -> User:
        self._driver.need()
        if item.kind == self._kind:
            return super()._put(item)
        made = self.connection(item)
        self.connections.put(item.id, item.name, made)
        return made


class Objects(Each):
    """Makes channels or outgoing connections effective."""

    def __init__(self, owner: Channels[C]) -> None:
        self._owner = owner

    def check(self, item: StoredObject) -> None:
        """Refuses what could not take effect."""
        self._owner.check(item)

    def put(self, item: StoredObject) -> None:
        """It begins, in the place of the one before."""
        self._owner.use(item)

    def remove(self, item: StoredObject) -> None:
        """It ends."""
        self._owner.leave(item)
