"""Tests of apitest_server.wsx.pace."""

from apitest_server.wsx.pace import Pace


def test_a_seconds_messages_may_come_at_once() -> None:
    """Those after them wait, each a step longer."""
    pace = Pace(10)
    assert [pace.delay("a", 100.0) for _ in range(10)] == [0.0] * 10
    assert [round(pace.delay("a", 100.0), 6) for _ in range(2)] == [0.1, 0.2]


def test_each_address_has_a_pace_of_its_own() -> None:
    """And a second's rest makes good for everything."""
    pace = Pace(1)
    assert [pace.delay(address, 9.0) for address in "aab"] == [0.0, 1.0, 0.0]
    assert pace.delay("a", 15.0) == 0.0
    pace.forget("a")
    pace.forget("unknown")
    assert pace._next.keys() == {"b"}
