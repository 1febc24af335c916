"""Sentences about SQL databases; what features show on three of them is not repeated here."""

import re

import pytest

from apitest import events
from apitest.errors import BadValue
from apitest.redaction import redact
from tests.apitest.steps.playing import Play
from tests.apitest.steps.shop import rows

INJECTION = "'; DROP TABLE t; --"


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
