"""An SQL statement, as the dialect of its database writes it, and its result as an event."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from apitest import redaction
from apitest.clients import database_exchange
from apitest.clients.database_exchange import Call
from apitest.events import Exchange
from apitest.tables.bound import Statement

if TYPE_CHECKING:
    from apitest.clients.sql.connection import SQLConnection


def make(connection: "SQLConnection", call: Call) -> Exchange:
    """The call as an event; values whose names look secret are left out."""
    statement, named = call.statement, call.values if isinstance(call.values, Mapping) else {}
    bound: Sequence[object] = ()
    if isinstance(statement, Statement):
        bound, statement = statement.values, statement.shown
    elif not isinstance(statement, str):
        compiled = statement.compile(dialect=connection.sqlalchemy_dialect)  # type: ignore[attr-defined]  # all that we build has it
        statement, named = str(compiled), compiled.params
    values = [redaction.MASK if redaction.is_secret(name) else value for name, value in named.items()]
    if isinstance(call.values, Sequence):
        values += call.values
    values += bound
    return database_exchange.event("SQL", connection.shown_url, statement, values, call)
