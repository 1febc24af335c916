"""What runs the statements of the sentences: SQL on SQLite, and CQL up to the connection."""

from pathlib import Path

import pytest

from apitest.clients import connections
from apitest.clients.cassandra.client import KIND
from apitest.errors import BadValue
from apitest.tables.rows import Rows
from tests.apitest.steps.playing import Play
from tests.apitest.steps.shop import rows


def test_statements_of_a_doc_string(db: Play) -> None:
    """Several are run one after the other, names in braces replaced."""
    db.zato.user_ctx["name"] = "Ann"
    text = "INSERT INTO t (id, name) VALUES (1, '#{name};');\n-- and\nINSERT INTO t (id) VALUES (2)"
    db.step('SQL is executed, using "db"', text)
    assert rows(db) == [(1, "Ann;"), (2, None)]
    db.step('I store SQL query result under "n", using "db"', "SELECT count(*) FROM t;")
    assert db.zato.user_ctx["n"] == 2


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


class Node:
    """Stands for an open connection: keeps what is run, and answers with one row."""

    closed = False

    def __init__(self) -> None:
        self.ran: list[str] = []

    def rows(self, statement: str) -> Rows:
        self.ran.append(statement)
        return Rows(("id",), [(1,)], statement) if statement.startswith("SELECT") else Rows((), [], statement)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def node(play: Play) -> Node:
    """An open connection "c"."""
    made = Node()
    connections.keep(play.zato, KIND, "c", made)
    return made


def test_statements_run_in_their_order(play: Play, node: Node) -> None:
    """Semicolons end statements, but for those in texts."""
    play("""CQL "INSERT INTO t (n) VALUES ('a;b'); TRUNCATE t;" is executed, using "c\"""")
    assert node.ran == ["INSERT INTO t (n) VALUES ('a;b')", "TRUNCATE t"]
    with pytest.raises(BadValue, match="There is no CQL statement to run"):
        play('CQL " ; " is executed, using "c"')


def test_a_query_is_one_statement_with_columns(play: Play, node: Node) -> None:
    """Two statements, and one that returns nothing, are not a query."""
    play('I store CQL query result "SELECT id FROM t;" under "n", using "c"')
    assert play.zato.user_ctx["n"] == 1
    for cql, problem in (("SELECT 1; SELECT 2", "holds 2 statements"), ("TRUNCATE t", "is not a query")):
        with pytest.raises(BadValue, match=problem):
            play(f'I store CQL query result "{cql}" under "n", using "c"')


def test_a_file_holds_the_statement(play: Play, node: Node) -> None:
    """Names in braces are values, unless a step says that they are pasted; a file that is not there is an error."""
    play.zato.user_ctx["table"] = "orders"
    play('variables "table" are pasted into statements')
    (play.run.project.features / "one.cql").write_text("SELECT id FROM #{table}")
    play('I store CQL file "one.cql" query result under "n", using "c"')
    assert node.ran == ["SELECT id FROM orders"]
    with pytest.raises(BadValue, match=r"two\.cql"):
        play('I store CQL file "two.cql" query result under "n", using "c"')
