"""A statement and what the database answered, as reports show them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from apitest import redaction
from apitest.clients import database_exchange
from apitest.clients.database_exchange import Asked
from apitest.documents.display import cut
from apitest.events import Exchange
from apitest.tables.rows import Rows

if TYPE_CHECKING:
    from sqlalchemy import Dialect, Executable

_LIMIT = 10_000  # characters of a statement


class Call:
    """A statement that is run.

    Attributes:
        statement: as the user wrote it, or as it is built.
        parameters: its values by name, as far as they are known apart from it.
        result: the rows, or how many were changed; None as long as there is none.
        seconds: how long it took, likewise 0.
    """

    __slots__ = ("parameters", "result", "seconds", "statement")

    def __init__(self, statement: "str | Executable", parameters: Mapping[str, Any] | None = None) -> None:
        self.statement = statement
        self.parameters = parameters
        self.result: Rows | int | None = None
        self.seconds = 0.0


Observer = Callable[[Call], None]
"""Is told of each call twice: before it is run, and when it has its result."""


def make(call: Call, url: str, dialect: "Dialect") -> Exchange:
    """The call as an event; secrets of the run are taken out where it is emitted.

    Args:
        call: what was run.
        url: of the database, without its password.
        dialect: of the database.
    """
    statement, parameters = _written(call, dialect)
    values = [redaction.MASK if redaction.is_secret(name) else value for name, value in parameters.items()]
    asked = Asked("SQL", url, cut(statement, _LIMIT), values)
    return database_exchange.make(asked, call.result, call.seconds)


def _written(call: Call, dialect: "Dialect") -> tuple[str, Mapping[str, Any]]:
    if isinstance(call.statement, str):
        return call.statement, call.parameters or {}
    compiled: Any = call.statement.compile(dialect=dialect)  # type: ignore[attr-defined]  # all that we build has it
    return str(compiled), compiled.params
