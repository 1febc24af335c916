"""Tests of apitest_server.scheduler.jobs."""

from datetime import UTC, datetime
from typing import Any

import pytest

from apitest_server.errors import BadRequest
from apitest_server.odb import StoredObject
from apitest_server.scheduler.jobs import job, schedule_of

NOW = datetime(2026, 1, 31, 12, 30, tzinfo=UTC)


def definition(job_type: str, **fields: Any) -> StoredObject:
    return StoredObject(5, "scheduler.job", "a job", {"job_type": job_type, "service": "a.service", **fields})


@pytest.mark.parametrize(
    ("item", "next_run"),
    [
        (definition("one_time", start_date="2026-02-01T00:00:00+02:00"), "2026-01-31T22:00:00+00:00"),
        (definition("interval_based", weeks=1, start_date="2026-01-31T12:00:00+00:00"), "2026-02-07T12:00:00+00:00"),
        (
            definition("interval_based", minutes=50, seconds=10, start_date="2026-01-31T12:00:00+00:00"),
            "2026-01-31T12:50:10+00:00",
        ),
        (definition("cron_style", cron_definition="0 9 * * mon"), "2026-02-02T09:00:00+00:00"),
        (definition("cron_style", cron_definition="0 9 * * 1"), "2026-02-02T09:00:00+00:00"),
        (definition("cron_style", cron_definition="0 9 * * 0"), "2026-02-01T09:00:00+00:00"),
        (definition("cron_style", cron_definition="0 9 13 * tue"), "2026-02-03T09:00:00+00:00"),
        (definition("cron_style", cron_definition="0 9 2 * tue"), "2026-02-02T09:00:00+00:00"),
        (
            definition("cron_style", cron_definition="0 9 13 * tue", start_date="2026-02-11T00:00:00+00:00"),
            "2026-02-13T09:00:00+00:00",
        ),
        (definition("cron_style", cron_definition="0 9 * * *", timezone="Europe/Tallinn"), "2026-02-01T07:00:00+00:00"),
        (
            definition("cron_style", cron_definition="0 9 * * *", start_date="2026-03-01T00:00:00+00:00"),
            "2026-03-01T09:00:00+00:00",
        ),
    ],
)
def test_a_definition_has_a_next_time(item: StoredObject, next_run: str) -> None:
    """In any time zone."""
    made = job(item)
    made.plan(NOW)
    assert made.next_run is not None
    assert made.next_run.astimezone(UTC).isoformat() == next_run


def test_a_job_has_what_the_definition_says() -> None:
    """A job that is run once has no repeats but one."""
    made = job(definition("one_time", start_date="2026-01-01T00:00:00+00:00", repeats=5, extra={"a": 1}, missed="skip"))
    assert (made.repeats, made.is_once, made.catches_up, made.payload) == (1, True, False, {"a": 1})
    assert job(definition("interval_based", days=1, repeats=5)).repeats == 5


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        (definition("one_time"), "`start_date` is required for a job that is run once"),
        (definition("interval_based"), "weeks, days, hours, minutes, seconds is required"),
        (definition("interval_based", weeks=10**12), "The interval is too long"),
        (definition("cron_style"), "`cron_definition` is not a valid schedule"),
        (definition("cron_style", cron_definition="61 * * * *"), "higher than the maximum value"),
        (definition("cron_style", cron_definition="* * * * *", timezone="Nowhere/City"), "not a time zone such as"),
        (definition("cron_style", cron_definition="* * * * *", timezone="../x"), "not a time zone such as"),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused(item: StoredObject, problem: str) -> None:
    """With what is wrong."""
    with pytest.raises(BadRequest, match=problem):
        job(item)


def test_schedules_are_compared_by_their_times() -> None:
    """Another service or payload leaves the schedule as it is."""
    one = definition("interval_based", days=1)
    assert schedule_of(one.fields) == schedule_of(definition("interval_based", days=1, extra="x").fields)
    assert schedule_of(one.fields) != schedule_of(definition("interval_based", days=2).fields)
