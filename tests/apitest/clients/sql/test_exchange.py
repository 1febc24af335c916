"""SQL statements as exchanges, of a database in memory."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert

from apitest.clients.database_exchange import Call
from apitest.clients.sql import exchange
from apitest.clients.sql.connection import SQLConnection
from apitest.tables.bound import Statement


@pytest.fixture
def connection() -> Iterator[SQLConnection]:
    opened = SQLConnection("sqlite://")
    yield opened
    opened.close()


def test_a_statement_of_the_user(connection: SQLConnection) -> None:
    """It is shown as written, with its values; those whose names look secret are left out."""
    call = Call("SELECT :id, :password", {"id": 7, "password": "s3cret"})
    call.result = 1
    made = exchange.make(connection, call)
    assert (made.protocol, made.request, made.request_body) == ("SQL", "SELECT :id, :password", "7, ***")
    assert (made.response, dict(made.request_headers)) == ("1 row", {"Connection": "sqlite://"})


def test_a_statement_that_was_built(connection: SQLConnection) -> None:
    """It is written in the dialect of the database, its values beside it."""
    table = Table("t", MetaData(), Column("id", Integer), Column("token", String))
    made = exchange.make(connection, Call(insert(table).values(id=1, token="abcd")))
    assert made.request == "INSERT INTO t (id, token) VALUES (?, ?)"
    assert made.request_body == "1, ***"


def test_a_statement_with_bound_values(connection: SQLConnection) -> None:
    """One of a doc string, whose variables are bound, is shown as written."""
    call = Call(Statement(("SELECT ", " + 1"), (5,), "SELECT #{n} + 1"), {})
    call.result = 1
    made = exchange.make(connection, call)
    assert (made.request, made.request_body) == ("SELECT #{n} + 1", "5")
