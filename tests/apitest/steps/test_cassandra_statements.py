"""What runs the statements of the CQL sentences; rows by their index."""

from typing import Any

import pytest

from apitest.clients import connections
from apitest.clients.cassandra.client import KIND
from apitest.errors import BadValue
from apitest.steps.cassandra_statements import row_at
from apitest.tables.rows import Rows
from tests.apitest.steps.playing import Play

ROWS = Rows(("id", "name"), [(1, "a"), (2, None)], "SELECT")


@pytest.mark.parametrize(
    ("rows", "idx", "value"),
    [
        (ROWS, "0", "1;a"),
        (ROWS, 1, "2;"),
        (ROWS, "-2", "1;a"),
        (Rows(("id",), [(1,), (2,)]), "1", 2),
        (Rows(("id",), []), "5", ""),
    ],
)
def test_a_row_by_its_index(rows: Rows, idx: Any, value: Any) -> None:
    """It is its only value, or the text of its values; nothing at all is an empty text."""
    assert row_at(rows, idx) == value


@pytest.mark.parametrize("idx", ["2", "-3", "x"])
def test_a_row_that_is_not_there(idx: str) -> None:
    """An index is that of a row."""
    with pytest.raises(BadValue):
        row_at(ROWS, idx)


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
