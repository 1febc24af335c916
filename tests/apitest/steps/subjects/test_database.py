"""What queries return, as the subject of checks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest.errors import CheckFailed
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


def test_a_check_is_repeated(db: Play) -> None:
    """Every check of a query can be given some time."""
    db('within "0" seconds SQL "SELECT count(*) FROM t" is greater than "1", using "db"')
    with pytest.raises(CheckFailed, match="even after 0 seconds"):
        db('within "0" seconds SQL "SELECT count(*) FROM t" is greater than "2", using "db"')
