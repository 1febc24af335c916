"""The SQL connections of a feature, on SQLite."""

from pathlib import Path

import pytest

from apitest.clients.sql import client
from apitest.errors import BadValue
from apitest.events import Exchange
from tests.apitest.steps.playing import Play


def test_a_connection_is_found_by_its_name(play: Play) -> None:
    """And by itself, which is what ``#name`` stands for."""
    client.connect(play.zato, "sqlite://", "db")
    connection = client.find(play.zato, "db")
    assert client.find(play.zato, play.zato.resolve("#db")) is connection
    with pytest.raises(BadValue, match='no SQL connection "other"'):
        client.find(play.zato, "other")


def test_the_password_is_a_secret(play: Play, tmp_path: Path) -> None:
    """It is registered before anything is sent, even where the connection fails."""
    with pytest.raises(BadValue):
        client.connect(play.zato, "nothing://ann:s3cret-1@localhost/db", "db")
    assert "s3cret-1" in play.run.secrets


def test_statements_are_exchanges(play: Play) -> None:
    """The last one is kept for failures; where every exchange is shown, each is emitted when it is over."""
    play.run.verbose = True
    client.connect(play.zato, "sqlite://", "db")
    client.find(play.zato, "db").rows("SELECT 1 AS one")
    with pytest.raises(BadValue):
        client.find(play.zato, "db").rows("SELECT nothing")
    told = [event for event in play.events if isinstance(event, Exchange)]
    assert [(each.request, each.response) for each in told] == [("SELECT 1 AS one", "1 row"), ("SELECT nothing", "")]
    last = play.zato.last_exchange()
    assert last is not None
    assert last.request == "SELECT nothing"


def test_a_transaction_ends_with_its_scenario(play: Play) -> None:
    """What was not committed is rolled back, and a closed connection is left alone."""
    client.connect(play.zato, "sqlite://", "db")
    database = client.find(play.zato, "db")
    database.execute("CREATE TABLE t (id INTEGER)")
    client.begin(play.zato, "db")
    database.execute("INSERT INTO t VALUES (1)")
    play.zato.finish_scenario()
    assert database.value("SELECT count(*) FROM t") == 0
    client.begin(play.zato, "db")
    database.close()
    play.zato.finish_scenario()
