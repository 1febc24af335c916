"""A CQL statement and its result as an event."""

from typing import TYPE_CHECKING

from apitest.clients import database_exchange
from apitest.clients.database_exchange import Call
from apitest.events import Exchange
from apitest.tables.bound import Statement

if TYPE_CHECKING:
    from apitest.clients.cassandra.connection import CassandraConnection


def make(connection: "CassandraConnection", call: Call) -> Exchange:
    """The call as an event."""
    statement, values = call.statement, list(call.values)
    if isinstance(statement, Statement):
        return database_exchange.event("CQL", str(connection), statement.shown, [*statement.values, *values], call)
    return database_exchange.event("CQL", str(connection), str(statement), values, call)
