"""CSV files into tables: which fields go where; what databases make of it is in test_connection.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from apitest.clients import csv_files
from apitest.clients.sql import csv_loading
from apitest.clients.sql.csv_loading import Plan
from apitest.clients.sql.tables import Tables
from apitest.errors import BadValue
from apitest.tables.csv import HEADER, TYPED_HEADER


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A database in memory."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(content)
    return path


def test_a_new_table_has_the_declared_columns(connection: Connection, tmp_path: Path) -> None:
    """Those of the header, or those that are given for a file without one."""
    for content, layout, columns, with_first in (
        ('id:integer,"price:decimal(10,2)"\n1,2.50\n', TYPED_HEADER, None, False),
        ("1,2.50\n", HEADER, "id:integer, price:decimal(10,2)", True),
        ("1,2.50\n", HEADER, ["id:integer", "price:decimal(10,2)"], True),
    ):
        with csv_files.opened(written(tmp_path, content)) as csv:
            plan = csv_loading.new(Tables(connection), "t", csv, layout, columns)
            assert [target.name for target in plan.targets] == ["id", "price"]
            assert plan.with_first is with_first
            csv_loading.create(connection, plan)
            assert csv_loading.insert_rows(connection, csv, plan) == 1
        assert connection.execute(text("SELECT id, price FROM t")).all() == [(1, 2.5)]
        csv_loading.drop(connection, plan)


def test_fields_go_to_their_columns(connection: Connection, tmp_path: Path) -> None:
    """By the names of the header, whatever their order; else in the order of the table."""
    connection.execute(text("CREATE TABLE t (id INTEGER, born DATE, name VARCHAR)"))
    for content, expected in (
        ("name,ID\na,1\n", (1, None, "a")),
        ("2,2026-01-31,b\n", (2, "2026-01-31", "b")),
    ):
        with csv_files.opened(written(tmp_path, content)) as csv:
            plan = csv_loading.existing(Tables(connection).get("t"), csv, None)
            csv_loading.insert_rows(connection, csv, plan)
        found = connection.execute(text("SELECT id, born, name FROM t ORDER BY id DESC LIMIT 1")).one()
        assert tuple(found) == expected


def test_mistakes_are_found_before_a_row_goes_out(connection: Connection, tmp_path: Path) -> None:
    """A header with an unknown name, and columns that come twice."""
    connection.execute(text("CREATE TABLE t (id INTEGER)"))
    with csv_files.opened(written(tmp_path, "id,nam\n1,a\n")) as csv:
        with pytest.raises(BadValue, match="no column nam"):
            csv_loading.existing(Tables(connection).get("t"), csv, None)
        with pytest.raises(BadValue, match="Two columns are called id"):
            csv_loading.new(Tables(connection), "u", csv, HEADER, "id, id")


def test_a_plan_is_data() -> None:
    """It says where the fields go, and cannot be changed."""
    assert {"table", "targets", "with_first"} == set(Plan.__slots__)
