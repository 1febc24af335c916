"""Tests of apitest_server.odb.database."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from apitest_server.errors import ServiceUnavailable, StartError
from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver
from apitest_server.odb.models import Object
from apitest_server.odb.rows import Draft, Objects, Query

DRAFT = Draft("k", "Thing", "k", "a", {"x": [1, "ż"], "y": None}, {"p": "q"})


def add(odb: ODB, draft: Draft = DRAFT) -> int:
    with odb.writing() as session:
        return Objects(session, odb.key.open).add(draft).id


def count(odb: ODB) -> int:
    with odb.reading() as session:
        return Objects(session, odb.key.open).page(Query(("k",)))[1]


def test_objects_are_there_at_the_next_start(odb: ODB, odb_url: str, tmp_path: Path) -> None:
    """What was stored is loaded with all of its fields."""
    number = add(odb)
    (item,) = ODB(odb_url, tmp_path).load()
    assert (item.id, item.kind, item.name, item.fields) == (number, "k", "a", {"x": [1, "ż"], "y": None})
    assert item.secret("p") == "q"


def test_an_error_undoes_everything(odb: ODB) -> None:
    """A session that fails leaves nothing behind, and the next one works."""
    with pytest.raises(ZeroDivisionError), odb.writing() as session:
        Objects(session, odb.key.open).add(DRAFT)
        raise ZeroDivisionError
    assert count(odb) == 0
    assert add(odb)


def test_writers_wait_for_each_other(odb: ODB, odb_url: str, tmp_path: Path) -> None:
    """Two servers on one ODB that write at the same time both succeed."""
    other = ODB(odb_url, tmp_path)
    with ThreadPoolExecutor(4) as threads:
        drafts = [Draft("k", "Thing", "k", f"n{number}", {}) for number in range(20)]
        numbers = list(threads.map(lambda pair: add(*pair), zip([odb, other] * 10, drafts, strict=True)))
    other.close()
    assert len(set(numbers)) == count(odb) == 20


def test_two_servers_that_start_at_once_make_one_schema(odb_url: str, tmp_path: Path) -> None:
    """One migrates, the other one waits and finds nothing left to do."""
    odbs = [ODB(odb_url, tmp_path) for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(ODB.load, odbs)) == [[], [], []]
    for odb in odbs:
        odb.close()


def test_an_odb_of_a_newer_version_is_refused(odb: ODB, odb_url: str, tmp_path: Path) -> None:
    """The error says that the server has to be upgraded, and nothing is changed."""
    with odb.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    newer = ODB(odb_url, tmp_path)
    with pytest.raises(StartError, match=r"newer version of the server(?s:.*)Upgrade"):
        newer.load()
    newer.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """The error names the file."""
    (tmp_path / "odb.sqlite").write_bytes(b"anything but a database " * 100)
    with pytest.raises(StartError, match=r"not a database(?s:.*)odb\.sqlite"):
        ODB("", tmp_path).load()


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """The error says why."""
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match="cannot be made"):
        ODB("sqlite:///file/odb.sqlite", tmp_path).load()


@pytest.mark.postgresql
def test_a_server_that_is_not_there_is_told_without_its_password(tmp_path: Path) -> None:
    """The error names host and database."""
    odb = ODB("postgresql://me:secret@127.0.0.1:1/odb", tmp_path)
    with pytest.raises(StartError, match=r"cannot be used(?s:.*)postgresql://127\.0\.0\.1:1/odb") as caught:
        odb.load()
    assert "secret" not in str(caught.value)


def test_an_odb_that_goes_away_is_a_503(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The caller is told that the database cannot be reached; why is in the log."""
    odb = ODB("", tmp_path / "directory")
    (tmp_path / "directory").mkdir()
    odb.load()
    odb.close()
    for path in (tmp_path / "directory").iterdir():
        path.unlink()
    (tmp_path / "directory").rmdir()
    with pytest.raises(ServiceUnavailable, match="cannot be reached"):
        add(odb)
    assert "unable to open" in caplog.text


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    """The SQLite file and the key have the mode 0600."""
    odb = ODB("", tmp_path)
    odb.load()
    odb.close()
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
        "odb.sqlite": 0o600,
        "odb.key": 0o600,
    }


def test_a_start_with_an_odb_that_is_up_to_date_loads_neither_sqlalchemy_nor_alembic(tmp_path: Path) -> None:
    """They take longer to load than a start may take."""
    odb = ODB("", tmp_path)
    odb.load()
    add(odb)
    odb.close()
    code = (
        "import sys; from pathlib import Path; from apitest_server.odb import ODB\n"
        f"print(len(ODB('', Path({str(tmp_path)!r})).load()))\n"
        "print([name for name in ('sqlalchemy', 'alembic', 'cryptography') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["1", "[]"]


def test_objects_are_read_while_the_server_runs(odb: ODB) -> None:
    """All, or those with some IDs; those that are not there are left out."""
    with odb.writing() as session:
        session.add_all(Object(kind="k", name=name, space="", search="", fields={}, secrets={}) for name in "abc")
    with closing(Driver(odb.where)) as driver:
        numbers = [item.id for item in odb.stored(driver)]
        assert [item.name for item in odb.stored(driver)] == ["a", "b", "c"]
        assert [item.name for item in odb.stored(driver, [numbers[2], numbers[0], 4711])] == ["a", "c"]
        assert odb.stored(driver, []) == []


def test_a_schema_that_changes_under_a_server_is_told(odb: ODB) -> None:
    """Nothing is read that might mean something else by now."""
    with closing(Driver(odb.where)) as driver:
        driver.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StartError, match="changed by another version of the server"):
            odb.stored(driver)


def test_an_odb_belongs_to_its_key(odb: ODB, odb_url: str, tmp_path: Path) -> None:
    """A server with another one is told so, and what to do; it may take the ODB over."""
    url = odb_url or f"sqlite:///{odb.where.path}"
    (tmp_path / "other").mkdir()
    other = ODB(url, tmp_path / "other")
    with closing(Driver(other.where)) as driver:
        for read in (other.load, lambda: other.stored(driver)):
            with pytest.raises(StartError, match=r"belongs to another key(?s:.*)Copy odb\.key(?s:.*)--new-key"):
                read()
    other.take_over()
    assert other.load() == []
    with pytest.raises(StartError, match="belongs to another key"):
        odb.load()
    other.close()


def test_an_odb_that_is_not_there_yet_can_be_taken_over(tmp_path: Path) -> None:
    """It is made."""
    odb = ODB("", tmp_path)
    odb.take_over()
    assert odb.load() == []
    odb.close()


def test_what_is_used_while_it_is_closed_is_closed_afterwards(tmp_path: Path) -> None:
    """And so is what is opened later."""
    odb = ODB("", tmp_path)
    odb.load()
    for closes in (True, False):
        with odb.reading() as session:
            used = session.connection().connection.dbapi_connection
            if closes:
                odb.close()
            assert isinstance(used, sqlite3.Connection)
            assert used.execute("SELECT 1").fetchall() == [(1,)]
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            used.execute("SELECT 1")
