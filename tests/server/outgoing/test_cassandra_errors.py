"""Tests of apitest_server.outgoing.cassandra_errors."""

import ssl

import pytest
from cassandra import OperationTimedOut, Unavailable
from cassandra.cluster import NoHostAvailable
from cassandra.connection import ConnectionShutdown

from apitest_server.outgoing import cassandra_errors


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (NoHostAvailable("no", {"a": OperationTimedOut()}), "did not answer in time: no answer"),
        (NoHostAvailable("no", {"a": OSError(111, "Connection refused")}), "cannot be reached: Connection refused"),
        (NoHostAvailable("no", {"a": ssl.SSLError(1, "bad")}), "cannot be reached over TLS: bad"),
        (NoHostAvailable("no keyspace", ["a"]), "cannot be reached: no keyspace"),
        (ValueError(), "cannot be reached: ValueError"),
    ],
)
def test_why_nothing_is_connected(error: Exception, problem: str) -> None:
    """Each cause in its own words."""
    told = cassandra_errors.connecting("c", error)
    assert (told.problem, told.is_away) == (f"Cassandra of `c` {problem}", True)


@pytest.mark.parametrize(
    ("error", "problem", "is_lost"),
    [
        (OperationTimedOut(), "did not answer in time: no answer", False),
        (Unavailable("Cannot achieve", consistency=1), "cannot be reached: Cannot achieve", False),
        (ConnectionShutdown("gone"), "cannot be reached: gone", True),
        (NoHostAvailable("no", {"a": ConnectionShutdown("gone")}), "cannot be reached: gone", True),
    ],
)
def test_why_a_statement_did_not_run(error: Exception, problem: str, is_lost: bool) -> None:
    """It may have been lost, or too slow, or too few nodes were there."""
    told = cassandra_errors.running("c", error)
    assert told.problem.startswith(f"Cassandra of `c` {problem}")
    assert (told.is_away, cassandra_errors.is_lost(error)) == (True, is_lost)
