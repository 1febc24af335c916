"""Statements and their results as exchanges."""

from collections.abc import Callable
from pathlib import Path

import pytest

from apitest.clients import database_exchange
from apitest.clients.database_exchange import Call, Result
from apitest.context import FeatureContext, RunState
from apitest.events import Exchange
from apitest.project import Project
from apitest.tables.rows import Rows

STATEMENT = "SELECT *\n  FROM t WHERE name = 's3cret'"


def event(result: Result) -> Exchange:
    call = Call(STATEMENT)
    call.result, call.seconds = result, 0.5
    return database_exchange.event("CQL", "127.0.0.1:9042", STATEMENT, ["s3cret", 1, None], call)


def test_the_statement_stands_on_one_line() -> None:
    """White space is folded, values are shown as cells are."""
    made = event(None)
    assert (made.protocol, made.request, made.seconds) == ("CQL", "SELECT * FROM t WHERE name = 's3cret'", 0.5)
    assert made.request_headers == (("Connection", "127.0.0.1:9042"),)
    assert made.request_body == "s3cret, 1, NULL"
    assert (made.response, made.response_body) == ("", "")


def test_rows_are_a_table() -> None:
    """The first rows stand below the names of their columns, long values cut."""
    rows = [(number, "s3cret" if number else "x" * 80) for number in range(22)]
    made = event(Rows(("id", "name"), rows))
    head, first, second, *_, last = made.response_body.splitlines()
    assert made.response == "22 rows"
    assert head.split() == ["id", "|", "name"]
    assert first == f"0  | {'x' * 60}… (80 characters)"
    assert second == "1  | s3cret"
    assert last == "… 2 more rows"


def test_other_results() -> None:
    """No rows, a number of rows, one row, and a statement that returns nothing."""
    none = event(Rows(("id",), []))
    assert (none.response, none.response_body) == ("0 rows", "")
    results: list[Result] = [Rows((), []), True, 1, 1_000, None]
    assert [event(result).response for result in results] == ["done", "done", "1 row", "1,000 rows", ""]


def make(call: Call) -> Exchange:
    return database_exchange.event("SQL", "here", str(call.statement), (), call)


@pytest.mark.parametrize("verbose", [False, True])
def test_a_call_is_kept_and_told(verbose: bool) -> None:
    """It is the feature's last exchange; a run that shows every exchange emits it at once, with its time."""
    emitted: list[Exchange] = []
    zato = FeatureContext(RunState(Project(Path(), Path()), verbose=verbose, emit=emitted.append))
    with database_exchange.told(database_exchange.Observer(zato, make), Call("SELECT 1")) as call:
        call.result = 3
    exchange = zato.last_exchange()
    assert exchange is not None
    assert (exchange.response, exchange.seconds > 0) == ("3 rows", True)
    assert emitted == ([exchange] if verbose else [])


def test_a_call_that_fails_is_told() -> None:
    """A failure shows the statement that failed, without a result."""
    zato = FeatureContext(RunState(Project(Path(), Path())))
    with (
        pytest.raises(OSError, match="gone"),
        database_exchange.told(database_exchange.Observer(zato, make), Call("SELECT 1")),
    ):
        raise OSError("gone")
    exchange = zato.last_exchange()
    assert exchange is not None
    assert (exchange.request, exchange.response) == ("SELECT 1", "")


def test_who_watches_knows_of_it_before_it_is_over() -> None:
    """The statement is told of when it is sent, and again with its result."""
    watched: list[tuple[str, str, bool]] = []

    class Watched:
        def exchanged(self, make: Callable[[], Exchange], *, over: bool) -> None:
            watched.append((make().request, make().response, over))

        def settle(self) -> None:
            """Nothing waits here."""

    run = RunState(Project(Path(), Path()))
    run.trace.watch = Watched()
    with database_exchange.told(database_exchange.Observer(FeatureContext(run), make), Call("SELECT 1")) as call:
        assert watched == [("SELECT 1", "", False)]
        call.result = 3
    assert watched[1:] == [("SELECT 1", "3 rows", True)]


def test_nobody_has_to_listen() -> None:
    """A call without an observer is measured all the same."""
    with database_exchange.told(None, Call("SELECT 1")) as call:
        pass
    assert call.seconds > 0
