"""A statement of Cassandra with a name: ``self.cassandra_query["orders of a customer"].execute(["maria"])``."""

from apitest_server.odb import StoredObject
from apitest_server.outgoing.cassandra import CassandraConnection
from apitest_server.outgoing.connections import Connections
from apitest_server.service.attrs import Attrs
from apitest_server.service.offers import Bound


class CassandraQuery:
    """One statement, prepared at its first use, on the connection that its definition is at that time."""

    def __init__(self, item: StoredObject, connections: Connections[CassandraConnection]) -> None:
        """Takes what is stored of it, and the connections to Cassandra."""
        self.name = item.name
        self._item = item
        self._connections = connections

    def execute(self, parameters: Bound = None) -> list[Attrs]:
        """Runs it; returns its rows.

        Args:
            parameters: of its markers, in order or by name.

        Raises:
            ComponentMissing: the connection is not active.
            DatabaseError: parameters do not fit, Cassandra cannot be reached, or does not like the statement.
        """
        connection = self._connections.with_id(self._item.fields["def_id"])
        return connection.execute_prepared(self._item.fields["value"], parameters)

    __call__ = execute

    def close(self) -> None:
        """It has nothing of its own that could be closed."""
