"""Outgoing SQL connections that are defined in the ODB, in the running server."""

from pathlib import Path

from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.outgoing.connections import Connections
from apitest_server.outgoing.sql import SQLConnection


class SQLObjects(Each):
    """Makes, changes and removes connections as their definitions come, change and go."""

    def __init__(self, connections: Connections[SQLConnection], directory: Path) -> None:
        self._connections = connections
        self._directory = directory

    def put(self, item: StoredObject) -> None:
        """Who holds a session of the one before may go on with it."""
        self.remove(item)
        if item.fields.get("is_active", True):
            self._connections.put(item.id, item.name, SQLConnection(item, self._directory))

    def remove(self, item: StoredObject) -> None:
        """Its connections are closed."""
        old = self._connections.drop(item.id)
        if old is not None:
            old.close()
