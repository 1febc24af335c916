"""The tables of a database by the names that sentences use, on SQLite."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from apitest.clients.sql.tables import Tables, qualified
from apitest.errors import BadValue
from apitest.language.lists import ListItem
from apitest.tables.conditions import criterion


@pytest.fixture
def tables() -> Iterator[Tables]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE Orders (id INTEGER PRIMARY KEY, Name TEXT, price NUMERIC(10, 2))"))
        yield Tables(connection)
    engine.dispose()


@pytest.mark.parametrize("name", ["Orders", "orders", "main.ORDERS"])
def test_a_table_is_found(tables: Tables, name: str) -> None:
    """In any case, and with its schema; it is described once."""
    found = tables.get(name)
    assert list(found.targets) == ["id", "Name", "price"]
    assert tables.get(name) is found
    tables.forget()
    assert tables.get(name) is not found


def test_a_table_that_is_not_there(tables: Tables) -> None:
    """The error shows near misses."""
    with pytest.raises(BadValue, match="no table ordres") as raised:
        tables.get("ordres")
    assert raised.value.fix == "Did you mean Orders?"


def test_values_are_bound_by_column(tables: Tables) -> None:
    """Columns are found in any case; one twice, or one that is not there, is refused."""
    table = tables.get("orders")
    assert table.bound(["ID", "name"], [ListItem("7"), ListItem("x")]) == {"id": 7, "Name": "x"}
    with pytest.raises(BadValue, match="named twice"):
        table.bound(["id", "ID"], [ListItem("1"), ListItem("2")])
    with pytest.raises(BadValue, match="has no column nam") as raised:
        table.column("nam")
    assert "Did you mean Name?" in raised.value.fix


@pytest.mark.parametrize(
    ("condition", "clause"),
    [
        ("id = 1", "orders.id = 1"),
        ("id in (1, 2) or name is null", 'orders.id IN (1, 2) OR orders."Name" IS NULL'),
        ("name like 'a%' and id >= 2", """orders."Name" LIKE 'a%' AND orders.id >= 2"""),
    ],
)
def test_conditions_become_clauses(tables: Tables, condition: str, clause: str) -> None:
    """Each comparison is one of SQL's, with names quoted where they need it."""
    made = tables.get("orders").where(criterion(condition, []))
    assert str(made.compile(compile_kwargs={"literal_binds": True})) == clause


def test_a_name_with_a_dot() -> None:
    """It may be a name as it is, or a schema and a table."""
    assert list(qualified("a.b")) == [(None, "a.b"), ("a", "b")]
    assert list(qualified("a")) == [(None, "a")]
