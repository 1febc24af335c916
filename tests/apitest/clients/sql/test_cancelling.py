"""Statements that would run for ever, on SQLite, PostgreSQL and MariaDB."""

from collections.abc import Iterator
from math import inf
from pathlib import Path
from threading import Timer
from threading import enumerate as enumerate_threads
from time import monotonic

import pytest

from apitest.clients.sql.connection import SQLConnection
from apitest.errors import TimedOut

_ENDLESS = {
    "sqlite": "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r",
    "postgresql": "SELECT pg_sleep(600)",
    "mysql": "SELECT COUNT(*) FROM " + ", ".join(f"information_schema.columns {name}" for name in "abcdef"),
}


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.postgresql),
        pytest.param("mysql", marks=pytest.mark.mysql),
    ]
)
def endless(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[SQLConnection, str]]:
    """A connection to each database in turn, and a statement that it does not come to an end with."""
    kind: str = request.param
    url: str = f"sqlite:///{tmp_path}/a.db" if kind == "sqlite" else request.getfixturevalue(f"{kind}_url")
    connection = SQLConnection(url)
    yield connection, _ENDLESS[kind]
    connection.close()


def test_it_is_cancelled(endless: tuple[SQLConnection, str]) -> None:
    """After its time, with an error that says so; the connection goes on, in and outside of a transaction."""
    connection, statement = endless
    connection.limit = lambda: 0.1
    began = monotonic()
    with pytest.raises(TimedOut, match="did not run the statement in time"):
        connection.rows(statement)
    assert 0.05 < monotonic() - began < 60
    connection.begin()
    with pytest.raises(TimedOut):
        connection.rows(statement)
    assert connection.value("SELECT 1") == 1
    connection.rollback()
    assert connection.value("SELECT 2") == 2


def test_what_ends_in_time_is_left_alone(endless: tuple[SQLConnection, str]) -> None:
    """So it is with and without a limit, and nothing is left that would cancel the next one."""
    connection, _ = endless
    for limit in (600.0, inf):
        connection.limit = lambda limit=limit: limit  # type: ignore[misc]  # the limit of now
        assert connection.value("SELECT 1") == 1
    assert [thread for thread in enumerate_threads() if isinstance(thread, Timer)] == []
