"""The same promises, kept on SQLite, PostgreSQL and MariaDB."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from apitest.clients.sql.connection import SQLConnection
from apitest.errors import BadValue, Unreachable
from apitest.tables import conditions
from apitest.tables.csv import TYPED_HEADER, TYPES_BELOW

INJECTION = "'; DROP TABLE people; --"


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.postgresql),
        pytest.param("mysql", marks=pytest.mark.mysql),
    ]
)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of each database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/test.db"
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def sql(url: str) -> Iterator[SQLConnection]:
    """A connection, with a table ``people`` that is dropped afterwards."""
    connection = SQLConnection(url)
    connection.execute("DROP TABLE IF EXISTS people")
    connection.execute(
        "CREATE TABLE people "
        "(id INTEGER PRIMARY KEY, name VARCHAR(40), height NUMERIC(10, 2), born DATE, alive BOOLEAN)"
    )
    yield connection
    connection.execute("DROP TABLE IF EXISTS people")
    connection.close()


@pytest.fixture
def new(sql: SQLConnection) -> Iterator[str]:
    """The name of a table that is not there yet, dropped afterwards."""
    name = f"new_{uuid4().hex[:8]}"
    yield name
    sql.execute(f"DROP TABLE IF EXISTS {name}")


def csv(directory: Path, text: str) -> Path:
    path = directory / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


def people(sql: SQLConnection) -> list[tuple[Any, ...]]:
    return sql.rows("SELECT id, name FROM people ORDER BY id").rows


def test_rows_come_with_the_names_of_their_columns(sql: SQLConnection) -> None:
    """A result has its columns' names, and a row is a tuple."""
    result = sql.rows("SELECT 1 AS a, 'x' AS b")
    assert (result.columns, result.rows) == (("a", "b"), [(1, "x")])


def test_a_statement_of_the_users_own_runs_as_it_is_written(sql: SQLConnection) -> None:
    """Percent signs and colons mean nothing but themselves, unless parameters are given."""
    assert sql.rows("SELECT '100%s', '12:30 :x'").rows == [("100%s", "12:30 :x")]
    sql.insert("people", "id, name", "1, ann")
    assert sql.value("SELECT name FROM people WHERE id = :id", {"id": 1}) == "ann"


def test_values_of_a_sentence_are_typed_by_their_columns(sql: SQLConnection) -> None:
    """Text becomes what the column holds, NULL no value."""
    sql.insert("people", "id, name, height, born, alive", "1, 'Ann, Lee', 1.75, 2001-02-03, true")
    sql.insert("people", "id, name, height, born", "2, NULL, , NULL")
    first, second = sql.rows("SELECT name, height, born, alive FROM people ORDER BY id").rows
    assert (first[0], Decimal(str(first[1])), str(first[2]), bool(first[3])) == (
        "Ann, Lee",
        Decimal("1.75"),
        "2001-02-03",
        True,
    )
    assert second == (None, None, None, None)


def test_a_value_never_becomes_part_of_a_statement(sql: SQLConnection) -> None:
    """What looks like SQL in a value is inserted, compared and set as it stands."""
    sql.insert("people", "id, name", f"1, {INJECTION}")
    sql.insert("people", "id, name", [2, INJECTION])
    assert people(sql) == [(1, INJECTION), (2, INJECTION)]
    criterion = conditions.filtered("name", "equal to", INJECTION, "and")
    assert sql.update("people", "name", "1' OR '1'='1", criterion) == 2
    assert sql.delete("people", conditions.filtered(["name"], "=", ["x' OR 'a'='a"], "")) == 0
    with pytest.raises(BadValue, match="neither a stored filter nor a condition"):
        conditions.criterion("name = x' OR 'a'='a")
    assert people(sql) == [(1, "1' OR '1'='1"), (2, "1' OR '1'='1")]


def test_identifiers_are_quoted(sql: SQLConnection, new: str, tmp_path: Path) -> None:
    """Names with spaces, capitals, reserved words and quotes are names like any other."""
    odd = ["select", "Two Words", "sem;icolon", "100%"]
    assert sql.create_table_from_csv(new, csv(tmp_path, ",".join(odd) + "\n")) == 0
    sql.insert(new, odd, [1, 2, 3, 4])
    assert sql.update(new, ["Two Words"], ["9"], conditions.filtered(["select"], "=", ["1"], "and")) == 1
    assert sql.rows(f"SELECT * FROM {new}").rows == [("1", "9", "3", "4")]


@pytest.mark.parametrize(
    ("criterion", "left"),
    [
        ("id = 1", [2, 3, 4]),
        ("id != 1", [1]),
        ("id > 2", [1, 2]),
        ("id >= 2 and id < 4", [1, 4]),
        ("id <= 1 or name = 'cy'", [2, 4]),
        ("name like '%n%'", [2, 3, 4]),
        ("name not like '%n%'", [1, 4]),
        ("id in (1, 3)", [2, 4]),
        ("id not in (1, 3)", [1, 3]),
        ("name is null", [1, 2, 3]),
        ("name is not null", [4]),
        ("name = NULL", [1, 2, 3]),
    ],
)
def test_a_criterion_selects_rows(sql: SQLConnection, criterion: str, left: list[int]) -> None:
    """Every comparison selects as SQL does."""
    for row in ("1, ann", "2, bob", "3, cy", "4, NULL"):
        sql.insert("people", "id, name", row)
    assert sql.delete("people", conditions.criterion(criterion)) == 4 - len(left)
    assert [row[0] for row in people(sql)] == left


def test_names_need_not_be_in_the_databases_case(sql: SQLConnection) -> None:
    """A table and a column are found in another case if that is clear."""
    sql.insert("PEOPLE", "ID, Name", "1, ann")
    assert people(sql) == [(1, "ann")]


def test_a_table_is_described_anew_after_it_was_changed(sql: SQLConnection) -> None:
    """A column that was added by a statement can be used at once."""
    sql.insert("people", "id", "1")
    sql.execute("ALTER TABLE people ADD COLUMN note VARCHAR(10)")
    assert sql.update("people", "note", "new", conditions.criterion("id = 1")) == 1


@pytest.mark.parametrize(
    ("table", "columns", "values", "told"),
    [
        ("peopel", "id", "1", "There is no table peopel"),
        ("nowhere.people", "id", "1", "There is no table nowhere.people"),
        ("people", "id, nam", "1, x", "has no column nam"),
        ("people", "id, id", "1, 2", "named twice"),
        ("people", "id, name", "1", "1 values for 2 columns"),
        ("people", "id", "one", '"one" does not fit column id'),
        ("people", "id, born", "1, 2001-02-30", '"2001-02-30" does not fit column born'),
        ("people", "id, alive", "1, perhaps", '"perhaps" does not fit column alive'),
    ],
)
def test_a_mistake_in_a_sentence_is_told(sql: SQLConnection, table: str, columns: str, values: str, told: str) -> None:
    """Unknown tables and columns and values that do not fit are errors; nothing is inserted."""
    with pytest.raises(BadValue, match=told):
        sql.insert(table, columns, values)
    assert people(sql) == []


@pytest.mark.parametrize("statement", ["SELECT * FROM peopel", "DELETE FROM peopel", "DROP TABLE peopel"])
def test_an_unknown_table_of_a_statement_has_near_misses(sql: SQLConnection, statement: str) -> None:
    """A table that is not there is answered with those that are."""
    with pytest.raises(BadValue, match=r"There is no table .*peopel") as caught:
        sql.rows(statement)
    assert "Did you mean people" in caught.value.fix
    assert caught.value.where == statement


def test_a_syntax_error_is_marked(sql: SQLConnection) -> None:
    """The place of a syntax error is marked in the statement's line."""
    with pytest.raises(BadValue, match="not valid SQL") as caught:
        sql.rows("SELECT id\n  FORM people WHERE 1")
    line, caret = caught.value.excerpt.splitlines()
    assert line[caret.index("^") :].startswith("people")


def test_what_the_database_refuses_is_told_in_its_words(sql: SQLConnection) -> None:
    """A violated constraint and an unknown column are the database's own messages."""
    sql.insert("people", "id", "1")
    with pytest.raises(BadValue, match=r"refused the statement.*(?i:unique|duplicate)"):
        sql.insert("people", "id", "1")
    with pytest.raises(BadValue, match=r"refused the statement.*nobody"):
        sql.rows("SELECT nobody FROM people")


def test_a_statement_without_rows_has_none(sql: SQLConnection) -> None:
    """A change returns no rows, and the number of those it changed."""
    assert sql.rows("DELETE FROM people").columns == ()
    assert sql.execute("INSERT INTO people (id) VALUES (1), (2)") == 2


def test_a_transaction_is_undone(sql: SQLConnection) -> None:
    """After a rollback all is as it was, and a failed statement does not end the transaction."""
    sql.insert("people", "id, name", "1, ann")
    sql.begin()
    sql.begin()
    sql.delete("people", conditions.criterion("id = 1"))
    with pytest.raises(BadValue):
        sql.rows("SELEC")
    sql.insert("people", "id, name", "2, bob")
    assert people(sql) == [(2, "bob")]
    sql.rollback()
    sql.rollback()
    assert people(sql) == [(1, "ann")]


def test_a_transaction_is_kept(sql: SQLConnection, url: str) -> None:
    """After a commit another connection sees what was done."""
    sql.begin()
    sql.insert("people", "id, name", "1, ann")
    sql.commit()
    other = SQLConnection(url)
    assert people(other) == [(1, "ann")]
    other.close()


def test_a_closed_connection_undoes_its_transaction(sql: SQLConnection, url: str) -> None:
    """What was not committed is gone with the connection."""
    other = SQLConnection(url)
    other.begin()
    other.insert("people", "id", "1")
    other.close()
    assert people(sql) == []


CSV = "id:integer,name:varchar(20),price:decimal,ok:boolean,born:date,at:datetime,f:float\n"


def test_a_table_is_created_from_a_csv_file(sql: SQLConnection, new: str, tmp_path: Path) -> None:
    """Every kind of column keeps its values, and NULL and empty fields become no value."""
    path = csv(tmp_path, CSV + '1,"a, ""b""",1.10,yes,2024-01-02,2024-01-02T03:04:05.5+02:00,1.5\n2,NULL,,,,,\n')
    assert sql.create_table_from_csv(new, path, TYPED_HEADER) == 2
    first, second = sql.rows(f"SELECT * FROM {new} ORDER BY id").rows
    assert first[:2] == (1, 'a, "b"')
    assert (Decimal(str(first[2])), bool(first[3]), str(first[4]), first[6]) == (
        Decimal("1.10"),
        True,
        "2024-01-02",
        1.5,
    )
    moment = first[5] if isinstance(first[5], datetime.datetime) else datetime.datetime.fromisoformat(first[5])
    assert moment == datetime.datetime(2024, 1, 2, 1, 4, 5, 500000)
    assert second == (2, None, None, None, None, None, None)


def test_types_below_the_header_and_columns_of_a_file_without_one(sql: SQLConnection, new: str, tmp_path: Path) -> None:
    """The types may stand in the second line, or with the names in the step."""
    assert sql.create_table_from_csv(new, csv(tmp_path, 'a,b\ninteger,text\n7,"NULL"\n'), TYPES_BELOW) == 1
    assert sql.rows(f"SELECT * FROM {new}").rows == [(7, "NULL")]
    sql.execute(f"DROP TABLE {new}")
    assert sql.create_table_from_csv(new, csv(tmp_path, "7,x\n"), columns="a:integer, b") == 1
    assert sql.rows(f"SELECT * FROM {new}").rows == [(7, "x")]


@pytest.mark.parametrize("bad", ["x,b\n", "2\n", "2,b,c\n"])
def test_a_csv_file_with_a_mistake_leaves_nothing(sql: SQLConnection, new: str, tmp_path: Path, bad: str) -> None:
    """A row that does not fit is named, and there is neither a new table nor a new row."""
    path = csv(tmp_path, "id:integer,name\n1,a\n" + bad)
    for insert in (lambda: sql.create_table_from_csv(new, path), lambda: sql.insert_csv("people", path)):
        with pytest.raises(BadValue) as caught:
            insert()
        assert caught.value.where.startswith("people.csv:3, row 2")
    assert people(sql) == []
    with pytest.raises(BadValue, match="There is no table"):
        sql.rows(f"SELECT * FROM {new}")


def test_a_row_that_the_database_refuses_takes_all_others_with_it(sql: SQLConnection, tmp_path: Path) -> None:
    """A violated constraint in the last row leaves none of the file's rows, in a transaction and outside."""
    path = csv(tmp_path, "id,name\n1,a\n2,b\n1,c\n")
    for begin in (lambda: None, sql.begin):
        begin()
        with pytest.raises(BadValue, match="refused"):
            sql.insert_csv("people", path)
        assert people(sql) == []


def test_a_table_that_is_there_is_not_created_again(sql: SQLConnection, tmp_path: Path) -> None:
    """An existing table is left as it is."""
    sql.insert("people", "id", "1")
    with pytest.raises(BadValue, match="exists"):
        sql.create_table_from_csv("people", csv(tmp_path, "a\n1\n"))
    assert people(sql) == [(1, None)]


def test_fields_go_by_the_header_or_by_their_order(sql: SQLConnection, tmp_path: Path) -> None:
    """With a header the order of fields is free; without one it is that of the table."""
    assert sql.insert_csv("people", csv(tmp_path, "name,id\nann,1\n")) == 1
    assert sql.insert_csv("people", csv(tmp_path, "2,bob,1.5,,\n")) == 1
    assert people(sql) == [(1, "ann"), (2, "bob")]
    with pytest.raises(BadValue, match="has no column nam"):
        sql.insert_csv("people", csv(tmp_path, "id,nam\n3,x\n"))


def test_many_rows_go_in_batches(sql: SQLConnection, new: str, tmp_path: Path) -> None:
    """More rows than a batch holds are all there."""
    path = csv(tmp_path, "id:integer,name\n" + "".join(f"{i},n{i}\n" for i in range(2_500)))
    assert sql.create_table_from_csv(new, path) == 2_500
    assert sql.rows(f"SELECT COUNT(*), SUM(id) FROM {new}").rows == [(2_500, 3_123_750)]


@pytest.mark.postgresql
def test_a_wrong_password_is_told_apart(postgresql_url: str, mysql_url: str) -> None:
    """A refused user, a missing database and a server that is down have errors of their own."""
    for url in (postgresql_url, mysql_url):
        with pytest.raises(Unreachable, match="refused the user apitest") as caught:
            SQLConnection(url.replace("apitest:", "apitest:wrong"))
        assert "***" in caught.value.where and "wrong" not in str(caught.value)
        with pytest.raises(Unreachable, match=r"There is no database .*zz"):
            SQLConnection(url + "zz")
        with pytest.raises(BadValue, match="option"):
            SQLConnection(url + "?nonsense=1")


@pytest.mark.parametrize("url", ["postgresql://u:secret-pw@127.0.0.1:1/x", "mysql://u:secret-pw@127.0.0.1:1/x"])
def test_a_server_that_is_down_is_unreachable(url: str) -> None:
    """Nothing listens on port 1, and the password is not shown."""
    with pytest.raises(Unreachable, match="cannot be reached") as caught:
        SQLConnection(url)
    assert "secret-pw" not in str(caught.value)


def test_a_database_file_without_a_directory_is_unreachable(tmp_path: Path) -> None:
    """SQLite cannot make directories."""
    with pytest.raises(Unreachable, match="cannot be opened"):
        SQLConnection(f"sqlite:///{tmp_path}/none/test.db")


@pytest.mark.postgresql
def test_postgresql_types_of_its_own(postgresql_url: str) -> None:
    """Arrays, JSON, UUIDs, addresses, intervals and enumerations take the text that a person would write."""
    sql = SQLConnection(postgresql_url)
    sql.execute("DROP SCHEMA IF EXISTS own CASCADE")
    sql.execute("CREATE SCHEMA own")
    sql.execute("CREATE TYPE own.mood AS ENUM ('glad', 'sad')")
    sql.execute(
        "CREATE TABLE own.t "
        "(l integer[], j jsonb, u uuid, a inet, i interval, m own.mood, b bytea, z timestamptz, k time)"
    )
    uuid = "123e4567-e89b-12d3-a456-426614174000"
    values = f'[1, 2], {{"a": [1, 2]}}, {uuid}, 10.0.0.1, 1 day, glad, 0xCAFE, 2024-01-01T00:00:00+01:00, 12:30:00'
    sql.insert("own.t", "l, j, u, a, i, m, b, z, k", values)
    row = sql.rows("SELECT l, j, u::text, host(a), i, m, b, z AT TIME ZONE 'UTC', k::text FROM own.t").rows[0]
    assert row == (
        [1, 2],
        {"a": [1, 2]},
        uuid,
        "10.0.0.1",
        datetime.timedelta(days=1),
        "glad",
        b"\xca\xfe",
        datetime.datetime(2023, 12, 31, 23),
        "12:30:00",
    )
    with pytest.raises(BadValue, match="does not fit column l"):
        sql.insert("own.t", "l", "[1, x]")
    sql.execute("DROP SCHEMA own CASCADE")
    sql.close()


@pytest.mark.postgresql
def test_a_table_is_created_in_a_schema(postgresql_url: str, tmp_path: Path) -> None:
    """A name before the dot is a schema if there is one of it."""
    sql = SQLConnection(postgresql_url)
    sql.execute("CREATE SCHEMA IF NOT EXISTS made")
    sql.create_table_from_csv("made.t", csv(tmp_path, "id:integer\n1\n"))
    assert sql.value("SELECT id FROM made.t") == 1
    sql.execute("DROP SCHEMA made CASCADE")
    sql.close()


@pytest.mark.mysql
def test_booleans_of_mysql_are_tiny_integers(mysql_url: str) -> None:
    """A BOOLEAN column of MySQL takes words and numbers."""
    sql = SQLConnection(mysql_url)
    sql.execute("DROP TABLE IF EXISTS flags_kept")
    sql.execute("CREATE TABLE flags_kept (id INTEGER, b BOOLEAN)")
    for row in ("1, true", "2, 0", "3, 7"):
        sql.insert("flags_kept", "id, b", row)
    assert sql.rows("SELECT b FROM flags_kept ORDER BY id").rows == [(1,), (0,), (7,)]
    sql.execute("DROP TABLE flags_kept")
    sql.close()
