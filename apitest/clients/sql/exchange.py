"""A statement and what the database answered, as reports show them."""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from apitest import redaction
from apitest.clients import database_exchange
from apitest.clients.database_exchange import Asked
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


def make(call: Call, url: str, dialect: "Dialect", secrets: Collection[str]) -> Exchange:
    """The call as an event, without secrets.

    Args:
        call: what was run.
        url: of the database, its password masked.
        dialect: of the database.
        secrets: values that are shown nowhere.
    """
    statement, parameters = _written(call, dialect)
    values = [redaction.MASK if redaction.is_secret(name) else value for name, value in parameters.items()]
    asked = Asked("SQL", url, redaction.shorten(statement, _LIMIT), values)
    return database_exchange.make(asked, call.result, call.seconds, secrets)


def _written(call: Call, dialect: "Dialect") -> tuple[str, Mapping[str, Any]]:
    if isinstance(call.statement, str):
        return call.statement, call.parameters or {}
    compiled: Any = call.statement.compile(dialect=dialect)  # type: ignore[attr-defined]  # all that we build has it
    return str(compiled), compiled.params
