"""What queries return: of SQL and of CQL, from the step's text or from a file."""

from apitest.context import StepContext
from apitest.errors import BadValue, CheckFailed
from apitest.steps import anew
from apitest.steps.statements import CQL, SQL, Language
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import DOCUMENTS, Kind, Subject
from apitest.tables import cells
from apitest.tables.rows import Rows

_EXAMPLE = "SELECT name FROM orders"


def _subject(language: Language, file: bool = False) -> Subject:
    name, query = language.name, language.query_file if file else language.query
    source = f'{name} file "{{source}}"' if file else f'{name} "{{source}}"'
    example = f'{name} file "orders.{name.lower()}"' if file else f'{name} "{_EXAMPLE}"'

    def find(ctx: StepContext, source: str, conn_name: object) -> Found:
        rows = query(ctx, source, conn_name)
        if not rows.columns:
            raise BadValue("The statement is not a query: it returns nothing", rows.statement, "Write a SELECT.")
        values = _values(rows)
        place = f"the result of {name} {rows.statement}"
        return Found(ctx, place, _found(rows, values), absent=lambda: _absent(place), counted=values, rows=rows)

    return Subject(
        "query",
        (f'{source} {{}}, using "{{conn_name}}"',),
        f'{example} {{}}, using "shop"',
        find,
        DOCUMENTS | {Kind.ROWS},
        raw=() if file else ("source",),
        stored=False,
        again=anew.BY_ITSELF,  # to look again is to run the query again
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


SUBJECTS = (_subject(SQL), _subject(SQL, file=True), _subject(CQL), _subject(CQL, file=True))
