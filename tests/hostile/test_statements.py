"""What a server answers becomes a value of a statement and never a part of it; any CSV header is a name."""

import contextlib
import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from apitest.clients.cassandra import client as cassandra_connections
from apitest.clients.sql import client as sql_connections
from apitest.errors import ApitestError, BadValue, CheckFailed
from tests.apitest.steps.playing import Play
from tests.attempts import Attempts
from tests.hostile.server import Hostile, answer

DATABASES = [
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.postgresql),
    pytest.param("mysql", marks=pytest.mark.mysql),
]

HARMFUL = (
    "1; DROP TABLE orders",
    "1); DROP TABLE orders; --",
    "'; DROP TABLE orders; --",
    "x' OR '1'='1",
    "1 OR 1=1",
    "1 OR 1=1 --",
    "\\'; DROP TABLE orders; -- ",
    "\\",
    "' UNION SELECT 'a', 'b' --",
    "*/; DROP TABLE orders; /*",
    "\n; DROP TABLE orders;",
    "$$; DROP TABLE orders; $$",
    '"; DROP TABLE orders; --',
    "`; DROP TABLE orders; --",
    "#{other}",
    "%s %(x)s :x ? $1 {0}",
    "%",
    "1%' OR 1=1 --",
    "E'\\'; DROP TABLE orders; --",
    "0x27; DROP TABLE orders",
    "ʼ; DROP TABLE orders; --",
    "；DROP TABLE orders",
)
# What a step writes around the name; a value that is none of the rows' must find none.
PLACES = (
    "SELECT name FROM orders WHERE name = #{v}",
    "SELECT name FROM orders WHERE name = '#{v}'",
    "SELECT name FROM orders WHERE name = 'x#{v}y'",
    "SELECT name FROM orders WHERE name IN (#{v}, '#{v}')",
    "SELECT name FROM orders WHERE name = #{v} AND name = #{v} -- #{v}",
    "SELECT name /* #{v} */ FROM orders WHERE name LIKE 'z#{v}'",
    "SELECT name FROM orders WHERE (name = #{v})",
)
_PASTED = "UPDATE orders SET name = #{v}"


def _url(database: str, request: pytest.FixtureRequest) -> str:
    return "sqlite://" if database == "sqlite" else str(request.getfixturevalue(f"{database}_url"))


def _orders(play: Play) -> int:
    rows = sql_connections.find(play.zato, "db").rows("SELECT name FROM orders ORDER BY name").rows
    return len(rows) if [row[0] for row in rows] == ["a", "b"] else -1


def _connect(play: Play, url: str) -> None:
    play(f'Given I connect to "{url}" as "db"')
    for statement in (
        "DROP TABLE IF EXISTS orders",
        "CREATE TABLE orders (id INTEGER, name VARCHAR(200))",
        "INSERT INTO orders VALUES (1, 'a'), (2, 'b')",
    ):
        sql_connections.find(play.zato, "db").execute(statement)


def _from_server(play: Play, hostile: Hostile, value: object) -> None:
    hostile.answers(answer(json.dumps({"v": value}).encode()))
    play(f'Given address "{hostile.address}"', "When the URL is invoked", 'Given I store path "/v" under "v"')


@pytest.mark.parametrize("database", DATABASES)
def test_values_of_a_response(
    play: Play, hostile: Hostile, attempts: Attempts, database: str, request: pytest.FixtureRequest
) -> None:
    """Whatever a response holds, in whichever place of a sentence, a doc string or a file: it is a value."""
    _connect(play, _url(database, request))
    for value in (*HARMFUL, [1, "'; DROP TABLE orders; --"], {"a": "'"}, 10**30, None, True, 1.5):
        _from_server(play, hostile, value)
        for place in PLACES:
            (Path(play.zato.environment_dir) / "a.sql").write_text(place)
            for way in ("sentence", "doc string", "file"):
                told = f"{database}, {way}, {place!r}, {value!r}"
                try:
                    if way == "sentence":
                        play(f'Then SQL "{place}" returns no rows, using "db"')
                    elif way == "file":
                        play('Then SQL file "a.sql" returns no rows, using "db"')
                    else:
                        play.step('Given I store SQL query result under "found", using "db"', place)
                        assert play.zato.user_ctx["found"] == []
                    problem = ""
                except BadValue as error:  # such as a bool for a text, in PostgreSQL
                    problem = "" if not isinstance(value, str) else str(error)
                except (CheckFailed, AssertionError) as error:
                    problem = str(error)
                attempts.held(not problem and _orders(play) == 2, f"{told}: {problem}")


@pytest.mark.parametrize("database", DATABASES)
def test_values_come_back(
    play: Play, hostile: Hostile, attempts: Attempts, database: str, request: pytest.FixtureRequest
) -> None:
    """A text that was bound is stored as it was, to the last character."""
    _connect(play, _url(database, request))
    for value in HARMFUL:
        _from_server(play, hostile, value)
        for written in ("#{v}", "'#{v}'"):
            play(f'Given SQL "INSERT INTO orders VALUES (3, {written})" is executed, using "db"')
            found = sql_connections.find(play.zato, "db").value("SELECT name FROM orders WHERE id = 3")
            attempts.held(found == value, f"{database}, {written}, {value!r}: {found!r}")
            play('Given SQL "DELETE FROM orders WHERE id = 3" is executed, using "db"')
        attempts.held(_orders(play) == 2, f"{database}, {value!r}")


@pytest.mark.parametrize("database", DATABASES)
def test_names_and_pasting(play: Play, attempts: Attempts, database: str, request: pytest.FixtureRequest) -> None:
    """A name of a table is no value; a sentence pastes those variables that it names and no others."""
    _connect(play, _url(database, request))
    play('Given I store "orders" under "table"', 'Given I store "1; DROP TABLE orders" under "v"')
    for statement in ("SELECT * FROM #{table}", 'SELECT * FROM "#{table}"', "DROP TABLE #{table}", "#{table}"):
        try:
            play.step('Given SQL is executed, using "db"', statement)
            told = "it ran"
        except BadValue as error:
            told = "" if "are pasted into statements" in error.fix else str(error)
        attempts.held(not told and _orders(play) == 2, f"{statement}: {told}")
    play('Given variables "table" are pasted into statements')
    play('Then SQL "SELECT * FROM #{table}" returns "2" rows, using "db"')
    play('Then SQL "SELECT * FROM #{table} WHERE name = #{v}" returns no rows, using "db"')
    attempts.held(_orders(play) == 2, "a value beside a pasted name")


_HEADERS = (
    *("first name", "a.b", "100%", "%s", "%(x)s", "a[0]", "[x]", "(y)", "a(b)", 'quoted"name', "it's", "`tick`"),
    *("semi;colon", "select", "ORDER", "ß", "日本", "?", "$1", "a-b", "1st", "#1", "{z}", "\\", "a/b", "--", "&"),
)


@pytest.mark.parametrize("database", DATABASES)
def test_csv_headers(play: Play, attempts: Attempts, database: str, request: pytest.FixtureRequest) -> None:
    """Columns of any name are created, filled and filled again."""
    _connect(play, _url(database, request))
    connection = sql_connections.find(play.zato, "db")
    path = Path(play.zato.environment_dir) / "a.csv"
    known = [each for each in _HEADERS if "`" not in each or database != "mysql"]  # SQLAlchemy reads those doubled
    for headers in (*([header] for header in known), known):
        connection.execute("DROP TABLE IF EXISTS names")
        row = [f"value of {number}" for number, _ in enumerate(headers)]
        _write(path, [*headers, "id"], [*row, "1"])
        try:
            play('Then I create SQL table "names" and insert data from csv "a.csv", using "db"')
            play('Then I insert data from csv "a.csv" to SQL table "names", using "db"')
            found = connection.rows("SELECT * FROM names")
            problem = "" if found.rows == [(*row, "1")] * 2 and found.columns == (*headers, "id") else str(found)
        except ApitestError as error:
            problem = str(error)
        attempts.held(not problem, f"{database}, {headers}: {problem}")
    connection.execute("DROP TABLE IF EXISTS names")


@pytest.mark.cassandra
def test_csv_headers_of_cassandra(play: Play, attempts: Attempts, cassandra_node: Mapping[str, str]) -> None:
    """A header names columns that the table has, whatever they are called; one that names others changes nothing."""
    given = cassandra_node
    play(
        f'Given Cassandra contact points "{given["APITEST_CASSANDRA_CONTACT_POINTS"]}"',
        f'Given Cassandra port "{given["APITEST_CASSANDRA_PORT"]}"',
        f'Given Cassandra credentials "{given["APITEST_CASSANDRA_USERNAME"]}" "{given["APITEST_CASSANDRA_PASSWORD"]}"',
        'Given I connect to Cassandra as "c"',
    )
    connection = cassandra_connections.find(play.zato, "c")
    path = Path(play.zato.environment_dir) / "a.csv"
    connection.execute(
        "CREATE KEYSPACE IF NOT EXISTS hostile WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
    )
    written = ", ".join('"{}" text'.format(header.replace('"', '""')) for header in _HEADERS)
    connection.execute("DROP TABLE IF EXISTS hostile.names")
    connection.execute(f"CREATE TABLE hostile.names (id text PRIMARY KEY, {written})")
    row = [f"value of {number}" for number, _ in enumerate(_HEADERS)]
    load = 'Then I insert data from CSV "a.csv" to Cassandra table "hostile.names", using "c"'
    _write(path, [*_HEADERS, "id"], [*row, "1"])
    play(load)
    named = ", ".join('"{}"'.format(header.replace('"', '""')) for header in _HEADERS)
    found = connection.rows(f"SELECT {named} FROM hostile.names").rows
    attempts.held(list(found) == [tuple(row)], f"{found}")
    strange = [each for each in HARMFUL if each not in _HEADERS]
    for harmful in (*strange, 'id) VALUES (?) IF NOT EXISTS; DROP TABLE hostile.names; --"'):
        _write(path, [harmful, "id"], ["x", "2"])
        with contextlib.suppress(BadValue):
            play(load)
        left = connection.rows("SELECT id FROM hostile.names").rows
        attempts.held([tuple(one) for one in left] == [("1",)], f"{harmful!r}: {left}")
    connection.execute("DROP KEYSPACE hostile")


def _write(path: Path, *rows: list[str]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
