"""Tests of apitest_server.outgoing.cassandra, against a Cassandra node."""

import logging
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from apitest_server.errors import BadRequest, DatabaseError
from apitest_server.odb import StoredObject
from apitest_server.outgoing.cassandra import CassandraConnection
from tests.ports import free_port
from tests.server.outgoing.gate import Gate

Node = Mapping[str, str]


def connection(directory: Path, password: str = "", **fields: object) -> CassandraConnection:
    given = {"contact_points": "127.0.0.1", "timeout": 30, **fields}
    return CassandraConnection(StoredObject(1, "definition.cassandra", "c", given, {"password": password}), directory)


def fields(node: Node, **more: object) -> dict[str, object]:
    return {"port": int(node["APITEST_CASSANDRA_PORT"]), "username": node["APITEST_CASSANDRA_USERNAME"], **more}


@pytest.fixture
def connected(cassandra_node: Node, tmp_path: Path) -> Iterator[CassandraConnection]:
    """A connection to the node."""
    made = connection(tmp_path, cassandra_node["APITEST_CASSANDRA_PASSWORD"], **fields(cassandra_node))
    yield made
    made.close()


@pytest.mark.cassandra
def test_statements_run(connected: CassandraConnection) -> None:
    """With values in order and by name, prepared or not, from several threads."""
    assert connected.conn.ping().startswith("127.0.0.1:")
    connected.execute("DROP KEYSPACE IF EXISTS server_tests")
    connected.execute(
        "CREATE KEYSPACE server_tests WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
    )
    connected.execute("CREATE TABLE server_tests.orders (id int PRIMARY KEY, article text)")
    connected.execute("INSERT INTO server_tests.orders (id, article) VALUES (%s, %s)", [1, "tea"])
    insert = "INSERT INTO server_tests.orders (id, article) VALUES (:id, :article)"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda id: connected.execute_prepared(insert, {"id": id, "article": "x"}), range(2, 30)))
    [row] = connected.execute_prepared("SELECT * FROM server_tests.orders WHERE id = ?", [1])
    assert (row.article, row["id"]) == ("tea", 1)
    prepared = connected.prepare("SELECT count(*) AS all FROM server_tests.orders")
    assert connected.execute(prepared)[0].all == 29
    assert connected.session.cluster is not None


@pytest.mark.cassandra
def test_what_cassandra_refuses_is_told(connected: CassandraConnection) -> None:
    """In its words, and the connection goes on."""
    for statement, parameters, problem in (
        ("SELEC 1", None, "refuses the statement: line 1:0 no viable alternative"),
        ("SELECT key FROM system.nothing", None, "refuses the statement: table nothing does not exist"),
        ("SELECT key FROM system.local WHERE key = %s", ["a", "b"], "parameters do not fit the statement for `c`"),
    ):
        with pytest.raises(DatabaseError, match=problem) as caught:
            connected.execute(statement, parameters)
        assert not caught.value.is_away
    with pytest.raises(DatabaseError, match="parameters do not fit the statement for `c`: Too many"):
        connected.execute_prepared("SELECT key FROM system.local WHERE key = ?", ["local", "b"])
    connected.ping()


@pytest.mark.cassandra
def test_who_is_not_let_in_is_told(cassandra_node: Node, tmp_path: Path) -> None:
    """The password is not in it."""
    for wrong, problem in (
        ({}, "refuses the user name or the password"),
        ({"contact_points": "none.invalid"}, "none of its contact points"),
        ({"proto_version": 1}, "explicitly set client protocol_version 1"),
    ):
        with pytest.raises(DatabaseError, match=problem) as caught:
            connection(tmp_path, "not-the-word", **fields(cassandra_node, **wrong)).ping()
        assert caught.value.is_away
        assert "not-the-word" not in str(caught.value)


@pytest.mark.cassandra
def test_a_keyspace_and_versions(cassandra_node: Node, tmp_path: Path) -> None:
    """Tables are looked for in the keyspace, which has to exist."""
    password = cassandra_node["APITEST_CASSANDRA_PASSWORD"]
    made = connection(
        tmp_path, password, **fields(cassandra_node, default_keyspace="system", proto_version=4, cql_version="3.4.7")
    )
    assert made.execute("SELECT key FROM local") == [{"key": "local"}]
    made.close()
    with pytest.raises(DatabaseError, match=r"cannot be reached: Unable to connect .* using keyspace 'none'"):
        connection(tmp_path, password, **fields(cassandra_node, default_keyspace="none")).ping()


@pytest.mark.cassandra
def test_tls(cassandra_node: Node, tmp_path: Path) -> None:
    """The node has to be known, and wants to see a certificate itself."""
    password = cassandra_node["APITEST_CASSANDRA_PASSWORD"]
    both = {"use_tls": True, "client_cert": cassandra_node["APITEST_CASSANDRA_BOTH"]}
    known = fields(cassandra_node, ca_certs=cassandra_node["APITEST_CASSANDRA_CA"], **both)
    made = connection(tmp_path, password, **known)
    made.ping()
    made.close()
    for wrong in ({**known, "client_cert": ""}, {**known, "ca_certs": ""}):
        with pytest.raises(DatabaseError, match="cannot be reached"):
            connection(tmp_path, password, **wrong).ping()


@pytest.mark.cassandra
def test_a_node_that_was_away(cassandra_node: Node, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The next use connects again; each change is one line in the log, however many ask."""
    caplog.set_level(logging.INFO, "apitest.outgoing")
    target = cassandra_node["APITEST_CASSANDRA_CONTACT_POINTS"], int(cassandra_node["APITEST_CASSANDRA_PORT"])
    with Gate(*target) as gate:
        made = connection(
            tmp_path, cassandra_node["APITEST_CASSANDRA_PASSWORD"], **fields(cassandra_node, port=gate.port)
        )
        made.ping()
        gate.shut()
        for _ in range(3):
            with pytest.raises(DatabaseError, match="cannot be reached") as caught:
                made.ping()
            assert caught.value.is_away
        gate.open()
        for _ in range(2):
            made.ping()
        made.close()
    told = [record.getMessage() for record in caplog.records if record.name == "apitest.outgoing"]
    assert told == [
        "Cassandra connection `c` cannot be used until further notice: "
        "Cassandra of `c` cannot be reached: Connection refused",
        "Cassandra connection `c` is connected again",
    ]


@pytest.mark.cassandra
def test_who_still_has_a_closed_connection_may_use_it(connected: CassandraConnection) -> None:
    """Nothing stays open afterwards; what is under way when it is closed is done."""
    with connected._used() as session:
        connected.close()
        assert session.execute("SELECT key FROM system.local") == [{"key": "local"}]
    connected.ping()
    assert connected._session is None


def test_many_who_wait_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who came while somebody was trying does not try again."""
    made = connection(tmp_path, port=free_port())
    ticks = iter(range(2))
    with pytest.raises(DatabaseError, match="Connection refused") as first:
        made.ping()
    assert made._failed is not None
    monkeypatch.setattr("apitest_server.outgoing.cassandra.monotonic", lambda: next(ticks))
    with pytest.raises(DatabaseError) as second:
        made.ping()
    assert (second.value.problem, next(ticks)) == (first.value.problem, 1)


def test_a_driver_that_cannot_be_loaded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, "apitest_server.outgoing.cassandra_session", None)
    with pytest.raises(DatabaseError, match="driver of `c` cannot be loaded") as caught:
        connection(tmp_path).ping()
    assert caught.value.fix.endswith("cassandra-driver")


def test_certificates_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    """With the name of the field."""
    (tmp_path / "empty.pem").write_text("")
    for wrong in ({"client_cert": "none.pem"}, {"client_cert": "empty.pem"}, {"ca_certs": "none.pem"}):
        with pytest.raises(BadRequest, match=next(iter(wrong))):
            connection(tmp_path, use_tls=True, **wrong)
