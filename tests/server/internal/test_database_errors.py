"""Tests of apitest_server.internal._database_errors."""

from apitest_server.errors import DatabaseError
from apitest_server.internal._database_errors import told


def test_administrators_are_told_everything() -> None:
    """What is wrong, and what to do; a database that is away is no mistake of theirs."""
    away, wrong = told(DatabaseError("It is away", "", "Start it", True)), told(DatabaseError("No such table"))
    assert (away.status, away.details) == (503, "It is away. Start it")
    assert (wrong.status, wrong.details) == (400, "No such table")
