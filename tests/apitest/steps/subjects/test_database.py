"""What queries return, as the subject of checks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.playing import Play


@pytest.fixture
def db(play: Play, tmp_path: Path) -> Iterator[Play]:
    """A feature with a database that has two rows."""
    play(
        f'I connect to "sqlite:///{tmp_path}/x.db" as "db"',
        'SQL "CREATE TABLE t (id integer, name text)" is executed, using "db"',
        "SQL \"INSERT INTO t VALUES (1, 'a'), (2, 'b')\" is executed, using \"db\"",
    )
    yield play


def test_a_value_takes_every_check(db: Play) -> None:
    """A single value is compared with its type, several rows are a list."""
    db(
        'SQL "SELECT count(*) FROM t" is an integer "2", using "db"',
        'SQL "SELECT max(id) FROM t" is at least "2", using "db"',
        'SQL "SELECT name FROM t WHERE id = 1" starts with "a", using "db"',
        'SQL "SELECT name FROM t WHERE id = 3" is an empty list, using "db"',
        'SQL "SELECT name FROM t" is a list "b,a" in any order, using "db"',
        'SQL "SELECT id, name FROM t" has "2" elements, using "db"',
        'each item of SQL "SELECT id, name FROM t" has "2" elements, using "db"',
    )
    with pytest.raises(CheckFailed):
        db('SQL "SELECT count(*) FROM t" is an integer "3", using "db"')


def test_how_many_rows_there_are_does_not_matter(db: Play) -> None:
    """A list of one row is checked like one of several."""
    for condition in ("id = 1", "id < 3"):
        values = "a" if condition == "id = 1" else "a,b"
        db(
            f'SQL "SELECT name FROM t WHERE {condition}" is a list "{values}", using "db"',
            f'SQL "SELECT id FROM t WHERE {condition}" is sorted, using "db"',
            f'SQL "SELECT id FROM t WHERE {condition}" has unique elements, using "db"',
            f'SQL "SELECT id FROM t WHERE {condition}" is not an empty list, using "db"',
            f'SQL "SELECT id FROM t WHERE {condition}" has "{len(values.split(","))}" elements, using "db"',
            f'each item of SQL "SELECT id FROM t WHERE {condition}" is any integer, using "db"',
        )


def test_negative_checks_look_at_every_row(db: Play) -> None:
    """What one row is, the result is; where there are no rows, there is nothing to check."""
    db('SQL "SELECT id FROM t" is not "3", using "db"', 'SQL "SELECT id FROM t" does not contain "3", using "db"')
    for line in (
        *('SQL "SELECT id FROM t" is not "2"', 'SQL "SELECT name FROM t" does not contain "b"'),
        *('SQL "SELECT id FROM t WHERE id = 9" is not "2"', 'SQL "SELECT NULL FROM t" is not null'),
    ):
        with pytest.raises(CheckFailed):
            db(f'{line}, using "db"')


def test_only_queries_are_checked(db: Play) -> None:
    """A statement that returns nothing is a mistake of the test."""
    with pytest.raises(BadValue, match="not a query"):
        db('SQL "DELETE FROM t" is not "1", using "db"')


def test_a_check_is_repeated(db: Play) -> None:
    """Every check of a query can be given some time."""
    db('within "0" seconds SQL "SELECT count(*) FROM t" is greater than "1", using "db"')
    with pytest.raises(CheckFailed, match="even after 0 seconds"):
        db('within "0" seconds SQL "SELECT count(*) FROM t" is greater than "2", using "db"')
