"""Tests of apitest_server.invoke.backoff."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.errors import BadRequest, NoSuchService, ServiceTimeout, TooManyRequests
from apitest_server.invoke.backoff import Backoff, is_worth_it


@pytest.mark.parametrize(
    ("backoff", "delays"),
    [
        (Backoff(), [0.5, 1.0]),
        (Backoff(5, 1, 3, 10), [1, 3, 9, 10]),
        (Backoff(3, 5, 2, 1), [1, 1]),
        (Backoff(3, 0), [0, 0]),
        (Backoff(1), []),
    ],
)
def test_waiting_times_grow_up_to_the_longest(backoff: Backoff, delays: list[float]) -> None:
    """One less than there are attempts."""
    assert list(backoff.delays()) == delays


@given(st.integers(1, 50), st.floats(0, 10), st.floats(1, 10), st.floats(0, 100))
def test_waiting_times_never_shrink(attempts: int, delay: float, factor: float, longest: float) -> None:
    """And none is above the longest."""
    delays = list(Backoff(attempts, delay, factor, longest).delays())
    assert delays == sorted(delays)
    assert len(delays) == attempts - 1
    assert all(0 <= each <= longest for each in delays)


@pytest.mark.parametrize(
    ("field", "value"), [("attempts", 0), ("delay", -1), ("delay", math.nan), ("factor", 0.5), ("longest", -1)]
)
def test_numbers_that_make_no_sense_are_refused(field: str, value: float) -> None:
    """Before anything is called."""
    with pytest.raises(ValueError, match=" or more"):
        Backoff(**{field: value})  # type: ignore[arg-type] # each field in turn


def test_what_the_caller_is_to_blame_for_is_not_tried_again() -> None:
    """A server that is busy or fails is."""
    assert [is_worth_it(error) for error in (BadRequest(), NoSuchService("x"))] == [False, False]
    assert [is_worth_it(error) for error in (ServiceTimeout(), TooManyRequests(), KeyError())] == [True, True, True]
