"""Tests of apitest_server.statistics.collector."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from apitest_server.invoke.observed import Call
from apitest_server.service.messages import Channel, Request
from apitest_server.statistics.collector import Collector, Row

NOW = datetime(2026, 7, 30, 13, 45, 30, tzinfo=UTC)
HOUR_AGO, LATER = NOW - timedelta(hours=1), NOW + timedelta(seconds=1)


class Clock:
    now = NOW.timestamp()

    def __call__(self) -> float:
        return self.now


def called(name: str, seconds: float, error: Exception | None = None) -> Call:
    return Call(name, "cid", Channel(), Request(), None, error, seconds)


@pytest.fixture
def collector() -> Collector:
    """Three calls of one service, one of another."""
    made = Collector(Clock())
    for call in (called("a", 0.1), called("a", 0.2), called("a", 0.3, KeyError()), called("b", 0.6)):
        made(call)
    return made


def test_each_service_has_figures(collector: Collector) -> None:
    """With its part in all calls and in all the time."""
    first, second = collector.by_service(HOUR_AGO, LATER)
    assert (first["service"], first["usage"], first["errors"], first["mean"]) == ("a", 3, 1, 200.0)
    assert (first["usage_share"], first["time_share"]) == (0.75, 0.5)
    assert (second["service"], second["usage"]) == ("b", 1)
    assert first["rate"] == round(3 / 3600, 4)


def test_all_services_together(collector: Collector) -> None:
    """Or one of them."""
    assert collector.whole(HOUR_AGO, LATER)["usage"] == 4
    assert collector.whole(HOUR_AGO, LATER, "b")["max"] == 600.0
    assert collector.whole(HOUR_AGO, LATER, "none")["usage"] == 0


def test_figures_by_period(collector: Collector) -> None:
    """One row a period that had calls."""
    collector.clock.now -= 86400  # type: ignore[attr-defined] # the clock of this test
    collector(called("a", 0.1))
    rows = collector.by_period("day", NOW - timedelta(days=5), LATER)
    assert [(row["start"].day, row["stop"].day, row["usage"]) for row in rows] == [(29, 30, 1), (30, 31, 4)]
    assert [row["usage"] for row in collector.by_period("day", NOW - timedelta(days=5), LATER, "b")] == [1]


def test_notes_are_added_up_before_there_are_too_many() -> None:
    """Without anybody asking."""
    collector = Collector(Clock())
    for _ in range(300):
        collector(called("a", 0.1))
    assert len(collector._notes) == 300 - 256


def test_figures_can_be_forgotten(collector: Collector) -> None:
    """Those of one service, or all."""
    assert collector.forget("a") == ["a"]
    assert [row["service"] for row in collector.by_service(HOUR_AGO, LATER)] == ["b"]
    assert collector.forget() == ["b"]
    assert (collector.by_service(HOUR_AGO, LATER), collector.changes()) == ([], [])


def test_what_has_changed_is_stored_and_restored(collector: Collector) -> None:
    """Through JSON; what was stored once is not stored again, and calls after a restart are added."""
    rows = collector.changes()
    assert {row.period for row in rows} == {"minute", "hour", "day", "month", "year"}
    assert collector.changes() == []
    again = Collector(Clock())
    again.restore(Row(*json.loads(json.dumps(row))) for row in rows)
    assert again.changes() == []
    again(called("b", 0.6))
    assert again.by_service(HOUR_AGO, LATER)[0] == {**collector.by_service(HOUR_AGO, LATER)[0]} | {
        "usage_share": 0.6,
        "time_share": 0.3333,
    }
    assert [row.service for row in again.changes()] == ["b"] * 5


def test_changes_that_could_not_be_stored_are_kept(collector: Collector) -> None:
    """They come again."""
    rows = collector.changes()
    collector.not_stored(rows)
    assert collector.changes() == rows


def test_rows_of_a_kind_that_is_not_kept_are_left_out(collector: Collector) -> None:
    """What an older version stored does no harm."""
    collector.restore([Row("c", "century", 20, {})])
    assert [row["service"] for row in collector.by_service(HOUR_AGO, LATER)] == ["a", "b"]
