"""CQL statements as exchanges, of a real node."""

from collections.abc import Iterator, Mapping

import pytest

from apitest.clients.cassandra import client, exchange
from apitest.clients.cassandra.connection import CassandraConnection
from apitest.clients.cassandra.settings import CassandraSettings
from apitest.clients.database_exchange import Call

pytestmark = pytest.mark.cassandra


@pytest.fixture
def connection(cassandra_node: Mapping[str, str]) -> Iterator[CassandraConnection]:
    settings = CassandraSettings(
        (cassandra_node["APITEST_CASSANDRA_CONTACT_POINTS"],),
        int(cassandra_node["APITEST_CASSANDRA_PORT"]),
        username=cassandra_node["APITEST_CASSANDRA_USERNAME"],
        password=cassandra_node["APITEST_CASSANDRA_PASSWORD"],
    )
    opened = client.opened(settings)
    yield opened
    opened.close()


def test_a_statement_with_its_values(connection: CassandraConnection) -> None:
    """It is shown with the contact points, and with what was bound to it."""
    call = Call("INSERT INTO t (id) VALUES (?)", [1])
    call.result = True
    made = exchange.make(connection, call)
    assert (made.protocol, made.request, made.request_body) == ("CQL", "INSERT INTO t (id) VALUES (?)", "1")
    assert (made.response, dict(made.request_headers)) == ("done", {"Connection": str(connection)})
