"""The Cassandra connections of a feature, and what was last asked of one."""

from collections.abc import Callable
from dataclasses import fields
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from apitest.clients import connections, database_exchange
from apitest.clients.cassandra.settings import CassandraSettings, connect
from apitest.clients.database_exchange import Asked
from apitest.context import FeatureContext

if TYPE_CHECKING:
    from apitest.clients.cassandra.connection import CassandraConnection

Result = TypeVar("Result")

KIND = "Cassandra"
_FIELDS = {field.name for field in fields(CassandraSettings)}


def settings(zato: FeatureContext) -> CassandraSettings:
    """What the sentences of the feature said, or defaults; an old project's Python may have said it, too."""
    given = {**zato.get("cassandra_ctx", {}), **zato.cassandra}
    if "contact_points" in given:
        given["contact_points"] = tuple(given["contact_points"])
    return CassandraSettings(**{name: value for name, value in given.items() if name in _FIELDS})


def open_connection(zato: FeatureContext, keyspace: str, name: str) -> None:
    """Connects, for the rest of the feature; a connection of the same name is closed first.

    Args:
        zato: the state of the feature.
        keyspace: what tables are looked for in; "" for none.
        name: what sentences call the connection.

    Raises:
        ApitestError: as `apitest.clients.cassandra.settings.connect` does.
    """
    zato.exchange = None
    connections.keep(zato, KIND, name, connect(settings(zato), keyspace or None))


def close_connection(zato: FeatureContext, given: Any) -> None:
    """Closes a connection; it is remembered, so that its use afterwards is told as that.

    Raises:
        BadValue: it was never opened, or is closed already.
    """
    connections.close(zato, KIND, given)


def use(zato: FeatureContext, given: Any, work: "Callable[[CassandraConnection], Result]") -> Result:
    """Does something with a connection, and keeps what was sent and what came for reports.

    Args:
        zato: the state of the feature.
        given: the connection's name, or the connection itself (``#name``).
        work: what to do with it.

    Raises:
        BadValue: there was no such connection, or it is closed.
        ApitestError: as ``work`` does.
    """
    connection: CassandraConnection = connections.find(zato, KIND, given)
    came: Any = None
    started = perf_counter()
    try:
        result = work(connection)
        came = True if result is None else result
        return result
    finally:
        asked = Asked("CQL", str(connection), *connection.sent)
        database_exchange.keep(zato, asked, came, perf_counter() - started)
