import sqlite3
from pathlib import Path

import pytest

from apitest_server.errors import StartError
from apitest_server.odb import ODB, migration, start
from apitest_server.odb.location import Location, location
from apitest_server.odb.models import Object


def test_the_newest_migration_is_the_one_that_a_start_looks_for() -> None:
    """A new migration comes with a new HEAD."""
    versions = sorted(
        path.stem.partition("_")[0] for path in Path(migration.__file__).parent.glob("migrations/versions/0*.py")
    )
    assert versions[-1] == start.HEAD


def test_objects_are_read_in_the_order_of_their_ids(odb: ODB, odb_url: str, tmp_path: Path) -> None:
    """Through the driver alone."""
    with odb.writing() as session:
        session.add_all(Object(kind="k", name=name, space="", search="", fields={}, secrets={}) for name in ("b", "a"))
    found = start.read(location(odb_url, tmp_path))
    assert found is not None
    assert [row[1:3] for row in found.rows] == [("k", "b"), ("k", "a")]


def test_what_has_to_be_migrated_is_not_read(tmp_path: Path) -> None:
    """No file, an empty file, and the schema of another version."""
    where = Location(tmp_path / "odb.sqlite")
    assert start.read(where) is None
    assert not (tmp_path / "odb.sqlite").exists()
    connection = sqlite3.connect(tmp_path / "odb.sqlite")
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.commit()
    assert start.read(where) is None
    connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.commit()
    connection.close()
    assert start.read(where) is None


def test_a_file_that_is_not_a_database_is_told(tmp_path: Path) -> None:
    """With its path, and what to look at."""
    (tmp_path / "odb.sqlite").write_text("not a database, but long enough to be looked at by SQLite " * 20)
    with pytest.raises(StartError, match=r"cannot be used(?s:.*)odb\.sqlite(?s:.*)\[odb\]"):
        start.read(Location(tmp_path / "odb.sqlite"))
