"""What rows a query returns."""

from apitest.checks import results
from apitest.steps.databases import check_count, check_rows
from apitest.steps.predicates.predicate import predicate
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind
from apitest.tables.rows import Rows


@predicate('is equal to "{value}"', of=Kind.ROWS, since="1.1")
def is_equal_to(found: Found, value: object) -> None:
    """Compares rows, in their order, with a Python literal, or a single value with one.

    Numbers are equal whatever their type; a text in the literal stands for a date, a time, a UUID.

    Example:
        is equal to "[(1, 'Maria'), (2, 'Jan')]"
    """
    results.equals(_rows(found), value)


@predicate("returns", of=Kind.ROWS)
def returns(found: Found) -> None:
    """Compares all rows, in any order, with the table's. A cell is read as its column's values are: number, date ….

    NULL and an empty cell mean that there is no value; an empty cell is the empty text as well. A cell in quotes is
    text. A heading may state the type, born:date, where the database has none for it. Lists, sets, maps, tuples and
    user-defined types are written as Python or JSON has them. Columns without a heading do not count.

    Example:
        returns
          | id | name     | total | paid       |
          | 2  | Jan      | 5     | NULL       |
          | 1  | Lee, Ann | 19.90 | 2026-01-31 |
    """
    check_rows(found.ctx)(_rows(found))


@predicate("returns in this order", of=Kind.ROWS)
def returns_in_this_order(found: Found) -> None:
    """Compares all rows, in their order, with the table's.

    Example:
        returns in this order
          | name     |
          | Lee, Ann |
          | Jan      |
    """
    check_rows(found.ctx, ordered=True)(_rows(found))


@predicate('returns "{count}" rows', 'returns "{count}" row', of=Kind.ROWS)
def returns_count(found: Found, count: object) -> None:
    """Counts the rows.

    Example:
        returns "2" rows
    """
    check_count(count)(_rows(found))


@predicate("returns no rows", of=Kind.ROWS)
def returns_nothing(found: Found) -> None:
    """Checks that there are no rows.

    Example:
        returns no rows
    """
    results.has_rows(_rows(found), 0)


def _rows(found: Found) -> Rows:
    assert found.rows is not None, "a subject that takes predicates of rows has them"
    return found.rows
