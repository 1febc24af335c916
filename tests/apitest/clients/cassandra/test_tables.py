"""Tables found by the names that sentences use, and the statements for them."""

from collections.abc import Sequence
from typing import Any

import pytest

from apitest.clients.cassandra import tables
from apitest.clients.cassandra.tables import CassandraTable
from apitest.errors import BadValue
from apitest.tables.conditions import criterion

TABLE = CassandraTable('"shop"."Orders"', {"id": "int", "Name": "text", "seen": "counter"})


def fetch(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What system_schema says of a keyspace with two tables."""
    if "system_schema.tables" in statement:
        return [("orders",), ("Customers",)] if values == ["shop"] else []
    assert values == ["shop", "orders"]
    return [("total", "decimal", "regular", -1), ("id", "int", "partition_key", 0), ("day", "date", "clustering", 0)]


@pytest.mark.parametrize(("keyspace", "name"), [("shop", "orders"), ("shop", "ORDERS"), (None, "shop.orders")])
def test_a_table_is_found(keyspace: str | None, name: str) -> None:
    """In the session's keyspace or in its own, in any case; its columns are in the order of SELECT *."""
    found = tables.find(fetch, keyspace, name)
    assert (found.name, list(found.columns)) == ('"shop"."orders"', ["id", "day", "total"])


@pytest.mark.parametrize(
    ("keyspace", "name", "problem", "fix"),
    [
        (None, "orders", "no keyspace to look for", "Connect to a keyspace"),
        ("shop", "ordres", "no table ordres", "Did you mean orders?"),
        ("shop", "xyz", "no table xyz", "The keyspace has Customers, orders."),
        ("empty", "xyz", "no table xyz", "has no tables"),
    ],
)
def test_a_table_that_is_not_there(keyspace: str | None, name: str, problem: str, fix: str) -> None:
    """The error shows near misses, or what there is."""
    with pytest.raises(BadValue, match=problem) as raised:
        tables.find(fetch, keyspace, name)
    assert fix in raised.value.fix


def test_statements_quote_names_and_bind_values() -> None:
    """Columns are found in any case; a counter is added to."""
    assert TABLE.insert(["ID", "name"]) == 'INSERT INTO "shop"."Orders" ("id", "Name") VALUES (?, ?)'
    rows = criterion("id = 1 and name in (a, b)", [])
    assert TABLE.update(["seen"], rows) == (
        'UPDATE "shop"."Orders" SET "seen" = "seen" + ? WHERE "id" = ? AND "Name" IN ?'
    )
    assert TABLE.delete(criterion("id = 1", [])) == 'DELETE FROM "shop"."Orders" WHERE "id" = ?'
    assert tables.quote('a"b') == '"a""b"'


@pytest.mark.parametrize(
    ("condition", "problem"),
    [("id = 1 or id = 2", 'no "or"'), ("name like 'a%'", "cannot compare"), ("nothing = 1", "has no column nothing")],
)
def test_what_cassandra_cannot_do(condition: str, problem: str) -> None:
    """It is refused before it is sent."""
    with pytest.raises(BadValue, match=problem):
        TABLE.delete(criterion(condition, []))


def test_a_keyspace_that_is_not_there() -> None:
    """Those of the system are not offered."""
    error = tables.unknown_keyspace("x", ["system", "shop"], "a:1")
    assert (error.where, error.fix) == ("contact points a:1", "There are shop.")
