"""The Cassandra connections of a feature; the driver is loaded when the first one is opened."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from apitest.clients import connections, database_exchange
from apitest.clients.cassandra import exchange as cassandra_exchange
from apitest.clients.cassandra.settings import CassandraSettings
from apitest.context import FeatureContext
from apitest.errors import MissingDependency

if TYPE_CHECKING:
    from apitest.clients.cassandra.connection import CassandraConnection

KIND = "Cassandra"


def settings(zato: FeatureContext) -> CassandraSettings:
    """What the sentences say, or defaults; the Python of an old project may have said it, too."""
    said = zato.get("cassandra_ctx")
    known = CassandraSettings._fields
    old = {name: value for name, value in said.items() if name in known} if isinstance(said, Mapping) else {}
    if "contact_points" in old:
        old["contact_points"] = tuple(old["contact_points"])
    return CassandraSettings(**old)._replace(**zato.changed_settings(CassandraSettings))


def connect(zato: FeatureContext, keyspace: str, name: str) -> None:
    """Opens a connection, which is closed at the end of the feature.

    Args:
        zato: the state of the feature.
        keyspace: what tables are looked for in; "" for none.
        name: what sentences call the connection.

    Raises:
        ApitestError: as of `opened`.
    """
    zato.exchange = None
    connection = opened(settings(zato), keyspace or None)
    connection.limit = lambda: zato.settings(connections.StatementSettings).timeout
    connection.observe = database_exchange.Observer(zato, partial(cassandra_exchange.make, connection))
    connections.keep(zato, KIND, name, connection)


def opened(settings: CassandraSettings, keyspace: str | None = None) -> "CassandraConnection":
    """A new session.

    Raises:
        MissingDependency: the driver does not work with this Python.
        Unreachable: no node answers, or they refuse the user.
        BadValue: there is no such keyspace, or a file for TLS cannot be read.
    """
    try:
        from apitest.clients.cassandra.connection import CassandraConnection
    except Exception as error:  # beside ImportError, the driver raises an error class it defines if no event loop works
        fix = "pip install --force-reinstall --only-binary :all: cassandra-driver"
        raise MissingDependency(f"The Cassandra driver cannot be loaded: {error}", fix=fix) from None
    return CassandraConnection(settings, keyspace)


def find(zato: FeatureContext, given: object) -> "CassandraConnection":
    """The open connection of a name; a connection, which is what ``#name`` stands for, is taken as it is.

    Raises:
        BadValue: there is no connection of that name, or it is closed.
    """
    return cast("CassandraConnection", connections.find(zato, KIND, given))
