"""Tests of apitest_server.databases and apitest_server.internal.outgoing_sql, against SQLite, PostgreSQL, MariaDB."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text

from apitest_server.errors import ComponentMissing, DatabaseError
from apitest_server.outgoing.connections import OUTGOING
from apitest_server.outgoing.sql_urls import extra
from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused

SQL = "zato.outgoing.sql."
SERVICES = """\
from zato.server.service import Service
from contextlib import closing
from sqlalchemy import text
class Customers(Service):
    def handle(self):
        with closing(self.out.sql.get('crm').session()) as session:
            session.execute(text("INSERT INTO c VALUES (7, 'session')"))
            session.commit()
        rows = self.out.sql['crm'].execute('SELECT name FROM c WHERE id = :id', {'id': 7})
        return [row.name for row in rows]
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server with a connection."""
    with prepared(tmp_path) as client:
        yield client


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The same, for tests that ask for what cannot be done."""
    with prepared(tmp_path_factory.mktemp("server")) as client:
        yield client


@contextmanager
def prepared(directory: Path) -> Iterator[Client]:
    """A server with a SQLite connection and a table in it."""
    with served(directory, a=SERVICES) as client:
        client.number = call(client, SQL + "create", {"name": "crm", "engine": "sqlite", "db_name": "crm.db"})["id"]  # type: ignore[attr-defined]
        call(
            client, SQL + "execute", {"name": "crm", "statement": "CREATE TABLE c (id INTEGER PRIMARY KEY, name TEXT)"}
        )
        yield client


def execute(client: Client, statement: str, params: Any = None, **more: Any) -> Any:
    return call(client, SQL + "execute", {"name": "crm", "statement": statement, "params": params, **more})


def test_a_connection_is_used_once_it_is_created(client: Client, tmp_path: Path) -> None:
    """By services too; relative paths begin in the server's directory."""
    assert call(client, "a.customers") == ["session"]
    assert (tmp_path / "crm.db").exists()


def test_statements_have_bound_values(client: Client) -> None:
    """One set of them or many; rows come back with their columns."""
    many = [{"id": 1, "name": "'; DROP TABLE c; --"}, {"id": 2, "name": "b"}]
    assert execute(client, "INSERT INTO c VALUES (:id, :name)", many)["row_count"] == 2
    assert execute(client, "SELECT id, name FROM c WHERE name = :name", {"name": many[0]["name"]}) == {
        "columns": ["id", "name"],
        "rows": [many[0]],
        "row_count": 1,
        "is_truncated": False,
    }
    found = execute(client, "SELECT id FROM c ORDER BY id", max_rows=1)
    assert (found["rows"], found["is_truncated"]) == ([{"id": 1}], True)


def test_a_failed_statement_changes_nothing(client: Client) -> None:
    """All sets of values or none."""
    payload = {"name": "crm", "statement": "INSERT INTO c VALUES (:id, 'x')", "params": [{"id": 1}, {"id": 1}]}
    status, details = refused(client, SQL + "execute", payload)
    assert status == 400
    assert "UNIQUE constraint failed" in details
    assert execute(client, "SELECT * FROM c")["rows"] == []


def test_connections_outlive_the_server(client: Client, tmp_path: Path) -> None:
    """And are gone once they are deleted or switched off."""
    with served(tmp_path) as again:
        assert call(again, SQL + "ping", {"name": "crm"})["is_success"]
        call(again, SQL + "edit", {"id": client.number, "is_active": False})  # type: ignore[attr-defined]
        assert refused(again, SQL + "ping", {"name": "crm"}) == (404, "There is no active SQL connection `crm`")
        with pytest.raises(ComponentMissing, match="There is no outgoing SQL connection `crm`"):
            again.app.components[OUTGOING].sql["crm"]
        call(again, SQL + "edit", {"id": client.number, "is_active": True, "name": "crm 2"})  # type: ignore[attr-defined]
        assert call(again, SQL + "ping", {"name": "crm 2"})["is_success"]
        call(again, SQL + "delete", {"id": client.number})  # type: ignore[attr-defined]
        assert refused(again, SQL + "ping", {"name": "crm 2"})[0] == 404


@pytest.mark.parametrize(
    ("service", "payload", "status", "details"),
    [
        ("create", {"name": "x"}, 400, "`engine` is required"),
        ("create", {"name": "x", "engine": "oracle", "db_name": "x"}, 400, "must be one of sqlite, postgresql, mysql"),
        ("create", {"name": "x", "engine": "mysql", "db_name": "x"}, 400, "`host` is required for mysql"),
        ("create", {"name": "x", "engine": "sqlite", "db_name": ":memory:"}, 400, "must be the path of a file"),
        (
            "create",
            {"name": "x", "engine": "mysql", "host": "h", "db_name": "x", "extra": "a=1\nb"},
            400,
            "`extra` must have lines such as sslmode=require, which line 2 is not",
        ),
        (
            "create",
            {"name": "x", "engine": "mysql", "host": "h", "db_name": "x", "extra": "ssl_key_password=a"},
            400,
            "`extra` must not hold secrets: give them in the fields `password` and `secret_extra`",
        ),
        ("create", {"name": "crm", "engine": "sqlite", "db_name": "x"}, 400, "SQL connection `crm` exists already"),
        ("edit", {"id": 999}, 404, "no SQL connection with ID 999"),
        ("delete", {"id": 999}, 404, "no SQL connection with ID 999"),
        ("change-password", {"id": 1, "password1": "a", "password2": "b"}, 400, "is not the same as password1"),
        ("ping", {}, 400, "One of the input fields"),
        ("ping", {"id": 999}, 404, "no SQL connection with ID 999"),
        ("execute", {"name": "nope", "statement": "SELECT 1"}, 404, "no active SQL connection `nope`"),
        ("execute", {"name": "crm", "statement": "SELEC"}, 400, 'refuses the statement: near "SELEC"'),
        ("execute", {"name": "crm", "statement": "SELECT :a"}, 400, "value is required for bind parameter 'a'"),
        ("execute", {"name": "crm", "statement": "SELECT 1", "params": [1]}, 400, "`params` must be an object"),
    ],
)
def test_what_cannot_be_done_is_refused(
    untouched: Client, service: str, payload: dict[str, Any], status: int, details: str
) -> None:
    """With what is wrong."""
    found = refused(untouched, SQL + service, payload)
    assert found[0] == status
    assert details in found[1]


def test_a_database_that_is_away_is_told_apart(client: Client) -> None:
    """503, without the password; a service gets an error of its own."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))  # Nobody listens
        port = sock.getsockname()[1]
        payload = {"engine": "postgresql", "host": "127.0.0.1", "port": port, "db_name": "x", "password": "top-secret"}
        call(client, SQL + "create", {"name": "away", "username": "u", "timeout": 2, **payload})
        status, details = refused(client, SQL + "ping", {"name": "away"})
        assert status == 503
        assert "`away` cannot be reached" in details
        assert "top-secret" not in details
        with pytest.raises(DatabaseError) as caught:
            client.app.components[OUTGOING].sql["away"].execute("SELECT 1")
        assert caught.value.is_away


def test_a_pool_has_an_end(client: Client) -> None:
    """Who waits too long for a connection is told so."""
    payload = {"name": "one", "engine": "sqlite", "db_name": "crm.db", "pool_size": 1, "timeout": 1}
    call(client, SQL + "create", payload)
    connection = client.app.components[OUTGOING].sql["one"]
    connection.engine.pool._timeout = 0.01
    with connection.session() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(DatabaseError, match="All connections of `one` are in use"):
            connection.execute("SELECT 1")


def test_options_of_the_driver_are_lines() -> None:
    """Names and values."""
    assert extra(" sslmode = require\n\noptions=-c x=1\n") == {"sslmode": "require", "options": "-c x=1"}


def _created(client: Client, address: str, engine: str) -> int:
    found = make_url(address)
    payload = {
        "name": engine,
        "engine": engine,
        "host": found.host,
        "port": found.port,
        "db_name": found.database,
        "username": found.username,
        "password": found.password,
    }
    number: int = call(client, SQL + "create", payload)["id"]
    return number


def _works(client: Client, engine: str, number: int, password: str) -> None:
    """A ping, statements, a password that is wrong for a while."""
    info = call(client, SQL + "ping", {"id": number})["info"]
    assert password not in info
    run = {"name": engine, "statement": "CREATE TABLE outgoing (id INTEGER, at TIMESTAMP, amount DECIMAL(10, 2))"}
    call(client, SQL + "execute", run)
    row = {"id": 1, "at": "2026-01-31 12:30:00", "amount": "10.50"}
    call(
        client,
        SQL + "execute",
        {"name": engine, "statement": "INSERT INTO outgoing VALUES (:id, :at, :amount)", "params": row},
    )
    [found] = call(client, SQL + "execute", {"name": engine, "statement": "SELECT * FROM outgoing"})["rows"]
    assert (found["id"], str(found["at"]), str(found["amount"])) == (1, "2026-01-31 12:30:00", "10.50")
    call(client, SQL + "change-password", {"id": number, "password1": "wrong-one", "password2": "wrong-one"})
    status, details = refused(client, SQL + "ping", {"id": number})
    assert (status, "wrong-one" in details) == (503, False)
    call(client, SQL + "change-password", {"id": number, "password1": password, "password2": password})
    assert call(client, SQL + "ping", {"id": number})["is_success"]
    call(client, SQL + "execute", {"name": engine, "statement": "DROP TABLE outgoing"})


@pytest.mark.postgresql
def test_postgresql(client: Client, postgresql_url: str) -> None:
    """The same against a real server."""
    number = _created(client, postgresql_url, "postgresql")
    _works(client, "postgresql", number, str(make_url(postgresql_url).password))


@pytest.mark.mysql
def test_mariadb(client: Client, mysql_url: str) -> None:
    """The same against a real server."""
    number = _created(client, mysql_url, "mysql")
    _works(client, "mysql", number, str(make_url(mysql_url).password))
