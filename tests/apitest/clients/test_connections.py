"""The connections of a feature by their names."""

from math import inf

import pytest

from apitest.clients import connections
from apitest.errors import BadValue
from tests.apitest.steps.playing import Play


class Opened:
    """A connection that notes whether it was closed."""

    closed = False

    def close(self) -> None:
        self.closed = True


def test_a_connection_is_kept_and_found(play: Play) -> None:
    """By its name, as a variable, and by itself; another one of that name closes it."""
    first, second = Opened(), Opened()
    connections.keep(play.zato, "SQL", "db", first)
    assert connections.find(play.zato, "SQL", "db") is first
    assert connections.find(play.zato, "SQL", play.zato.resolve("#db")) is first
    connections.keep(play.zato, "SQL", "db", second)
    assert (first.closed, connections.find(play.zato, "SQL", "db")) == (True, second)


def test_a_closed_connection_is_told_as_that(play: Play) -> None:
    """Closing it again is a mistake, too."""
    connections.keep(play.zato, "SQL", "db", Opened())
    connections.close(play.zato, "SQL", "db")
    for use in (connections.find, connections.close):
        with pytest.raises(BadValue, match='The SQL connection "db" is closed'):
            use(play.zato, "SQL", "db")


@pytest.mark.parametrize(
    ("kind", "given", "problem", "fix"),
    [
        ("SQL", "ordres", 'no SQL connection "ordres"', "Did you mean orders?"),
        ("SQL", "xyz", 'no SQL connection "xyz"', "Open connections: orders."),
        ("Cassandra", "orders", 'no Cassandra connection "orders"', "I connect to keyspace"),
        ("SQL", 5, "5 is not an open SQL connection", "I connect to"),
    ],
)
def test_what_is_not_open_is_refused(play: Play, kind: str, given: object, problem: str, fix: str) -> None:
    """The error tells what is open, or how a connection is opened."""
    connections.keep(play.zato, "SQL", "orders", Opened())
    with pytest.raises(BadValue, match=problem) as raised:
        connections.find(play.zato, kind, given)
    assert fix in raised.value.fix


def test_no_limit_unless_a_step_waits(play: Play) -> None:
    """While a step waits there is one, and afterwards none again."""
    assert play.zato.settings(connections.StatementSettings).timeout == inf
    with play.zato.bounded(connections.StatementSettings, timeout=2.0):
        assert play.zato.settings(connections.StatementSettings).timeout == 2.0
    assert play.zato.settings(connections.StatementSettings).timeout == inf
