"""What the Cassandra client promises, kept on a real node that asks for a password and offers TLS."""

import datetime
import socket
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from apitest.clients.cassandra.client import opened as connect
from apitest.clients.cassandra.connection import CassandraConnection
from apitest.clients.cassandra.settings import CassandraSettings
from apitest.errors import BadValue, TimedOut, TLSFailed, Unreachable
from apitest.tables import conditions

pytestmark = pytest.mark.cassandra

INJECTION = "'; DROP TABLE people; --"
KEYSPACE = "client_tests"


@pytest.fixture(scope="module")
def settings(cassandra_node: Mapping[str, str]) -> CassandraSettings:
    """Where the node is, with a user's name and password."""
    return CassandraSettings(
        (cassandra_node["APITEST_CASSANDRA_CONTACT_POINTS"],),
        int(cassandra_node["APITEST_CASSANDRA_PORT"]),
        username=cassandra_node["APITEST_CASSANDRA_USERNAME"],
        password=cassandra_node["APITEST_CASSANDRA_PASSWORD"],
    )


@pytest.fixture(scope="module")
def encrypted(settings: CassandraSettings, cassandra_node: Mapping[str, str]) -> CassandraSettings:
    """As `settings`, with all that TLS needs."""
    return settings._replace(
        ca_file=cassandra_node["APITEST_CASSANDRA_CA"],
        certificate=cassandra_node["APITEST_CASSANDRA_CERTIFICATE"],
        key=cassandra_node["APITEST_CASSANDRA_KEY"],
    )


TYPES = {
    "a_ascii": "ascii",
    "a_bigint": "bigint",
    "a_blob": "blob",
    "a_boolean": "boolean",
    "a_date": "date",
    "a_decimal": "decimal",
    "a_double": "double",
    "a_duration": "duration",
    "a_float": "float",
    "a_inet": "inet",
    "a_int": "int",
    "a_smallint": "smallint",
    "a_text": "text",
    "a_time": "time",
    "a_timestamp": "timestamp",
    "a_timeuuid": "timeuuid",
    "a_tinyint": "tinyint",
    "a_uuid": "uuid",
    "a_varint": "varint",
    "a_list": "list<int>",
    "a_set": "set<text>",
    "a_map": "map<text, frozen<list<int>>>",
    "a_tuple": "tuple<int, text, boolean>",
    "an_address": "address",
    "addresses": "list<frozen<address>>",
    "a_vector": "vector<float, 3>",
    "a_frozen": "frozen<set<int>>",
    "a_nested": "set<frozen<list<int>>>",
}


@pytest.fixture(scope="module")
def cql(settings: CassandraSettings) -> Iterator[CassandraConnection]:
    """A session in a keyspace with a table of every type."""
    first = connect(settings)
    first.rows(f"DROP KEYSPACE IF EXISTS {KEYSPACE}")
    first.rows(f"CREATE KEYSPACE {KEYSPACE} WITH replication = {{'class': 'SimpleStrategy', 'replication_factor': 1}}")
    first.close()
    session = connect(settings, KEYSPACE)
    session.rows("CREATE TYPE address (street text, zip int, place frozen<tuple<double, double>>)")
    columns = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
    session.rows(f"CREATE TABLE every_type (id int PRIMARY KEY, {columns})")
    session.rows("CREATE TABLE people (id int PRIMARY KEY, name text, tags list<text>, born date)")
    session.rows('CREATE TABLE "Counters" ("Id" int PRIMARY KEY, hits counter)')
    yield session
    session.rows(f"DROP KEYSPACE {KEYSPACE}")
    session.close()


@pytest.fixture
def people(cql: CassandraConnection) -> CassandraConnection:
    """The session, its table ``people`` empty."""
    cql.rows("TRUNCATE people")
    return cql


def names(cql: CassandraConnection) -> list[tuple[Any, ...]]:
    return sorted(cql.rows("SELECT id, name FROM people").rows)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("a_ascii", "abc", "abc"),
        ("a_bigint", "-9223372036854775808", -(2**63)),
        ("a_blob", "0xCAFE", b"\xca\xfe"),
        ("a_boolean", "yes", True),
        ("a_date", "2024-02-29", datetime.date(2024, 2, 29)),
        ("a_decimal", "1.10", Decimal("1.10")),
        ("a_double", "-1.5", -1.5),
        ("a_double", "Infinity", float("inf")),
        ("a_duration", "1y2mo1w3d4h5m6s7ms8us9ns", "1y2mo10d4h5m6s7ms8us9ns"),
        ("a_duration", "-P1Y2M3DT4H5M6S", "-1y2mo3d4h5m6s"),
        ("a_float", "0.5", 0.5),
        ("a_inet", "192.168.0.1", "192.168.0.1"),
        ("a_inet", "::1", "::1"),
        ("a_int", "+5", 5),
        ("a_smallint", "32767", 32767),
        ("a_text", INJECTION, INJECTION),
        ("a_text", "'NULL'", "NULL"),
        ("a_text", "NULL", None),
        ("a_time", "12:30:00.5", datetime.time(12, 30, 0, 500000)),
        ("a_time", "12:30:00.123456789", "12:30:00.123456789"),
        ("a_timestamp", "2024-02-29T12:30:00.5+01:00", datetime.datetime(2024, 2, 29, 11, 30, 0, 500000)),
        ("a_timestamp", "86400000", datetime.datetime(1970, 1, 2)),
        (
            "a_timeuuid",
            "d2177dd0-eaa2-11de-a572-001b779c76e3",
            UUID("d2177dd0-eaa2-11de-a572-001b779c76e3"),
        ),
        ("a_tinyint", "-128", -128),
        ("a_uuid", "123e4567-e89b-42d3-a456-426614174000", UUID("123e4567-e89b-42d3-a456-426614174000")),
        ("a_varint", "1" * 40, int("1" * 40)),
        ("a_list", "[1, 2, 1]", [1, 2, 1]),
        ("a_set", "{'a', 'b,c'}", {"a", "b,c"}),
        ("a_map", "{'k': [1, 2], 'j:x': []}", {"k": [1, 2], "j:x": []}),
        ("a_map", "{}", None),
        ("a_tuple", "(1, 'x', NULL)", (1, "x", None)),
        (
            "an_address",
            "{zip: 12, street: 'High St', place: (1.5, 2)}",
            {"street": "High St", "zip": 12, "place": (1.5, 2.0)},
        ),
        ("an_address", "('High St', 12)", {"street": "High St", "zip": 12, "place": None}),
        ("addresses", "[{street: 'x'}]", [{"street": "x", "zip": None, "place": None}]),
        ("a_vector", "[0.5, 0.25, -1]", [0.5, 0.25, -1.0]),
        ("a_frozen", "{3, 1}", {1, 3}),
        ("a_nested", "{[1], [2, 3]}", [[1], [2, 3]]),
    ],
)
def test_every_type_takes_its_text(cql: CassandraConnection, column: str, text: str, value: Any) -> None:
    """What is written for a column of any type comes back as the value that it stands for."""
    cql.insert("every_type", ["id", column], [1, text] if text.startswith("'; ") else f"1, {text}")
    assert cql.rows(f"SELECT {column} FROM every_type WHERE id = 1").value() == value


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("a_ascii", "é"),
        ("a_blob", "CAFE"),
        ("a_date", "2024-02-30"),
        ("a_duration", "1 day"),
        ("a_duration", ""),
        ("a_inet", "1.2.3"),
        ("a_int", "2147483648"),
        ("a_tinyint", "128"),
        ("a_timestamp", "noon"),
        ("a_timeuuid", "123e4567-e89b-42d3-a456-426614174000"),
        ("a_list", "1"),
        ("a_list", "[1, x]"),
        ("a_list", "{'a': 1}"),
        ("a_list", "[1"),
        ("a_list", "[1, NULL]"),
        ("a_map", "{'a': NULL}"),
        ("a_int", "[1]"),
        ("a_map", "[1]"),
        ("a_tuple", "(1)"),
        ("an_address", "{city: 'x'}"),
        ("a_vector", "[1]"),
    ],
)
def test_no_type_takes_another_ones_text(cql: CassandraConnection, column: str, text: str) -> None:
    """What does not fit is refused before it is sent, with the column, its type and how a value looks."""
    with pytest.raises(BadValue, match=f"does not fit column {column} of type") as caught:
        cql.insert("every_type", ["id", column], f"1, {text}")
    assert caught.value.fix.startswith("Write ")


@pytest.mark.parametrize(
    ("column", "stored", "value"),
    [
        ("a_text", 17, "17"),
        ("a_int", "17", 17),
        ("a_decimal", 0.1, Decimal("0.1")),
        ("a_double", 1, 1.0),
        ("a_float", float("inf"), float("inf")),
        ("a_boolean", True, True),
        ("a_blob", b"\xca", b"\xca"),
        ("a_date", datetime.date(2024, 2, 29), datetime.date(2024, 2, 29)),
        ("a_time", datetime.time(12, 30), datetime.time(12, 30)),
        ("a_timestamp", datetime.datetime(2024, 2, 29, 12, 30), datetime.datetime(2024, 2, 29, 12, 30)),
        ("a_list", [1], [1]),
        ("a_list", ["1", 2], [1, 2]),
        ("a_set", ["a"], {"a"}),
        ("a_map", {"a": [1]}, {"a": [1]}),
        ("a_tuple", [1, "x", None], (1, "x", None)),
        ("an_address", {"zip": 1}, {"street": None, "zip": 1, "place": None}),
        ("addresses", [{"zip": 1}], [{"street": None, "zip": 1, "place": None}]),
        ("a_vector", [1, 2.5, 3], [1.0, 2.5, 3.0]),
    ],
)
def test_stored_values_are_taken(cql: CassandraConnection, column: str, stored: Any, value: Any) -> None:
    """A stored value becomes one of its column's type, as JSON or a query has it."""
    cql.update("every_type", column, [stored], conditions.criterion("id = 1"))
    assert cql.rows(f"SELECT {column} FROM every_type WHERE id = 1").value() == value


@pytest.mark.parametrize(
    ("column", "stored"),
    [
        ("a_int", True),
        ("a_int", 1.5),
        ("a_int", {"a": 1}),
        ("a_text", {"a": 1}),
        ("a_list", [1, None, "x"]),
        ("a_map", {"a": [None, "x"]}),
        ("a_map", {"a": None}),
        ("a_list", [1, None]),
        ("a_vector", [1, None, 3]),
        ("a_list", 1),
    ],
)
def test_stored_values_of_other_types_are_refused(cql: CassandraConnection, column: str, stored: Any) -> None:
    """What does not fit is refused before it is sent."""
    with pytest.raises(BadValue, match=f"does not fit column {column} of type"):
        cql.update("every_type", column, [stored], conditions.criterion("id = 1"))


def test_a_value_never_becomes_part_of_a_statement(people: CassandraConnection) -> None:
    """What looks like CQL in a value is inserted, set and compared as it stands."""
    people.insert("people", "id, name", f"1, {INJECTION}")
    people.update("people", "name", f"x{INJECTION}", conditions.criterion("id = 1"))
    assert names(people) == [(1, f"x{INJECTION}")]


def test_rows_are_updated_and_deleted_by_their_key(people: CassandraConnection) -> None:
    """A criterion names rows by equality or in a list."""
    for row in ("1, ann", "2, bob", "3, cy"):
        people.insert("people", "id, name", row)
    people.update("people", "name, tags", "Ann, ['a', 'b']", conditions.criterion("id = 1"))
    people.delete("people", conditions.criterion("id in (2, 3)"))
    assert people.rows("SELECT * FROM people").rows == [(1, None, "Ann", ["a", "b"])]


def test_counters_are_added_to(cql: CassandraConnection) -> None:
    """The value set for a counter is added to it; names are found in any case that is clear."""
    cql.update("counters", "HITS", "5", conditions.criterion("id = 1"))
    cql.update(f"{KEYSPACE}.Counters", "hits", "-2", conditions.criterion("Id = 1"))
    assert cql.rows('SELECT hits FROM "Counters" WHERE "Id" = 1').value() == 3


def test_csv_rows_are_typed_by_their_columns(people: CassandraConnection, tmp_path: Path) -> None:
    """Collections, dates and NULL in a file are read as in a sentence; the first line may be a row."""
    path = tmp_path / "people.csv"
    path.write_text('id,name,tags,born\n1,"a, ""b""","[\'x\', \'y\']",2024-02-29\n2,NULL,,\n3,"NULL",[],NULL\n')
    assert people.insert_csv("people", path) == 3
    assert people.rows("SELECT id, name, tags, born FROM people WHERE id = 1").rows == [
        (1, 'a, "b"', ["x", "y"], datetime.date(2024, 2, 29))
    ]
    path.write_text("4,2024-02-29,dora,[]\n")
    assert people.insert_csv("people", path) == 1
    assert names(people) == [(1, 'a, "b"'), (2, None), (3, "NULL"), (4, "dora")]


def test_a_csv_file_with_a_mistake_inserts_nothing(people: CassandraConnection, tmp_path: Path) -> None:
    """A row that does not fit is named before the first one is sent."""
    path = tmp_path / "people.csv"
    for bad in ("x,b", "2", "2,b,c"):
        path.write_text(f"id,name\n1,a\n{bad}\n")
        with pytest.raises(BadValue) as caught:
            people.insert_csv("people", path)
        assert caught.value.where.startswith("people.csv:3, row 2")
    assert names(people) == []


@pytest.mark.parametrize(
    ("table", "columns", "told", "fix"),
    [
        ("peple", "id", "There is no table peple", "Did you mean people"),
        ("nowhere.people", "id", "There is no table nowhere.people", "no tables"),
        ("people", "id, nam", "has no column nam", "Did you mean name"),
    ],
)
def test_unknown_names_have_near_misses(
    people: CassandraConnection, table: str, columns: str, told: str, fix: str
) -> None:
    """A table or column that is not there is answered with what is."""
    with pytest.raises(BadValue, match=told) as caught:
        people.insert(table, columns, "1, x" if "," in columns else "1")
    assert fix in caught.value.fix


@pytest.mark.parametrize("criterion", ["id = 1 or id = 2", "name like 'a'", "id != 1", "name is null"])
def test_comparisons_that_cassandra_has_not_are_refused(people: CassandraConnection, criterion: str) -> None:
    """What CQL cannot say is told without asking the node."""
    with pytest.raises(BadValue, match=r"Cassandra (has no|cannot compare)"):
        people.delete("people", conditions.criterion(criterion))


def test_a_table_without_a_keyspace_is_not_guessed(settings: CassandraSettings) -> None:
    """A session outside any keyspace needs qualified names."""
    session = connect(settings)
    with pytest.raises(BadValue, match="There is no keyspace to look for"):
        session.insert("people", "id", "1")
    session.close()


def test_what_is_wrong_with_a_statement_is_told(people: CassandraConnection) -> None:
    """Syntax errors are marked, unknown tables have near misses, the rest is in Cassandra's words."""
    with pytest.raises(BadValue, match="not valid CQL") as caught:
        people.rows("SELECT *\nFRM people")
    assert caught.value.excerpt == "FRM people\n^"
    with pytest.raises(BadValue, match="There is no table peple") as caught:
        people.rows("SELECT * FROM peple")
    assert "people" in caught.value.fix
    with pytest.raises(BadValue, match=r"refused the statement.*id"):
        people.delete("people", conditions.criterion("name = 'x'"))


def test_the_keyspace_has_to_be_there(settings: CassandraSettings, cql: CassandraConnection) -> None:
    """A keyspace is found in any case; a wrong name is answered with near ones."""
    session = connect(settings, KEYSPACE.upper())
    assert session.rows("SELECT id FROM people WHERE id = -1").rows == []
    session.close()
    with pytest.raises(BadValue, match="There is no keyspace client_test") as caught:
        connect(settings, "client_test")
    assert KEYSPACE in caught.value.fix


@pytest.mark.parametrize("changed", [{"password": "wrong"}, {"username": ""}])
def test_a_refused_user_is_told_apart(settings: CassandraSettings, changed: dict[str, Any]) -> None:
    """A wrong password and none at all are told apart from a node that cannot be reached."""
    with pytest.raises(Unreachable, match="refused the user"):
        connect(settings._replace(**changed))


def test_all_contact_points_that_were_tried_are_named(settings: CassandraSettings) -> None:
    """Nobody listens on port 1 of either address."""
    down = settings._replace(contact_points=("127.0.0.1", "127.0.0.2"), port=1)
    with pytest.raises(Unreachable, match="cannot be reached") as caught:
        connect(down)
    assert caught.value.where == "contact points 127.0.0.1:1, 127.0.0.2:1"


def test_a_silent_node_is_a_time_out(settings: CassandraSettings) -> None:
    """A port that takes connections and never answers is given up after the time that was set."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(TimedOut) as caught:
            connect(settings._replace(port=port, timeout=0.3))
    assert caught.value.where == f"contact points 127.0.0.1:{port}"


def test_a_statement_has_the_time_that_is_left(settings: CassandraSettings) -> None:
    """Nobody waits for longer than a limit; without one the time is that of the settings."""
    session = connect(settings)
    session.limit = lambda: 0.000001
    with pytest.raises(TimedOut, match="did not answer in time"):
        session.rows("SELECT key FROM system.local")
    session.limit = lambda: 60
    assert session.rows("SELECT key FROM system.local").value() == "local"
    session.close()


def test_an_unsupported_protocol_version_is_a_mistake(settings: CassandraSettings) -> None:
    """The version that was set is used, or refused."""
    session = connect(settings._replace(protocol_version=4))
    assert session.rows("SELECT key FROM system.local").value() == "local"
    session.close()
    with pytest.raises(BadValue, match="protocol version"):
        connect(settings._replace(protocol_version=1))


def test_tls_with_a_client_certificate(encrypted: CassandraSettings) -> None:
    """With the right files the session is encrypted; without verification the authority does not count."""
    for each in (encrypted, encrypted._replace(verify=False, ca_file="")):
        session = connect(each)
        assert session.rows("SELECT key FROM system.local").value() == "local"
        session.close()


def test_tls_that_does_not_come_about(encrypted: CassandraSettings, cassandra_node: Mapping[str, str]) -> None:
    """An unknown authority and a missing client certificate are TLS errors, a missing file a mistake."""
    stranger = encrypted._replace(ca_file=cassandra_node["APITEST_CASSANDRA_OTHER_CA"])
    for each in (stranger, encrypted._replace(certificate="", key="")):
        with pytest.raises(TLSFailed):
            connect(each)
    with pytest.raises(BadValue, match="cannot be used") as caught:
        connect(encrypted._replace(ca_file="/nowhere/ca.pem"))
    assert "/nowhere/ca.pem" in caught.value.where
