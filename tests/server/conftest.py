"""An ODB on each of the two databases: the same tests run on both. What only takes time is done once, or cheaply."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event

from apitest_server import app
from apitest_server.deploy import fingerprint, startup_cache
from apitest_server.odb import ODB, driver, engine, start
from apitest_server.odb.driver import Driver
from apitest_server.odb.location import Location
from apitest_server.security.administrators import VARIABLE, Credentials
from tests.server.asgi import Client, served
from tests.server.security.hashes import cheap

if TYPE_CHECKING:
    from tests.services.oauth import OAuth

# Where tests are about how an ODB is made and written, or leave that to a process
_HAVE_THE_PRODUCTS = {"odb", "process", "test_writer.py"}
_HASTY = "PRAGMA synchronous = OFF"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> ODB:
    """A closed ODB in SQLite with the schema, and nothing in it."""
    odb = ODB("", tmp_path_factory.mktemp("template"))
    odb.load()
    odb.close()
    return odb


# For each module and not for each test: a server that all tests of a module share is made before any of them.
@pytest.fixture(scope="module", autouse=True)
def cheap_odb(request: pytest.FixtureRequest, template: ODB) -> Iterator[None]:
    """A new SQLite file is a copy of the template; other databases, and files that exist, are migrated.

    Statements are compiled once for all ODBs, and nothing waits until the disk has what was written: no test pulls
    the plug.
    """
    if _HAVE_THE_PRODUCTS & set(request.path.parts):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ODB, "_migrate", _copying(template, ODB._migrate))
        patch.setattr(engine, "engine", _sharing(template, engine.engine))
        patch.setattr(driver, "_opened", _hasty(driver._opened))
        patch.setattr(app, "first_administrator", _once_for_all(app.first_administrator))
        yield


@pytest.fixture(scope="module", autouse=True)
def cheap_stamps(request: pytest.FixtureRequest) -> Iterator[None]:
    """The sources of the product stay as they are while tests run: only those of deployments look at them each time."""
    with pytest.MonkeyPatch.context() as patch:
        if "deploy" not in request.path.parts:
            patch.setattr(startup_cache, "stamps", _stamps_once)
        yield


@pytest.fixture(scope="module", autouse=True)
def cheap_hashes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hashes take what argon2 takes at least; the tests of passwords have the product's."""
    with nullcontext() if request.path.name == "test_passwords.py" else cheap():
        yield


def _copying(template: ODB, migrate: Callable[[ODB], None]) -> Callable[[ODB], None]:
    def copy_or_migrate(odb: ODB) -> None:
        if odb.where.path is None or odb.where.path.exists() or not odb.where.path.parent.is_dir():
            migrate(odb)
        else:
            copy(template, odb)

    return copy_or_migrate


_signed: dict[str, bytes] = {}  # The mark of a key -> a file that belongs to it


def copy(template: ODB, odb: ODB) -> None:
    """Makes an ODB in SQLite, with the schema and nothing in it."""
    assert template.where.path is not None and odb.where.path is not None
    odb.key.create()
    if odb.key.mark in _signed:
        odb.where.path.write_bytes(_signed[odb.key.mark])
        return
    shutil.copyfile(template.where.path, odb.where.path)
    start.sign(odb.where, odb.key.mark, anew=True)
    _signed[odb.key.mark] = odb.where.path.read_bytes()


_made: dict[str, tuple[Credentials | None, list[tuple[Any, ...]]]] = {}  # By the given password; with the rows
_ROW = "kind, space, name, search, fields, secrets"


def _once_for_all(first_administrator: Callable[[ODB], Credentials | None]) -> Callable[[ODB], Credentials | None]:
    """What an empty ODB begins with is made once for all servers of one password, and then copied."""

    def first_or_copied(odb: ODB) -> Credentials | None:
        given = os.environ.get(VARIABLE, "")
        if odb.where.path is None:
            return first_administrator(odb)
        with closing(Driver(odb.where)) as connection:
            if connection.execute("SELECT 1 FROM objects LIMIT 1"):
                return first_administrator(odb)
            if given not in _made:
                credentials = first_administrator(odb)
                _made[given] = credentials, connection.execute(f"SELECT {_ROW} FROM objects ORDER BY id")
                assert not connection.execute("SELECT 1 FROM object_references LIMIT 1")
                return credentials
            credentials, rows = _made[given]
            values = f"({', '.join('?' * 6)})"
            every = itertools.chain.from_iterable(rows)
            connection.execute(f"INSERT INTO objects ({_ROW}) VALUES {', '.join([values] * len(rows))}", *every)
        return credentials

    return first_or_copied


_stamps_once = cache(fingerprint.stamps)


def _sharing(template: ODB, engine: Callable[..., Engine]) -> Callable[..., Engine]:
    def sharing_engine(where: Location, *rest: Any) -> Engine:
        made = engine(where, *rest)
        if where.path is not None:
            made.dialect = template.engine.dialect  # Compiled statements are looked up by it
            made._compiled_cache = template.engine._compiled_cache
            event.listen(made, "connect", lambda connection, _: connection.execute(_HASTY))
        return made

    return sharing_engine


def _hasty(opened: Callable[[Location], Any]) -> Callable[[Location], Any]:
    def hastily_opened(where: Location) -> Any:
        connection = opened(where)
        if where.path is not None:
            connection.execute(_HASTY)
        return connection

    return hastily_opened


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server for the tests of a module that leave it as it is: they ask for what cannot be done."""
    with served(tmp_path_factory.mktemp("server")) as client:
        yield client


@pytest.fixture(scope="module")
def oauth() -> "Iterator[OAuth]":
    """An authorization server, and an API that takes its tokens."""
    from tests.services.oauth import OAuth  # Authlib and Flask are nothing that other tests should wait for

    server = OAuth()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def odb_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database that nothing is in yet, as server.conf has it."""
    if request.param == "sqlite":
        yield ""
        return
    yield from new_database(request.getfixturevalue("postgresql_url"))


def new_database(url: str, tablespace: str = "pg_default") -> Iterator[str]:
    import psycopg

    name = f"odb_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TABLESPACE {tablespace}")
    yield f"{url.rpartition('/')[0]}/{name}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
