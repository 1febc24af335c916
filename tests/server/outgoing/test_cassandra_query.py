"""Tests of apitest_server.outgoing.cassandra_query, against a Cassandra node."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from apitest_server.errors import ComponentMissing
from apitest_server.odb import StoredObject
from apitest_server.outgoing.cassandra import CassandraConnection
from apitest_server.outgoing.cassandra_query import CassandraQuery
from apitest_server.outgoing.connections import Connections
from tests.server.outgoing.test_cassandra import connection, fields

ITEM = StoredObject(
    5, "query.cassandra", "q", {"def_id": 1, "value": "SELECT key FROM system.local WHERE key = :key"}, {}
)


@pytest.mark.cassandra
def test_a_query_runs_on_its_connection(cassandra_node: Mapping[str, str], tmp_path: Path) -> None:
    """On the one that there is when it is used; values are given in order or by name."""
    connections: Connections[CassandraConnection] = Connections("Cassandra connection")
    query = CassandraQuery(ITEM, connections)
    with pytest.raises(ComponentMissing, match="There is no Cassandra connection with ID 1"):
        query.execute()
    made = connection(tmp_path, cassandra_node["APITEST_CASSANDRA_PASSWORD"], **fields(cassandra_node))
    connections.put(1, "c", made)
    assert [row.key for row in query.execute(["local"])] == ["local"]
    assert [query({"key": "local"}), query({"key": "x"})] == [[{"key": "local"}], []]
    query.close()
    made.close()
