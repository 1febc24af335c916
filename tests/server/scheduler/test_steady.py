"""Tests of apitest_server.scheduler.steady."""

from datetime import UTC, datetime, timedelta

import pytest

from apitest_server.scheduler import steady
from apitest_server.scheduler.steady import SteadyClock


def test_the_clock_goes_by_the_monotonic_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """It begins with the time of the system."""
    now = [100.0]
    monkeypatch.setattr(steady.time, "monotonic", lambda: now[0])
    clock = SteadyClock()
    first = clock()
    assert abs(first - datetime.now(UTC)) < timedelta(minutes=1)
    now[0] += 7.5
    assert clock() - first == timedelta(seconds=7.5)
