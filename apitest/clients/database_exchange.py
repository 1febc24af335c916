"""Makes a statement and its result fit to be shown, as an exchange is: long results are cut."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from apitest.context import FeatureContext
from apitest.documents import diff
from apitest.documents.display import cut
from apitest.events import Exchange
from apitest.tables import cells
from apitest.tables.rows import Rows

_ROWS = 20  # rows of a result in a report
_CELL = 60  # characters of a cell
_VALUES = 2_000  # characters of the values that were bound


class Asked(NamedTuple):
    """What was sent to a database.

    Attributes:
        protocol: "SQL" or "CQL".
        where: the connection, as it may be shown.
        statement: as it was sent.
        values: those that were bound to it.
    """

    protocol: str
    where: str
    statement: str
    values: Sequence[Any] = ()


def keep(zato: FeatureContext, asked: Asked, result: Any, seconds: float) -> None:
    """Makes it the last exchange of the feature, and tells it where every exchange is to be shown.

    Args:
        zato: the state of the feature.
        asked: what was sent.
        result: the rows that came, a number of rows, True for done, or None where nothing came.
        seconds: how long it took.
    """
    zato.exchange = partial(make, asked, result, seconds)
    if zato.run.verbose:
        zato.run.emit(zato.exchange())


def make(asked: Asked, result: Any, seconds: float) -> Exchange:
    """The exchange as an event; secrets are taken out where it is emitted."""
    bound = cut(", ".join(map(cells.written, asked.values)), _VALUES)
    return Exchange(
        protocol=asked.protocol,
        request=" ".join(asked.statement.split()),
        request_headers=(("Connection", asked.where),),
        request_body=bound,
        response=_count(result),
        response_body=_table(result) if isinstance(result, Rows) else "",
        seconds=seconds,
    )


def _count(result: Any) -> str:
    if isinstance(result, bool) or (isinstance(result, Rows) and not result.columns):
        return "done" if result else ""
    if not isinstance(result, int | Rows):
        return ""
    number = len(result.rows) if isinstance(result, Rows) else result
    return f"{number:,} {'row' if number == 1 else 'rows'}"


def _table(result: Rows) -> str:
    """The first rows, a line each, below the names of the columns."""
    shown = [[cut(cells.written(value), _CELL) for value in row] for row in result.rows[:_ROWS]]
    if not shown:
        return ""
    lines = [line[2:] for line in diff.table_diff([], shown, result.columns)]
    more = len(result.rows) - len(shown)
    return "\n".join([*lines, f"… {more:,} more rows"] if more else lines)
