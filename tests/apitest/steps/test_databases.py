"""What the sentences about databases share: values, conditions and expected rows, on SQLite."""

from typing import Any

import pytest

from apitest.errors import BadValue, CheckFailed
from apitest.steps.databases import row_at
from apitest.tables.rows import Rows
from tests.apitest.steps.playing import Play
from tests.apitest.steps.shop import rows

INJECTION = "'; DROP TABLE t; --"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ("1, #{bad}", INJECTION),
        ("1, '#{bad}'", INJECTION),
        ("1, a #{bad}", f"a {INJECTION}"),
        ("1, #{commas}", "a, b, 'c'"),
        ("1, #{null}", "NULL"),
        ("1, #{none}", None),
        ("#row", "from a row"),
        ("1, ##{bad}", "#{bad}"),
    ],
)
def test_values_are_taken_apart_before_they_are_resolved(db: Play, values: str, found: Any) -> None:
    """What a variable holds is one value, whatever commas, quotes and words are in it."""
    own = {"bad": INJECTION, "commas": "a, b, 'c'", "null": "NULL", "none": None, "row": [1, "from a row"]}
    db.zato.user_ctx.update(own)
    db(f'I insert "{values}" into "id, name" of SQL table "t", using "db"')
    assert rows(db) == [(1, found)]


def test_a_single_column_takes_all(db: Play) -> None:
    """Where there is one column, commas separate nothing, and a variable is the value."""
    db.zato.user_ctx["quoted"] = "'a', b"
    db('I insert "1" into "id" of SQL table "t", using "db"')
    db('I update "name" of SQL table "t" set "x, y" filter by "id = 1", using "db"')
    assert rows(db) == [(1, "x, y")]
    db('I update "name" of SQL table "t" set "#quoted" filter by "name = \'x, y\'", using "db"')
    assert rows(db) == [(1, "'a', b")]
    db('I update "name" of SQL table "t" set "b, #{quoted}" filter by "id = 1", using "db"')
    assert rows(db) == [(1, "b, 'a', b")]


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ("name = #{bad}", [1, 2]),
        ("name = '#{bad}' or id = #{two}", [1]),
        ("id = #{two} and name = #{bad}", [1, 2, 3]),
        ("id in (#{ids})", [3]),
        ("id in (#{two}, 3)", [1]),
        ("f", [2, 3]),
        ("#f", [2, 3]),
        ("#text", [2, 3]),
    ],
)
def test_values_of_a_condition(db: Play, where: str, left: list[int]) -> None:
    """A variable in a condition is a value in it, and never a part of the condition."""
    db.zato.user_ctx.update({"bad": INJECTION, "two": 2, "ids": [1, 2], "text": "id = 1"})
    for values in ("1, a", "2, b", "3, #{bad}"):
        db(f'I insert "{values}" into "id, name" of SQL table "t", using "db"')
    db('I store filter "id" is "=" "1" "and" under "f"')
    db(f'I delete from SQL table "t" where "{where}", using "db"')
    assert [row[0] for row in rows(db)] == left


def test_cells_of_variables_are_values(db: Play) -> None:
    """A cell may be a variable of any type; its text is not taken for NULL or a quoted text."""
    db.zato.user_ctx.update({"id": 1, "name": "'NULL'", "bad": INJECTION})
    db('I insert "1, #{name}" into "id, name" of SQL table "t", using "db"')
    db('I insert "2, #{bad}!" into "id, name" of SQL table "t", using "db"')
    table = [["id", "name"], ["#id", "#name"], ["2", "#{bad}!"]]
    db.step('SQL "SELECT * FROM t" returns, using "db"', table=table)
    with pytest.raises(CheckFailed):
        db.step('SQL "SELECT name FROM t" returns, using "db"', table=[["name"], ["'NULL'"], ["#{bad}!"]])


def test_counts_and_tables_are_asked_for(db: Play) -> None:
    """A number of rows is an integer from 0 on; rows that are expected stand in a table."""
    db('SQL "SELECT * FROM t" returns "0" rows, using "db"')
    for count, problem in (("-1", "must be 0 or more"), ("x", "not an integer")):
        with pytest.raises(BadValue, match=problem):
            db(f'SQL "SELECT * FROM t" returns "{count}" rows, using "db"')
    with pytest.raises(BadValue, match="This step needs a table"):
        db('SQL "SELECT * FROM t" returns, using "db"')


ROWS = Rows(("id", "name"), [(1, "a"), (2, None)], "SELECT")


@pytest.mark.parametrize(
    ("rows", "idx", "value"),
    [
        (ROWS, "0", "1;a"),
        (ROWS, 1, "2;"),
        (ROWS, "-2", "1;a"),
        (Rows(("id",), [(1,), (2,)]), "1", 2),
        (Rows(("id",), []), "5", ""),
    ],
)
def test_a_row_by_its_index(rows: Rows, idx: Any, value: Any) -> None:
    """It is its only value, or the text of its values; nothing at all is an empty text."""
    assert row_at(rows, idx) == value


@pytest.mark.parametrize("idx", ["2", "-3", "x"])
def test_a_row_that_is_not_there(idx: str) -> None:
    """An index is that of a row."""
    with pytest.raises(BadValue):
        row_at(ROWS, idx)
