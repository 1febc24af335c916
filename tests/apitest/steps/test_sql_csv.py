"""Sentences that fill SQL tables from CSV files, on SQLite."""

from pathlib import Path

import pytest

from apitest.errors import BadValue
from tests.apitest.steps.playing import Play
from tests.apitest.steps.shop import rows

TYPED = " and names, data types from the header"
BELOW = ", names from the header and data types from the line below"


def written(play: Play, text: str) -> None:
    """The file rows.csv holds this."""
    (Path(play.zato.environment_dir) / "rows.csv").write_text(text)


def test_a_table_has_the_columns_that_the_file_declares(db: Play) -> None:
    """In the header, with types in it or in the line below it, or in the sentence for a file without a header."""
    for name, text, beginning, end in (
        ("plain", "id,born\n007,2026-01-31\n", "", ""),
        ("typed", "id:integer,born:date\n007,2026-01-31\n", "", TYPED),
        ("below", "id,born\ninteger,date\n007,2026-01-31\n", "", BELOW),
        ("without", "007,2026-01-31\n", ' with columns "id:integer, born:date"', ""),
    ):
        written(db, text)
        db(f'I create SQL table "{name}"{beginning} and insert data from csv "rows.csv", using "db"{end}')
        identifier = "'007'" if name == "plain" else "7"
        db(f'SQL "SELECT id, born FROM {name}" is equal to "[({identifier}, \'2026-01-31\')]", using "db"')


def test_rows_are_added_to_a_table(db: Play) -> None:
    """By the names of the header, or in the order of the table; NULL and an empty field are no value."""
    written(db, "name,id\na,1\nNULL,2\n")
    db('I insert data from csv "rows.csv" to SQL table "t", using "db"')
    written(db, "3,c,\n")
    db('I insert data from csv "rows.csv" without header to SQL table "t", using "db"')
    assert rows(db) == [(1, "a"), (2, None), (3, "c")]


def test_all_rows_or_none(db: Play) -> None:
    """A row that does not fit leaves neither the rows before it nor a new table."""
    written(db, "id:integer\n1\nx\n")
    with pytest.raises(BadValue, match="x"):
        db(f'I create SQL table "u" and insert data from csv "rows.csv", using "db"{TYPED}')
    with pytest.raises(BadValue, match="There is no table u"):
        db('SQL "SELECT * FROM u" returns "0" rows, using "db"')
    written(db, "id,name\n1,a\nx,b\n")
    with pytest.raises(BadValue):
        db('I insert data from csv "rows.csv" to SQL table "t", using "db"')
    assert rows(db) == []
