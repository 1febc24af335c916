"""The Cassandra connections of a feature, on a real node."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from apitest.clients import connections
from apitest.clients.cassandra import client as cassandra_access
from apitest.clients.cassandra.settings import CassandraSettings
from apitest.context import FeatureContext, RunState
from apitest.errors import BadValue
from apitest.events import Exchange
from apitest.project import Project

pytestmark = pytest.mark.cassandra


@pytest.fixture
def zato(cassandra_node: Mapping[str, str], tmp_path: Path) -> Iterator[FeatureContext]:
    """A feature that shows every exchange, with a connection to the keyspace ``system``."""
    told: list[object] = []
    zato = FeatureContext(RunState(Project(tmp_path, tmp_path), verbose=True, emit=told.append))
    zato["told"] = told
    zato.run.secrets.add("s3cret")
    zato.change(
        CassandraSettings,
        contact_points=(cassandra_node["APITEST_CASSANDRA_CONTACT_POINTS"],),
        port=int(cassandra_node["APITEST_CASSANDRA_PORT"]),
        username=cassandra_node["APITEST_CASSANDRA_USERNAME"],
        password=cassandra_node["APITEST_CASSANDRA_PASSWORD"],
    )
    cassandra_access.connect(zato, "system", "node")
    yield zato
    zato.close()


def test_a_query_is_told(zato: FeatureContext) -> None:
    """Verbose output has the last statement, with no secret in it; a failure's report is redacted later."""
    cassandra_access.find(zato, "node").rows("SELECT key, (text) 's3cret' AS s FROM local")
    (told,) = zato["told"]
    assert isinstance(told, Exchange)
    assert told.request == "SELECT key, (text) '***' AS s FROM local"
    assert told.request_headers == (
        ("Connection", f"127.0.0.1:{cassandra_access.settings(zato).port}, keyspace system"),
    )
    assert (told.response, told.response_body.splitlines()[1]) == ("1 row", "local | ***")
    last = zato.last_exchange()
    assert last
    assert (last.request, last.response) == ("SELECT key, (text) 's3cret' AS s FROM local", told.response)


def test_a_refused_statement_is_told(zato: FeatureContext) -> None:
    """Nothing came of it."""
    with pytest.raises(BadValue):
        cassandra_access.find(zato, "node").rows("SELECT nothing")
    exchange = zato.last_exchange()
    assert exchange
    assert (exchange.request, exchange.response) == ("SELECT nothing", "")


def test_bound_values_are_told(zato: FeatureContext) -> None:
    """A statement that is built is told with its values."""
    cassandra_access.connect(zato, "", "admin")
    replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}"
    keyspace = f"CREATE KEYSPACE IF NOT EXISTS access_tests WITH replication = {replication}"
    for cql in (keyspace, "CREATE TABLE IF NOT EXISTS access_tests.t (id int PRIMARY KEY, tags list<text>)"):
        cassandra_access.find(zato, "admin").rows(cql)
    cassandra_access.find(zato, "admin").insert("access_tests.t", "id, tags", "1, ['a']")
    exchange = zato.last_exchange()
    assert exchange
    assert exchange.request == 'INSERT INTO "access_tests"."t" ("id", "tags") VALUES (?, ?)'
    assert (exchange.request_body, exchange.response) == ('1, ["a"]', "done")
    cassandra_access.find(zato, "admin").rows("DROP KEYSPACE access_tests")


def test_a_connection_is_a_variable(zato: FeatureContext) -> None:
    """It is found by its name and by itself, tells where it leads, and takes what the driver's session takes."""
    connection = zato.user_ctx["node"]
    assert (
        repr(connection)
        == f"<Cassandra connection to 127.0.0.1:{cassandra_access.settings(zato).port}, keyspace system>"
    )
    assert cassandra_access.find(zato, connection) is connection
    (row,) = connection.execute("SELECT key FROM local WHERE key = %s", ("local",))
    assert row.key == "local"


def test_closed_ones_are_told(zato: FeatureContext) -> None:
    """A closed connection is named as closed, by its name and by itself, until it is opened anew."""
    connections.close(zato, "Cassandra", "node")
    for given in ("node", zato.user_ctx["node"]):
        with pytest.raises(BadValue, match="is closed"):
            cassandra_access.find(zato, given)
    with pytest.raises(BadValue, match="is closed"):
        connections.close(zato, "Cassandra", "node")
    cassandra_access.connect(zato, "system", "node")
    assert str(cassandra_access.find(zato, "node")).endswith("keyspace system")
