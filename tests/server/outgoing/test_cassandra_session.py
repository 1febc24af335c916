"""Tests of apitest_server.outgoing.cassandra_session, against a Cassandra node."""

import logging
from collections.abc import Mapping

import pytest

from apitest_server.odb import StoredObject
from apitest_server.outgoing.cassandra_session import CassandraSession


@pytest.mark.cassandra
def test_a_session_ends_with_its_last_use(cassandra_node: Mapping[str, str]) -> None:
    """Who uses it when it is ended is not disturbed; a statement is prepared once."""
    given = {
        "contact_points": cassandra_node["APITEST_CASSANDRA_CONTACT_POINTS"],
        "port": int(cassandra_node["APITEST_CASSANDRA_PORT"]),
        "username": cassandra_node["APITEST_CASSANDRA_USERNAME"],
        "timeout": 30,
    }
    secret = {"password": cassandra_node["APITEST_CASSANDRA_PASSWORD"]}
    session = CassandraSession(StoredObject(1, "definition.cassandra", "c", given, secret), None)
    assert session.is_alive
    session.begin()
    session.end()
    text = "SELECT key FROM system.local WHERE key = ?"
    assert session.prepared(text) is session.prepared(text)
    assert session.execute_prepared(text, ["local"]) == [{"key": "local"}]
    session.finish()
    with pytest.raises(Exception, match=r"(?i)shut"):
        session.execute("SELECT key FROM system.local")


def test_the_driver_does_not_write_to_the_log() -> None:
    """What it tries, and tries again, would be a flood."""
    assert not logging.getLogger("cassandra").propagate
