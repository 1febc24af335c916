"""Outgoing connections that are defined in the ODB, in the running server."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.outgoing.connections import Connections


class Closable(Protocol):
    """A connection; it connects when it is first used."""

    def close(self) -> None:
        """Lets go of what nobody uses any longer."""


T = TypeVar("T", bound=Closable)


class ConnectionObjects(Each, Generic[T]):
    """Makes, changes and removes the connections of a kind as their definitions come, change and go."""

    def __init__(self, connections: Connections[T], made: Callable[[StoredObject], T]) -> None:
        """Takes where they are kept, and what makes one; that raises a BadRequest where its definition is wrong."""
        self._connections = connections
        self._made = made

    def check(self, item: StoredObject) -> None:
        """Refuses a definition that no connection can be made of."""
        self._made(item).close()

    def put(self, item: StoredObject) -> None:
        """Who uses the one before may go on with it."""
        self.remove(item)
        if item.fields.get("is_active", True):
            self._connections.put(item.id, item.name, self._made(item))

    def remove(self, item: StoredObject) -> None:
        """It is closed."""
        old = self._connections.drop(item.id)
        if old is not None:
            old.close()
