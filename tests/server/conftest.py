"""An ODB on each of the two databases: the same tests run on both. What only takes time is done once, or cheaply."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from apitest_server.odb import ODB, start
from apitest_server.security import passwords

_MIGRATES = {"odb", "process"}  # Directories whose tests migrate databases, or leave that to a process


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the ODB's schema, and nothing in it."""
    odb = ODB("", tmp_path_factory.mktemp("template"))
    odb.load()
    odb.close()
    assert odb.where.path is not None
    return odb.where.path


@pytest.fixture(autouse=True)
def copied_schema(request: pytest.FixtureRequest, template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new SQLite file is a copy of the template; other databases, and files that exist, are migrated."""
    if _MIGRATES & set(request.path.parts):
        return
    migrate = ODB._migrate

    def copy_or_migrate(odb: ODB) -> None:
        if odb.where.path is None or odb.where.path.exists() or not odb.where.path.parent.is_dir():
            migrate(odb)
            return
        odb.key.create()
        shutil.copyfile(template, odb.where.path)
        start.sign(odb.where, odb.key.mark, anew=True)

    monkeypatch.setattr(ODB, "_migrate", copy_or_migrate)


@pytest.fixture(autouse=True)
def cheap_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes take what argon2 takes at least; the tests of passwords have the product's."""
    if request.path.name != "test_passwords.py":
        monkeypatch.setattr(passwords, "_TIME", 1)
        monkeypatch.setattr(passwords, "_MEMORY", 8)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def odb_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database that nothing is in yet, as server.conf has it."""
    if request.param == "sqlite":
        yield ""
        return
    yield from new_database(request.getfixturevalue("postgresql_url"))


def new_database(url: str) -> Iterator[str]:
    import psycopg

    name = f"odb_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"{url.rpartition('/')[0]}/{name}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
