"""Results of databases against tables, numbers and literals."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from apitest.checks import results
from apitest.errors import BadValue, CheckFailed
from apitest.language.lists import ListItem
from apitest.tables.rows import Rows

RESULT = Rows(
    ("id", "Name", "price", "born"),
    [
        (1, "Maria", Decimal("19.90"), datetime.date(2001, 2, 3)),
        (2, "Jan", Decimal("5.00"), None),
        (2, "Jan", Decimal("5.00"), None),
    ],
    "SELECT *\n FROM people",
)


def check(headings: str, *rows: str, ordered: bool = False, result: Rows = RESULT) -> None:
    """Rows as in a feature file, cells between bars."""
    cells = [[ListItem(cell.strip()) for cell in row.split("|")] for row in rows]
    results.returns(result, [name.strip() for name in headings.split("|")], cells, ordered=ordered)


def failure(headings: str, *rows: str, ordered: bool = False, result: Rows = RESULT) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        check(headings, *rows, ordered=ordered, result=result)
    return caught.value


def test_rows_in_any_order() -> None:
    """Columns may be some of the result's in any order and case; rows come in any order unless told."""
    check("name | ID | price | born", "Jan | 2 | 5 |", "Maria | 1 | 19.9 | 2001-02-03", "Jan | 2 | 5.0 | NULL")
    check("Name", "Maria", "Jan", "Jan", ordered=True)


def test_a_missing_and_an_unexpected_row() -> None:
    """The row that is most like a missing one stands beside it, and equal rows are written alike."""
    error = failure("id | name | price", "2 | Jan | 5", "1 | Mario | 19.9", "3 | Ana | 7", "4 | Eva | 1")
    assert error.problem == "The rows differ: 3 rows missing, 2 rows too many"
    assert error.where == "SELECT * FROM people"
    assert error.diff == (
        "  id | Name  | price",
        "  2  | Jan   | 5.00",
        "- 1  | Mario | 19.90",
        "- 3  | Ana   | 7",
        "- 4  | Eva   | 1",
        "+ 1  | Maria | 19.90",
        "+ 2  | Jan   | 5.00",
    )


def test_how_often_a_row_comes_counts() -> None:
    """A row that comes twice has to be there twice in the table."""
    error = failure("id", "1", "2")
    assert error.problem == "The rows differ: 0 rows missing, 1 row too many"
    assert error.diff[-1] == "+ 2"


def test_another_order() -> None:
    """Where the order counts, the same rows in another one are told as that."""
    error = failure("id", "2", "1", "2", ordered=True)
    assert error.problem == "The rows came in another order"
    assert error.fix == "Add an ORDER BY to the statement."
    assert error.diff == ("  id", "- 2", "  1", "  2", "+ 2")


def test_an_order_with_a_gap() -> None:
    """A row too few does not make all that follow different."""
    assert failure("id", "1", "2", ordered=True).diff == ("  id", "  1", "  2", "+ 2")


def test_texts_and_numbers_look_different() -> None:
    """A text of digits is in quotes, a number is not; long texts are shown where they begin to differ."""
    result = Rows(("a", "b"), [("1", "x" * 90 + "y")])
    error = failure("a | b", f"2 | {'x' * 90}z", result=result)
    assert error.diff[1].startswith('- "2" | …xxx')
    assert error.diff[1].endswith("z")
    assert error.diff[2].endswith("y")


def test_texts_that_look_alike() -> None:
    """Letters that look alike are told apart by their escape sequences, a line break from a backslash and an n."""
    assert failure("a", "e\u0301", result=Rows(("a",), [("\u00e9",)])).diff[1:] == (r"- e\u0301", r"+ \u00e9")
    assert failure("a", r"b\n", result=Rows(("a",), [("b\n",)])).diff[1:] == (r'- "b\\n"', r'+ "b\n"')


def test_what_is_expected_of_no_rows() -> None:
    """A result without rows has columns, but no kinds."""
    error = failure("a", "1", "NULL", result=Rows(("a",), []))
    assert error.diff == ("  a", "- 1", "- NULL")
    check("a", result=Rows(("a",), []))


def test_a_stated_type() -> None:
    """A heading may say what a column's values are, where the database has no such type."""
    result = Rows(("born", "alive"), [("2001-02-03", 1)])
    check("born:date | alive:boolean", "2001-02-03 | yes", result=result)
    assert failure("born:date | alive", "2001-02-04 | true", result=result).diff[1] == "- 2001-02-04 | 1"
    with pytest.raises(BadValue, match="does not exist"):
        check("born:datum", "x", result=result)


@pytest.mark.parametrize(
    ("heading", "result", "fix"),
    [
        ("nam", RESULT, "Did you mean Name?"),
        ("x:integer", RESULT, "Its columns are id, Name, price, born."),
        ("x", Rows((), []), ""),
    ],
)
def test_no_such_column(heading: str, result: Rows, fix: str) -> None:
    """A column that the result does not have is told with those it has."""
    error = failure(heading, "1", result=result)
    assert error.problem == f"The result has no column {heading.partition(':')[0]}"
    assert error.fix == fix


def test_number_of_rows() -> None:
    """A number that differs is told with the first rows."""
    results.has_rows(RESULT, 3)
    with pytest.raises(CheckFailed) as caught:
        results.has_rows(Rows(("n",), [(n,) for n in range(12)]), 1)
    assert (caught.value.expected, caught.value.actual) == ("1 row", "12 rows")
    assert caught.value.diff[0:2] == ("  n", "+ 0")
    assert caught.value.diff[-1] == "  … 2 more rows"
    with pytest.raises(CheckFailed) as caught:
        results.has_rows(Rows(("n",), []), 1)
    assert caught.value.diff == ()


@pytest.mark.parametrize(
    ("rows", "literal"),
    [
        ([(1, "a")], "[(1, 'a')]"),
        ([(1, "a")], "(1, 'a')"),
        ([(1, "a")], [(1, "a")]),
        ([(1,), (2,)], "[1, 2]"),
        ([(Decimal("19.90"), datetime.date(2001, 2, 3))], "[(19.9, '2001-02-03')]"),
        ([(Decimal("19.90"), True)], "[['19.9', 1]]"),
        ([(7,)], "7"),
        ([("Maria",)], "Maria"),
        ([("Maria",)], "'Maria'"),
        ([("7",)], "'7'"),
        ([(None,)], "None"),
        ([], "[]"),
    ],
)
def test_literals(rows: Sequence[tuple[Any, ...]], literal: Any) -> None:
    """A literal is the rows, or the value where there is only one; texts stand for what literals cannot write."""
    columns = tuple("abc"[: len(rows[0]) if rows else 1])
    results.equals(Rows(columns, list(rows)), literal)


@pytest.mark.parametrize(
    ("rows", "literal", "diff"),
    [
        ([(1,)], "'1'", ("  a", '- "1"', "+ 1")),
        ([(1,), (2,)], "[(2,), (1,)]", ("  a", "+ 1", "  2", "- 1")),
        ([(1, 2)], "[(1, 2, 'x')]", ("  a | b", "- 1 | 2 | x", "+ 1 | 2")),
        ([(1, 2)], "[None]", ("  a    | b", "- NULL", "+ 1    | 2")),
    ],
)
def test_other_literals(rows: Sequence[tuple[Any, ...]], literal: str, diff: tuple[str, ...]) -> None:
    """Types, order and width count."""
    with pytest.raises(CheckFailed) as caught:
        results.equals(Rows(tuple("abc"[: len(rows[0])]), list(rows)), literal)
    assert caught.value.diff == diff


@pytest.mark.parametrize("literal", ["Maria", "[(1, a)]", "7"])
def test_what_is_no_literal_of_rows(literal: str) -> None:
    """Neither a name nor a single value can be compared with rows of several columns."""
    with pytest.raises(BadValue):
        results.equals(Rows(("a", "b"), [("Maria", 1)]), literal)
    with pytest.raises(BadValue, match="not a Python literal"):
        results.equals(Rows(("a",), [("Maria",)]), "[(1, a)]")


@pytest.mark.parametrize("literal", ["Maria", "'Maria'", "7", "None"])
@pytest.mark.parametrize("rows", [[], [("Maria",), ("Jan",)], [(7,), (7,)], [(None,), (None,)]])
def test_a_value_is_one_row(literal: str, rows: list[tuple[Any, ...]]) -> None:
    """Where there are none, or several, the check fails: they may come, or go."""
    with pytest.raises(CheckFailed, match="The rows differ"):
        results.equals(Rows(("a",), rows), literal)


def test_an_empty_cell() -> None:
    """It is NULL or the empty text, whichever came; in quotes it is the text. A filled cell is neither."""
    result = Rows(("name",), [("",), (None,), ("x",)], "SELECT 1")
    check("name", "", "", "x", result=result)
    results.returns(result, ["name"], [[ListItem("", True)], [ListItem("")], [ListItem("x")]])
    for rows in (("", "x", "x"), ("", "", "y"), ("", "", ""), ("NULL", "NULL", "x")):
        failure("name", *rows, result=result)
    with pytest.raises(CheckFailed):
        results.returns(result, ["name"], [[ListItem("", True)], [ListItem("", True)], [ListItem("x")]])


def test_empty_cells_of_several_rows() -> None:
    """Each empty cell stands for one row, and as many rows have to be there as cells."""
    for values in (["", ""], [None, None], ["", None]):
        result = Rows(("name",), [(value,) for value in values], "SELECT 1")
        check("name", "", "", result=result)
        failure("name", "", "", "", result=result)
        failure("name", "", result=result)


def test_order_does_not_count_unless_told() -> None:
    """Rows may come in any order where nothing is said of it."""
    result = Rows(("n",), [(1,), (2,)], "SELECT 1")
    results.returns(result, ["n"], [[ListItem("2")], [ListItem("1")]])


def test_long_cells_are_cut_where_they_differ() -> None:
    """A cell takes forty characters of a line, and what differs is among them."""
    result = Rows(("text",), [("a" * 100 + "b",)], "SELECT 1")
    error = failure("text", "a" * 100 + "c", result=result)
    assert [line[-2:] for line in error.diff[1:]] == ["ac", "ab"]
    error = failure("text", "a" * 100 + "b", "x", result=result)
    assert error.diff[1] == f"  {'a' * 40}… (101 characters)"


def test_a_likely_row_is_looked_for_among_two_hundred() -> None:
    """A missing row stands beside the row most like it, as far as rows are looked at."""
    for others, beside in ((199, "+ 9999 | Maria"), (200, "+ 0    | x")):
        rows = [(number, "x") for number in range(others)] + [(9999, "Maria")]
        error = failure("n | name", "5000 | Maria", result=Rows(("n", "name"), rows, "SELECT 1"))
        assert error.diff[1:3] == ("- 5000 | Maria", beside)
