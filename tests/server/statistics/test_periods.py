"""Tests of apitest_server.statistics.periods."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.statistics.periods import PERIODS, around, period

MOMENT = datetime(2026, 7, 30, 13, 45, 59, 5, tzinfo=UTC)  # A Thursday


@pytest.mark.parametrize(
    ("name", "start", "stop"),
    [
        ("minute", "2026-07-30T13:45", "2026-07-30T13:46"),
        ("hour", "2026-07-30T13:00", "2026-07-30T14:00"),
        ("day", "2026-07-30T00:00", "2026-07-31T00:00"),
        ("week", "2026-07-27T00:00", "2026-08-03T00:00"),
        ("month", "2026-07-01T00:00", "2026-08-01T00:00"),
        ("year", "2026-01-01T00:00", "2027-01-01T00:00"),
    ],
)
def test_a_moment_has_a_period_of_each_kind(name: str, start: str, stop: str) -> None:
    """Weeks begin on Monday."""
    found = around(period(name), MOMENT)
    assert [moment.isoformat()[:16] for moment in found] == [start, stop]


@given(
    st.sampled_from(list(PERIODS)),
    st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
)
def test_a_moment_is_in_its_period(name: str, moment: datetime) -> None:
    """And the period's own start has the same number."""
    kind = PERIODS[name]
    start, stop = around(kind, moment)
    assert start <= moment < stop
    assert kind.number(start) == kind.number(moment) == kind.number(stop) - 1


def test_an_unknown_period_is_an_error() -> None:
    """The error lists those that there are."""
    with pytest.raises(ValueError, match="`decade`; there is: minute, hour, day, week, month, year"):
        period("decade")
