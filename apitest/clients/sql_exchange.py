"""A statement and what the database answered, as reports show them."""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from apitest import cells, masking
from apitest.events import Exchange
from apitest.rows import Rows

if TYPE_CHECKING:
    from sqlalchemy import Dialect, Executable

_ROWS = 20  # rows of a result that are shown
_CELL = 60  # characters of a cell
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
    shown = [(name, masking.MASK if masking.is_secret(name) else cells.written(v)) for name, v in parameters.items()]
    answer, body = _answer(call.result)
    return Exchange(
        protocol="SQL",
        request=masking.shorten(masking.mask_text(" ".join(statement.split()), secrets), _LIMIT),
        request_headers=(
            ("connection", url),
            *((name, masking.mask_text(masking.shorten(text, _LIMIT), secrets)) for name, text in shown),
        ),
        response=answer,
        response_body=masking.mask_text(body, secrets),
        seconds=call.seconds,
    )


def _written(call: Call, dialect: "Dialect") -> tuple[str, Mapping[str, Any]]:
    if isinstance(call.statement, str):
        return call.statement, call.parameters or {}
    compiled: Any = call.statement.compile(dialect=dialect)  # type: ignore[attr-defined]  # all that we build has it
    return str(compiled), compiled.params


def _answer(result: Rows | int | None) -> tuple[str, str]:
    if result is None:
        return "", ""
    if isinstance(result, int):
        return f"{_counted(result)} changed", ""
    return _counted(len(result.rows)), _table(result) if result.rows else ""


def _counted(number: int) -> str:
    return f"{number:,} {'row' if number == 1 else 'rows'}"


def _table(result: Rows) -> str:
    """The first rows below the names of their columns, aligned; a column with a secret's name is masked."""
    secret = [masking.is_secret(name) for name in result.columns]
    lines = [list(result.columns)]
    for row in result.rows[:_ROWS]:
        texts = (masking.shorten(cells.written(value), _CELL) for value in row)
        lines.append([masking.MASK if hidden else text for hidden, text in zip(secret, texts, strict=True)])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = [" | ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    more = len(result.rows) - _ROWS
    return "\n".join([*shown, f"… {more:,} more rows"] if more > 0 else shown)
