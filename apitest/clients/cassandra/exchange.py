"""A CQL statement and its result as an event."""

from typing import TYPE_CHECKING

from apitest.clients import database_exchange
from apitest.clients.database_exchange import Call
from apitest.events import Exchange

if TYPE_CHECKING:
    from apitest.clients.cassandra.connection import CassandraConnection


def make(connection: "CassandraConnection", call: Call) -> Exchange:
    """The call as an event."""
    return database_exchange.event("CQL", str(connection), str(call.statement), list(call.values), call)
