"""Tests of apitest_server.statistics.history."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.statistics.bucket import Bucket
from apitest_server.statistics.history import History, Ring
from apitest_server.statistics.periods import PERIODS

NOW = datetime(2026, 7, 30, 13, 45, 30, tzinfo=UTC)


def calls(count: int = 1) -> Bucket:
    bucket = Bucket()
    for _ in range(count):
        bucket.add(0.5)
    return bucket


def history(*ages: timedelta) -> History:
    """One call at each age."""
    made = History()
    for age in sorted(ages, reverse=True):
        made.merge(NOW - age, calls())
    return made


def test_a_slot_belongs_to_its_newest_period() -> None:
    """An older one is forgotten, and what comes too late is not taken."""
    ring = Ring(PERIODS["minute"])
    ring_size = PERIODS["minute"].kept
    assert ring.at(5) is ring.at(5) is ring.find(5) is not None
    assert ring.at(5 + ring_size) is not None
    assert ring.at(5) is None
    assert ring.find(5) is None
    assert [number for number, _ in ring] == [5 + ring_size]


def test_a_call_changes_a_period_of_each_kind() -> None:
    """What was too old for one kind changes the others."""
    made = history(timedelta())
    assert [name for name, _ in made.merge(NOW, calls())] == ["minute", "hour", "day", "month", "year"]
    late = NOW - timedelta(minutes=PERIODS["minute"].kept)
    assert [name for name, _ in made.merge(late, calls())] == ["hour", "day", "month", "year"]


def test_periods_with_calls_are_listed() -> None:
    """The oldest first, those only that begin in the stretch."""
    made = history(timedelta(), timedelta(days=1), timedelta(days=3))
    start = NOW - timedelta(days=2)
    assert [moment.day for moment, _ in made.by_period(PERIODS["day"], start, NOW)] == [29, 30]


def test_weeks_are_made_of_days() -> None:
    """Nothing is kept for them."""
    made = history(timedelta(), timedelta(days=3), timedelta(days=4), timedelta(days=14))
    found = made.by_period(PERIODS["week"], NOW - timedelta(days=11), NOW)
    assert [(moment.day, bucket.count) for moment, bucket in found] == [(20, 1), (27, 2)]


def test_a_stretch_is_taken_from_the_finest_buckets_that_reach_back() -> None:
    """An hour ago is a matter of minutes, two days ago one of hours, a year one of days, more one of months."""
    made = history(timedelta(minutes=30), timedelta(hours=1, minutes=5), timedelta(days=1), timedelta(days=500))
    for back, count in [
        (timedelta(hours=1), 1),
        (timedelta(hours=2), 2),
        (timedelta(days=2), 3),
        (timedelta(days=300), 3),
        (timedelta(days=600), 4),
        (timedelta(days=30000), 4),
    ]:
        assert made.between(NOW - back, NOW, NOW).count == count


@given(st.lists(st.integers(0, 60 * 24 * 390), max_size=50))
def test_nothing_is_lost_while_it_is_kept(minutes: list[int]) -> None:
    """The days hold as many calls as there were, and so does the whole stretch."""
    made = history(*(timedelta(minutes=age) for age in minutes))
    start = NOW - timedelta(days=395)
    assert sum(bucket.count for _, bucket in made.by_period(PERIODS["day"], start, NOW)) == len(minutes)
    assert made.between(start, NOW, NOW).count == len(minutes)


def test_a_stretch_of_time_can_be_forgotten() -> None:
    """The periods that lie in it go, the present ones up to now, and no others."""
    made = history(timedelta(0), timedelta(hours=3), timedelta(days=2))
    gone = made.forget(NOW.replace(hour=0, minute=0, second=0), NOW, NOW)
    assert {name for name, _ in gone} == {"minute", "hour", "day"}
    left = made.by_period(PERIODS["hour"], NOW - timedelta(days=9), NOW)
    assert [moment for moment, _ in left] == [datetime(2026, 7, 28, 13, tzinfo=UTC)]
    assert made.rings["year"].find(2026) is not None
    assert made.forget(NOW - timedelta(days=1), NOW, NOW) == []
