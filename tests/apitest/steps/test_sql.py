"""Sentences about SQL databases; what features show on three of them is not repeated here."""

import re
from pathlib import Path
from typing import Any

import pytest

from apitest import events
from apitest.errors import BadValue, CheckFailed
from apitest.redaction import redact
from apitest.steps import waiting
from tests.apitest.steps.playing import Play

INJECTION = "'; DROP TABLE t; --"


@pytest.fixture
def db(play: Play) -> Play:
    """A play with a connection "db", in which there is a table t (id, name)."""
    play('I connect to "sqlite://" as "db"')
    play('SQL "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(40), price NUMERIC)" is executed, using "db"')
    return play


def rows(play: Play) -> list[Any]:
    found: list[Any] = play.zato.clients.find("SQL", "db").rows("SELECT id, name FROM t ORDER BY id").rows
    return found


def test_a_connection_has_two_names(db: Play) -> None:
    """It is found by its name, and as the variable of that name, which Python steps find, too."""
    assert db.zato.user_ctx["db"] is db.zato.clients.find("SQL", "db")
    db('SQL "SELECT 1" is equal to "1", using "db"', 'SQL "SELECT 1" is equal to "1", using "#db"')
    assert repr(db.zato.user_ctx["db"]) == "<SQL connection sqlite://>"


def test_a_name_that_is_used_again(db: Play) -> None:
    """The connection that had the name before is closed."""
    former = db.zato.user_ctx["db"]
    db('I connect to "sqlite://" as "db"')
    assert former.closed
    with pytest.raises(BadValue, match='The SQL connection "" is closed'):
        db.zato.user_ctx["old"] = former
        db('SQL "SELECT 1" is equal to "1", using "#old"')


def test_connections_are_closed_with_the_feature(db: Play) -> None:
    """None is left open when the feature is over; to close it again changes nothing."""
    connection = db.zato.user_ctx["db"]
    db.zato.close()
    assert connection.closed
    connection.close()


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ("1, #{bad}", INJECTION),
        ("1, '#{bad}'", INJECTION),
        ("1, a #{bad}", f"a {INJECTION}"),
        ("1, #{commas}", "a, b, 'c'"),
        ("1, #{null}", "NULL"),
        ("1, #{none}", None),
        ("#row", "from a row"),
        ("1, ##{bad}", "#{bad}"),
    ],
)
def test_values_are_taken_apart_before_they_are_resolved(db: Play, values: str, found: Any) -> None:
    """What a variable holds is one value, whatever commas, quotes and words are in it."""
    own = {"bad": INJECTION, "commas": "a, b, 'c'", "null": "NULL", "none": None, "row": [1, "from a row"]}
    db.zato.user_ctx.update(own)
    db(f'I insert "{values}" into "id, name" of SQL table "t", using "db"')
    assert rows(db) == [(1, found)]


def test_a_single_column_takes_all(db: Play) -> None:
    """Where there is one column, commas separate nothing, and a variable is the value."""
    db.zato.user_ctx["quoted"] = "'a', b"
    db('I insert "1" into "id" of SQL table "t", using "db"')
    db('I update "name" of SQL table "t" set "x, y" filter by "id = 1", using "db"')
    assert rows(db) == [(1, "x, y")]
    db('I update "name" of SQL table "t" set "#quoted" filter by "name = \'x, y\'", using "db"')
    assert rows(db) == [(1, "'a', b")]
    db('I update "name" of SQL table "t" set "b, #{quoted}" filter by "id = 1", using "db"')
    assert rows(db) == [(1, "b, 'a', b")]


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ("name = #{bad}", [1, 2]),
        ("name = '#{bad}' or id = #{two}", [1]),
        ("id = #{two} and name = #{bad}", [1, 2, 3]),
        ("id in (#{ids})", [3]),
        ("id in (#{two}, 3)", [1]),
        ("f", [2, 3]),
        ("#f", [2, 3]),
        ("#text", [2, 3]),
    ],
)
def test_values_of_a_condition(db: Play, where: str, left: list[int]) -> None:
    """A variable in a condition is a value in it, and never a part of the condition."""
    db.zato.user_ctx.update({"bad": INJECTION, "two": 2, "ids": [1, 2], "text": "id = 1"})
    for values in ("1, a", "2, b", "3, #{bad}"):
        db(f'I insert "{values}" into "id, name" of SQL table "t", using "db"')
    db('I store filter "id" is "=" "1" "and" under "f"')
    db(f'I delete from SQL table "t" where "{where}", using "db"')
    assert [row[0] for row in rows(db)] == left


def test_a_filter_of_values_that_look_like_sql(db: Play) -> None:
    """A stored filter compares with what a variable holds."""
    db.zato.user_ctx["bad"] = INJECTION
    db('I insert "1, #{bad}" into "id, name" of SQL table "t", using "db"')
    db('I store filter "id,name" is "less than,=" "5,#{bad}" "and" under "f"')
    db('I update "name" of SQL table "t" set "good" filter by "f", using "db"')
    assert rows(db) == [(1, "good")]


def test_an_unknown_filter_is_told_with_those_that_are_stored(db: Play) -> None:
    """The names of the stored filters help."""
    db('I store filter "id" is "=" "1" "and" under "adults"')
    with pytest.raises(BadValue) as caught:
        db('I delete from SQL table "t" where "adult", using "db"')
    assert "Did you mean the filter adults?" in caught.value.fix


def test_cells_of_variables_are_values(db: Play) -> None:
    """A cell may be a variable of any type; its text is not taken for NULL or a quoted text."""
    db.zato.user_ctx.update({"id": 1, "name": "'NULL'", "bad": INJECTION})
    db('I insert "1, #{name}" into "id, name" of SQL table "t", using "db"')
    db('I insert "2, #{bad}!" into "id, name" of SQL table "t", using "db"')
    table = [["id", "name"], ["#id", "#name"], ["2", "#{bad}!"]]
    db.step('SQL "SELECT * FROM t" returns, using "db"', table=table)
    with pytest.raises(CheckFailed):
        db.step('SQL "SELECT name FROM t" returns, using "db"', table=[["name"], ["'NULL'"], ["#{bad}!"]])


def test_statements_of_a_doc_string(db: Play) -> None:
    """Several are run one after the other, names in braces replaced."""
    db.zato.user_ctx["name"] = "Ann"
    text = "INSERT INTO t (id, name) VALUES (1, '#{name};');\n-- and\nINSERT INTO t (id) VALUES (2)"
    db.step('SQL is executed, using "db"', text)
    assert rows(db) == [(1, "Ann;"), (2, None)]
    db.step('I store SQL query result under "n", using "db"', "SELECT count(*) FROM t;")
    assert db.zato.user_ctx["n"] == 2


def test_the_last_statement_is_what_reports_show(db: Play) -> None:
    """An exchange has the statement, what was bound to it, the rows and the time; a report shows no secret of them."""
    db.run.secrets.add("s3cret-value")
    db('I insert "1, s3cret-value" into "id, name" of SQL table "t", using "db"')
    exchange = redact(db.zato.last_exchange(), db.run.secrets)
    assert exchange is not None
    assert (exchange.protocol, exchange.response) == ("SQL", "1 row")
    assert re.fullmatch(r"INSERT INTO t \(id, name\) VALUES \(.+\)", exchange.request)
    assert exchange.request_body == "1, ***"
    db('SQL "SELECT id, name FROM t" returns "1" row, using "db"')
    exchange = redact(db.zato.last_exchange(), db.run.secrets)
    assert exchange is not None
    assert exchange.request == "SELECT id, name FROM t"
    assert exchange.response_body.splitlines() == ["id | name", "1  | ***"]
    assert exchange.seconds > 0


def test_verbose_runs_tell_every_statement(db: Play) -> None:
    """Each statement is told once, with its result."""
    db.run.verbose = True
    db('SQL "DELETE FROM t" is executed, using "db"', 'SQL "SELECT 1" is equal to "1", using "db"')
    told = [(event.request, event.response) for event in db.events if isinstance(event, events.Exchange)]
    assert told == [("DELETE FROM t", "0 rows"), ("SELECT 1", "1 row")]


def test_a_password_becomes_a_secret(play: Play) -> None:
    """The password of a URL is hidden from then on, whether or not the connection comes about."""
    with pytest.raises(Exception, match="cannot be reached"):
        play('I connect to "postgresql://u:p4ssword@127.0.0.1:1/x" as "db"')
    assert "p4ssword" in play.run.secrets


def test_a_transaction_ends_with_its_scenario(db: Play) -> None:
    """What was not committed is undone, once; what a second begin adds belongs to it."""
    db('I begin an SQL transaction, using "db"', 'I insert "1, a" into "id, name" of SQL table "t", using "db"')
    db('I begin an SQL transaction, using "#db"', 'I insert "2, b" into "id, name" of SQL table "t", using "db"')
    assert len(rows(db)) == 2
    db.zato.finish_scenario()
    assert rows(db) == []


def test_a_transaction_of_a_closed_connection(db: Play) -> None:
    """To disconnect ends the transaction; the end of the scenario has nothing to do then."""
    db('I begin an SQL transaction, using "db"', 'I disconnect from SQL "db"')
    db.zato.finish_scenario()


def test_waiting_for_a_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt is repeated until it holds, and not after the time is over."""
    clock = iter(range(100))
    monkeypatch.setattr(waiting, "monotonic", lambda: float(next(clock)))
    slept: list[float] = []
    monkeypatch.setattr(waiting, "sleep", slept.append)
    attempts: list[int] = []

    def attempt() -> None:
        attempts.append(1)
        if len(attempts) != 3:
            raise CheckFailed("not yet")

    waiting.repeat("5", attempt)
    assert len(attempts) == 3
    assert slept == [0.1, 0.1]
    with pytest.raises(CheckFailed, match="not yet, even after 2 seconds"):
        waiting.repeat(2, attempt)


def test_files_are_found_in_their_natural_places(db: Play) -> None:
    """A file may lie in the directory of its kind, beside the features, or in the project's own directory."""
    features = Path(db.zato.environment_dir)
    for number, place in enumerate(("sql/request", "sql", "", "deep/down")):
        (features / place).mkdir(parents=True, exist_ok=True)
        (features / place / f"file{number}.sql").write_text(f"SELECT {number}")
    for number, name in enumerate(("file0.sql", "file1.sql", "file2.sql", "deep/down/file3.sql")):
        db(f'SQL file "{name}" is equal to "{number}", using "db"')
    (features / "csv").mkdir()
    (features / "csv" / "rows.csv").write_text("id,name\n1,a\n")
    db('I insert data from csv "rows.csv" to SQL table "t", using "db"')
    assert rows(db) == [(1, "a")]
    with pytest.raises(BadValue) as caught:
        db('SQL file "fil0.sql" returns no rows, using "db"')
    assert "Did you mean file0.sql" in caught.value.fix
    with pytest.raises(BadValue) as caught:
        db('I insert data from csv "x.tsv" to SQL table "t", using "db"')
    assert caught.value.fix.startswith("Put it in ")


def test_a_file_holds_one_query(db: Play) -> None:
    """Where rows are wanted, a file of two statements or of none is refused."""
    path = Path(db.zato.environment_dir) / "two.sql"
    path.write_text("SELECT 1; SELECT 2")
    with pytest.raises(BadValue, match=r"The file two\.sql holds 2 statements"):
        db('SQL file "two.sql" returns "1" row, using "db"')
    path.write_text("-- nothing;")
    with pytest.raises(BadValue, match=r"The file two\.sql holds 0 statements"):
        db('SQL file "two.sql" returns "1" row, using "db"')
