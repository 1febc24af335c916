"""Opens connections to SQL databases for a feature, and the transactions of a scenario on them."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, cast

from apitest.clients import connections, database_exchange
from apitest.clients.sql import exchange as sql_exchange
from apitest.context import FeatureContext
from apitest.errors import Unreachable
from apitest.redaction import learning

if TYPE_CHECKING:
    from apitest.clients.sql.connection import SQLConnection

KIND = "SQL"


def connect(zato: FeatureContext, url: object, name: str) -> None:
    """Opens a connection, which is closed at the end of the feature.

    Raises:
        BadValue: it is not a URL.
        MissingDependency: its driver is not installed.
        Unreachable: the server is down, or refuses the user.
    """
    from apitest.clients.sql import (
        settings as sql_url,  # SQLAlchemy takes its time to import, and many projects need none
    )

    zato.exchange = None
    url = str(url)
    password = sql_url.parse(url).password
    if password:
        zato.run.secrets.add(str(password))
    zato.run.secrets |= learning.of_text(url)
    connections.keep(zato, KIND, str(name), _opened(zato, url))


def _opened(zato: FeatureContext, url: str) -> "SQLConnection":
    from apitest.clients.sql.connection import SQLConnection

    connection = SQLConnection(url)
    connection.observe = database_exchange.Observer(zato, partial(sql_exchange.make, connection))
    connection.limit = lambda: zato.settings(connections.StatementSettings).timeout
    return connection


def find(zato: FeatureContext, given: object) -> "SQLConnection":
    """The open connection of a name.

    Raises:
        BadValue: there was none of that name, or it is closed.
    """
    return cast("SQLConnection", connections.find(zato, KIND, given))


class _Transaction:
    """What is rolled back when a scenario ends."""

    def __init__(self, connection: "SQLConnection") -> None:
        self._connection = connection

    def close(self) -> None:
        """Undoes what was not committed."""
        if not self._connection.closed:
            with suppress(Unreachable):  # where the connection is lost, the database has done it already
                self._connection.rollback()


def begin(zato: FeatureContext, given: object) -> None:
    """Begins a transaction; what it has not committed at the end of the scenario is rolled back.

    Raises:
        BadValue: there was no connection of that name, or it is closed.
    """
    connection = find(zato, given)
    connection.begin()
    zato.scenario.get("SQL transaction", str(id(connection)), lambda: _Transaction(connection))
