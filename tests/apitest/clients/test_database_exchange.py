"""Statements and their results as exchanges."""

from pathlib import Path

from apitest.clients import database_exchange
from apitest.clients.database_exchange import Asked
from apitest.context import FeatureContext, RunState
from apitest.project import Project
from apitest.tables.rows import Rows

ASKED = Asked("CQL", "127.0.0.1:9042", "SELECT *\n  FROM t WHERE name = 's3cret'", ["s3cret", 1, None])


def test_the_statement_stands_on_one_line() -> None:
    """White space is folded, values are shown as cells are."""
    made = database_exchange.make(ASKED, None, 0.5)
    assert (made.protocol, made.request, made.seconds) == ("CQL", "SELECT * FROM t WHERE name = 's3cret'", 0.5)
    assert made.request_headers == (("Connection", "127.0.0.1:9042"),)
    assert made.request_body == "s3cret, 1, NULL"
    assert (made.response, made.response_body) == ("", "")


def test_rows_are_a_table() -> None:
    """The first rows stand below the names of their columns, long values cut."""
    rows = [(number, "s3cret" if number else "x" * 80) for number in range(22)]
    made = database_exchange.make(ASKED, Rows(("id", "name"), rows), 0)
    head, first, second, *_, last = made.response_body.splitlines()
    assert made.response == "22 rows"
    assert head.split() == ["id", "|", "name"]
    assert first == f"0  | {'x' * 60}… (80 characters)"
    assert second == "1  | s3cret"
    assert last == "… 2 more rows"


def test_other_results() -> None:
    """No rows, a number of rows, one row, and a statement that returns nothing."""
    none = database_exchange.make(ASKED, Rows(("id",), []), 0)
    assert (none.response, none.response_body) == ("0 rows", "")
    results = [Rows((), []), True, 1, 1_000, "text"]
    came = [database_exchange.make(ASKED, result, 0).response for result in results]
    assert came == ["done", "done", "1 row", "1,000 rows", ""]


def test_an_exchange_is_kept_and_told() -> None:
    """It is the feature's last one; where every exchange is to be shown, it is told at once."""
    told: list[object] = []
    for verbose in (False, True):
        zato = FeatureContext(RunState(Project(Path(), Path()), verbose=verbose, emit=told.append))
        database_exchange.keep(zato, ASKED, 3, 0)
        assert zato.exchange
        assert zato.exchange().response == "3 rows"
    assert len(told) == 1
