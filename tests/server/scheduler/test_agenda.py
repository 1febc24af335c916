"""Tests of apitest_server.scheduler.agenda."""

from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.scheduler.agenda import Agenda, Job

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
LATER = START + 3 * HOUR + HOUR / 2


def hourly(number: int = 1, **options: object) -> Job:
    """From START on."""
    trigger = IntervalTrigger(hours=1, start_date=START, timezone=UTC)
    return Job(number, f"job {number}", "a.service", None, trigger, **options)  # type: ignore[arg-type]


def once(**options: object) -> Job:
    """At START."""
    return Job(1, "once", "a.service", None, DateTrigger(START, UTC), repeats=1, is_once=True, **options)  # type: ignore[arg-type]


def planned(job: Job, now: datetime) -> datetime | None:
    job.plan(now)
    return job.next_run


@pytest.mark.parametrize(
    ("job", "now", "next_run"),
    [
        (hourly(), START - HOUR / 2, START),
        (hourly(), START, START),
        (hourly(), START + HOUR / 2, START + HOUR),
        (hourly(last_run=START), START + SECOND, START + HOUR),
        (once(), START - HOUR, START),
        (once(runs=1), START - HOUR, None),
        (hourly(repeats=2, runs=2), START, None),
    ],
)
def test_a_job_is_planned_for_its_next_time(job: Job, now: datetime, next_run: datetime | None) -> None:
    """Intervals are counted from the start; what was run often enough is not run again."""
    assert planned(job, now) == next_run


@pytest.mark.parametrize(
    ("job", "next_run"),
    [
        (hourly(last_run=START), LATER),
        (hourly(last_run=START, catches_up=False), START + 4 * HOUR),
        (hourly(last_run=LATER - HOUR - 2 * SECOND, catches_up=False), LATER),
        (once(), LATER),
        (once(catches_up=False), None),
    ],
)
def test_a_missed_run_is_made_up_for_if_wanted(job: Job, next_run: datetime | None) -> None:
    """At once, and once, however many were missed; one that is seconds late is run in any case."""
    assert planned(job, LATER) == next_run


def test_after_a_run_that_was_late_intervals_are_as_before() -> None:
    """They are counted from the start, not from the run."""
    job = hourly(last_run=START)
    now = START + 3 * HOUR + HOUR / 2
    agenda = Agenda()
    agenda.put(job, now)
    assert agenda.due(now) == [job]
    assert job.next_run == START + 4 * HOUR
    assert agenda.due(now) == []


def test_the_agenda_gives_out_what_is_due() -> None:
    """Those first that are due longest, each once; then they are planned anew."""
    agenda = Agenda()
    first, second, third = (
        hourly(1),
        hourly(2),
        Job(3, "c", "s", None, CronTrigger.from_crontab("30 * * * *", timezone=UTC)),
    )
    for job in (second, third, first):
        agenda.put(job, START - SECOND)
    assert agenda.next_time() == START
    assert agenda.due(START - SECOND) == []
    assert agenda.due(START + HOUR / 2) == [first, second, third]
    assert agenda.next_time() == START + HOUR
    assert (first.runs, first.last_run) == (1, START + HOUR / 2)


def test_jobs_can_be_replaced_and_removed() -> None:
    """By their ID."""
    agenda = Agenda()
    assert agenda.next_time() is None
    agenda.put(once(), START - HOUR)
    agenda.put(hourly(1, repeats=1), START - HOUR)
    found = agenda.get(1)
    assert found is not None
    assert found.name == "job 1"
    assert len(agenda.due(START)) == 1
    assert agenda.due(START + HOUR) == []
    removed = agenda.remove(1)
    assert removed is not None
    assert (agenda.remove(1), agenda.get(1)) == (None, None)


@given(st.lists(st.integers(1, 10_000), max_size=60), st.booleans())
def test_a_job_runs_once_an_interval_at_most(pauses: list[int], catches_up: bool) -> None:
    """However irregularly the agenda is looked at, there are never more runs than intervals that have begun."""
    agenda, job, now = Agenda(), hourly(catches_up=catches_up), START
    agenda.put(job, now)
    for pause in pauses:
        now += timedelta(seconds=pause)
        agenda.due(now)
    assert job.runs <= (now - START) // HOUR + 1
    assert job.next_run is not None
    assert job.next_run > now or not pauses


@given(st.integers(1, 20), st.integers(1, 40))
def test_repeats_are_counted(repeats: int, hours: int) -> None:
    """No job is run more often than it says."""
    agenda, job = Agenda(), hourly(repeats=repeats)
    agenda.put(job, START)
    for hour in range(hours):
        agenda.due(START + hour * HOUR)
    assert job.runs == min(repeats, hours)


def test_who_is_busy_is_left_out_and_planned_anew() -> None:
    """As if it had not been due: it was not run, and comes an hour later."""
    agenda = Agenda()
    busy, free = hourly(1), hourly(2)
    for job in (busy, free):
        agenda.put(job, START)
    assert agenda.due(START + SECOND, {busy.id}) == [free]
    assert (busy.runs, busy.next_run) == (0, START + HOUR)
    assert (free.runs, free.next_run) == (1, START + HOUR)
