"""A statement and what a database answered, as reports show them: one way for every kind of database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from time import perf_counter

from apitest.context import FeatureContext
from apitest.documents import diff
from apitest.events import Exchange
from apitest.language.shortening import cut
from apitest.tables import cells
from apitest.tables.rows import Rows

_ROWS = 20  # rows of a result in a report
_CELL = 60  # characters of a cell
_VALUES = 2_000  # characters of the values that were bound
_STATEMENT = 10_000  # characters of a statement

Result = Rows | int | bool | None
"""The rows that came, the number of rows that changed, True for done; None where nothing came."""


class Call:
    """A statement that is run.

    Attributes:
        statement: as the user wrote it, or as it is built.
        values: those that are bound to it, by name or in order, as far as they are known apart from it.
        result: what came.
        seconds: how long it took; 0 while it runs.
    """

    __slots__ = ("result", "seconds", "statement", "values")

    def __init__(self, statement: object, values: Sequence[object] | Mapping[str, object] = ()) -> None:
        self.statement = statement
        self.values = values
        self.result: Result = None
        self.seconds = 0.0


Make = Callable[[Call], Exchange]
"""Makes an event of a call."""


class Observer:
    """Makes each call the last exchange of the feature, and tells of it if anybody wants to know.

    Args:
        zato: the state of the feature.
        make: as it says.
    """

    def __init__(self, zato: FeatureContext, make: Make) -> None:
        self._zato = zato
        self._make = make

    def began(self, call: Call) -> None:
        """The statement is on its way."""
        self._zato.run.trace.began(partial(self._make, call))

    def ended(self, call: Call) -> None:
        """The call is over, or failed."""
        self._zato.exchange = partial(self._make, call)
        self._zato.run.exchanged(self._zato.exchange)


@contextmanager
def told(observe: Observer | None, call: Call) -> Iterator[Call]:
    """Measures what happens within, and tells the observer before and afterwards."""
    if observe:
        observe.began(call)
    started = perf_counter()
    try:
        yield call
    finally:
        call.seconds = perf_counter() - started
        if observe:
            observe.ended(call)


def event(protocol: str, where: str, statement: str, values: Sequence[object], call: Call) -> Exchange:
    """The call as an event; secrets are taken out where it is emitted.

    Args:
        protocol: "SQL" or "CQL".
        where: the connection, as it may be shown.
        statement: its text.
        values: those that were bound to it.
        call: for its result and time.
    """
    bound = cut(", ".join(map(cells.written, values)), _VALUES)
    table = _table(call.result) if isinstance(call.result, Rows) else ""
    return Exchange(
        protocol=protocol,
        request=cut(" ".join(statement.split()), _STATEMENT),
        request_headers=(("Connection", where),),
        request_body=bound,
        response=_count(call.result),
        response_body=table,
        seconds=call.seconds,
    )


def _count(result: Result) -> str:
    if isinstance(result, bool) or (isinstance(result, Rows) and not result.columns):
        return "done" if result else ""
    if result is None:
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
