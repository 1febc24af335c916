"""Tests of apitest_server.sso.quota."""

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.sso.quota import Quota

TIMES = st.lists(st.integers(0, 50), min_size=1, max_size=40).map(sorted)


@given(TIMES, st.integers(1, 5), st.integers(1, 20))
def test_never_more_than_so_many(times: list[int], most: int, seconds: int) -> None:
    """In no stretch that begins with a time that was allowed, and who is refused learns when to come again."""
    quota = Quota(most, seconds)
    allowed: list[int] = []
    for now in times:
        wait = quota.take("a", now)
        if wait:
            assert 0 < wait <= seconds
            assert Quota.take(quota, "a", now + wait) == 0
            return
        allowed.append(now)
        first = allowed[0]
        assert sum(first <= one < first + seconds for one in allowed) <= most


@given(st.lists(st.integers(0, 30), max_size=60), st.integers(1, 5))
def test_memory_is_bounded(callers: list[int], size: int) -> None:
    """Those who came the longest ago are forgotten."""
    quota = Quota(1, 100, size)
    for caller in callers:
        quota.take(caller, 0)
    assert len(quota) <= size


def test_callers_do_not_know_of_each_other() -> None:
    """Each has its own stretch."""
    quota = Quota(1, 10)
    assert [quota.take("a", 0), quota.take("b", 5), quota.take("a", 5), quota.take("a", 10)] == [0, 0, 5, 0]


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    """The stretch begins anew."""
    quota = Quota(1, 10)
    assert [quota.take("a", 1000), quota.take("a", 10)] == [0, 0]
