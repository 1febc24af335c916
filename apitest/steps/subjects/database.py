"""What queries return: of SQL and of CQL, from the step's text or from a file."""

from collections.abc import Callable

from apitest.context import StepContext
from apitest.errors import BadValue, CheckFailed
from apitest.steps import cassandra_statements, sql_statements
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import DOCUMENTS, Kind, Subject
from apitest.tables import cells
from apitest.tables.rows import Rows

_EXAMPLE = "SELECT name FROM orders"
_Query = Callable[[StepContext, str, object], Rows]


def _subject(language: str, query: _Query, file: bool = False) -> Subject:
    source = f'{language} file "{{source}}"' if file else f'{language} "{{source}}"'
    example = f'{language} file "orders.{language.lower()}"' if file else f'{language} "{_EXAMPLE}"'

    def find(ctx: StepContext, source: str, conn_name: object) -> Found:
        rows = query(ctx, source, conn_name)
        if not rows.columns:
            raise BadValue("The statement is not a query: it returns nothing", rows.statement, "Write a SELECT.")
        values = _values(rows)
        place = f"the result of {language} {rows.statement}"
        return Found(ctx, place, _found(rows, values), absent=lambda: _absent(place), counted=values, rows=rows)

    return Subject(
        "query",
        (f'{source} {{}}, using "{{conn_name}}"',),
        f'{example} {{}}, using "shop"',
        find,
        DOCUMENTS | {Kind.ROWS},
        raw=() if file else ("source",),
        stored=False,
        again=lambda ctx: None,  # to look again is to run the query again
    )


def _found(rows: Rows, values: list[object]) -> list[object]:
    """Nothing without rows; a single value; else the list of values and, for negative checks, each of them."""
    if len(rows.columns) == 1 and len(values) <= 1:
        return values
    return [values, *values] if values else []


def _values(rows: Rows) -> list[object]:
    """The values of a single column; else the rows, each a list."""
    if len(rows.columns) == 1:
        return [cells.portable(row[0]) for row in rows.rows]
    return [[cells.portable(value) for value in row] for row in rows.rows]


def _absent(place: str) -> CheckFailed:
    return CheckFailed("The query returns no rows", place)


SUBJECTS = (
    _subject("SQL", sql_statements.query),
    _subject("SQL", sql_statements.file_query, file=True),
    _subject("CQL", cassandra_statements.query),
    _subject("CQL", cassandra_statements.file_query, file=True),
)
