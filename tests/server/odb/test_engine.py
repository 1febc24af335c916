import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from apitest_server.odb.engine import WRITES, engine
from apitest_server.odb.location import Location


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """An engine for a new file with one table."""
    made = engine(Location(tmp_path / "odb.sqlite"), lambda: False)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE t (a INTEGER)"))
    yield made
    made.dispose()


def test_sqlite_lets_readers_read_while_somebody_writes(sqlite: Engine) -> None:
    """A reader sees what was there before, and is not told to wait."""
    with sqlite.connect().execution_options(**{WRITES: True}) as writer, sqlite.connect() as reader:
        writer.execute(text("INSERT INTO t VALUES (1)"))
        assert reader.execute(text("SELECT count(*) FROM t")).scalar() == 0
        writer.commit()
        reader.rollback()
        assert reader.execute(text("SELECT count(*) FROM t")).scalar() == 1


def test_tables_are_part_of_a_transaction(sqlite: Engine) -> None:
    """A table that was made in a transaction that is taken back is not there."""
    with sqlite.connect() as connection:
        connection.execute(text("CREATE TABLE u (a INTEGER)"))
        connection.rollback()
        assert connection.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'u'")).scalar() == 0


def test_foreign_keys_are_kept(sqlite: Engine) -> None:
    """SQLite asks for that in each connection."""
    with sqlite.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


@pytest.mark.parametrize("is_over", [True, False])
def test_a_connection_that_comes_back_too_late_is_closed(tmp_path: Path, is_over: bool) -> None:
    """Its pool is gone, and nobody else would close it; in time it goes back into the pool."""
    over = False
    made = engine(Location(tmp_path / "odb.sqlite"), lambda: over)
    with made.connect() as connection:
        connection.execute(text("SELECT 1"))
        used = connection.connection.dbapi_connection
        assert isinstance(used, sqlite3.Connection)
        over = is_over
    if is_over:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            used.execute("SELECT 1")
    else:
        assert used.execute("SELECT 1").fetchall() == [(1,)]
    made.dispose()
