"""Tests of apitest_server.invoke.patience."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.invoke.backoff import Backoff
from apitest_server.invoke.patience import Complaints, Patience

HOUR = 3600.0


def test_waiting_times_grow_until_it_works() -> None:
    """Then they begin anew."""
    patience = Patience(Backoff(sys.maxsize, 1, 2, 5))
    assert [patience.next() for _ in range(5)] == [1, 2, 4, 5, 5]
    patience.reset()
    assert patience.next() == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_chance_takes_half_of_a_waiting_time_at_most(chances: list[float]) -> None:
    """So none is shorter than half of what it would be, or longer."""
    patience = Patience(Backoff(sys.maxsize, 0.5, 2, 30))
    for each in chances:
        whole = patience.wait
        assert whole / 2 <= patience.next(each) <= whole


def test_times_that_come_to_an_end_go_on_with_the_last() -> None:
    """Of a back-off with few attempts."""
    patience = Patience(Backoff(2, 3))
    assert [patience.next(), patience.next()] == [3, 3]
    assert Patience(Backoff(1)).next() == 0


def test_a_remote_end_that_is_away_for_a_day_has_a_few_lines() -> None:
    """Of an attempt every half minute; the others are counted."""
    complaints = Complaints()
    logged = [now for now in range(0, 24 * 3600, 30) if complaints.is_due(now)]
    assert logged[:3] == [0, 60, 180]
    assert len(logged) < 35
    assert complaints.said() > 0
    assert complaints.said() == 0


def test_good_news_are_told_after_bad_ones() -> None:
    """And at first."""
    complaints = Complaints()
    assert [complaints.is_news(), complaints.is_news()] == [True, False]
    assert complaints.is_due(0)
    assert [complaints.is_news(), complaints.is_news()] == [True, False]
    assert not complaints.is_due(1)
    assert not complaints.is_news()


def test_what_has_worked_for_long_is_news_sooner() -> None:
    """The time between two lines is short again."""
    complaints = Complaints()
    for now in (0, 60, 180, 420):
        assert complaints.is_due(now)
    complaints.over()
    assert complaints.is_due(900)
    assert complaints.is_due(960)
