"""Tests of apitest_server.statistics.bucket."""

import json
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.statistics.bucket import Bucket, merged, restored

SECONDS = st.floats(1e-5, 1e3)


def of(times: list[float]) -> Bucket:
    bucket = Bucket()
    for seconds in times:
        bucket.add(seconds)
    return bucket


def test_an_empty_bucket_has_figures_as_well() -> None:
    """All of them are 0."""
    assert set(Bucket().shown(60).values()) == {0}
    assert set(Bucket().shown(0).values()) == {0}


def test_figures_are_in_milliseconds() -> None:
    """Four calls in ten seconds, one of which failed."""
    bucket = of([0.01, 0.02, 0.03])
    bucket.add(0.1, failed=True)
    shown = bucket.shown(10)
    assert (shown["usage"], shown["errors"], shown["rate"]) == (4, 1, 0.4)
    assert (shown["mean"], shown["min"], shown["max"], shown["total_time"]) == (40.0, 10.0, 100.0, 160.0)


def test_no_time_is_too_short() -> None:
    """0 as well."""
    assert of([0.0, 1e-9]).shown(1)["max"] == 0.0


@given(st.lists(SECONDS, min_size=1), st.floats(0, 100))
def test_a_percentile_is_close_to_the_exact_one(times: list[float], percent: float) -> None:
    """Within 10 percent of the value that so many of a hundred are not above."""
    times.sort()
    wanted = max(1, -(-len(times) * percent // 100))
    exact = times[int(min(wanted, len(times))) - 1]
    assert of(times).percentile(percent) == pytest.approx(exact, rel=0.1)


@given(st.lists(SECONDS), st.lists(SECONDS))
def test_two_buckets_are_one_of_all_calls(first: list[float], second: list[float]) -> None:
    """Merging is the same as counting together."""
    both, together = merged([of(first), of(second)]), of(first + second)
    assert both.total == pytest.approx(together.total)
    both.total = together.total
    assert both == together


@given(st.lists(SECONDS, min_size=1))
def test_what_was_stored_is_restored(times: list[float]) -> None:
    """Through JSON, ready to be merged with more."""
    bucket = of(times)
    again = restored(json.loads(json.dumps(bucket.stored())))
    assert merged([again]) == merged([bucket])


@given(st.lists(SECONDS, min_size=1))
def test_the_mean_is_the_mean(times: list[float]) -> None:
    """Exact, unlike percentiles."""
    assert of(times).mean() == pytest.approx(fmean(times))
