"""PURE  Which jobs are due, and when the next one is. Time is an argument of each method, in UTC."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

GRACE = timedelta(seconds=5)  # A run that is not later than this is on time
_TICK = timedelta(microseconds=1)


class Trigger(Protocol):
    """Says when something is to happen; the triggers of APScheduler are such."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first time after the previous one, or from now on where there was none; ``None`` for never again."""


@dataclass(slots=True)
class Job:
    """A service that is called by a schedule.

    Attributes:
        id: unique.
        name: for people.
        service: what is called.
        payload: with what.
        trigger: when.
        repeats: how often at most; 0 is for ever.
        catches_up: whether a run that was missed, since the server did not run, is made up for, once.
        is_once: whether it has one time only; the trigger says it as long as it was not run.
        runs: how often it was run.
        last_run: when it was run last.
        next_run: when it is due, if ever.
    """

    id: int
    name: str
    service: str
    payload: object
    trigger: Trigger
    repeats: int = 0
    catches_up: bool = True
    is_once: bool = False
    runs: int = 0
    last_run: datetime | None = None
    next_run: datetime | None = field(default=None, compare=False)

    def plan(self, now: datetime) -> None:
        """Finds the next run: one that was missed is due now, if the job catches up."""
        self.next_run = None
        if self.repeats and self.runs >= self.repeats:
            return
        expected = self._expected(now)
        if expected is not None and expected <= now:
            if self.catches_up or now - expected <= GRACE:
                self.next_run = now
                return
            expected = None
        self.next_run = expected if self.is_once else self.trigger.get_next_fire_time(None, now)

    def _expected(self, now: datetime) -> datetime | None:
        """When it was due after its last run, or is due."""
        if self.is_once:
            return self.trigger.get_next_fire_time(None, now)
        # A last run in the future is of a clock that was set back since
        return self.trigger.get_next_fire_time(min(self.last_run, now), now) if self.last_run else None

    def ran(self, now: datetime) -> None:
        """It was run; its next time is after now."""
        self.runs += 1
        self.last_run = now
        self.plan(now + _TICK)

    def skip(self, now: datetime) -> None:
        """It was due and is not run; its next time is after now."""
        self.next_run = self.trigger.get_next_fire_time(None, now + _TICK)


class Agenda:
    """The jobs that wait for their time."""

    def __init__(self) -> None:
        self._jobs: dict[int, Job] = {}

    def put(self, job: Job, now: datetime) -> None:
        """Adds a job, or puts it in the place of that with the same ID."""
        job.plan(now)
        self._jobs[job.id] = job

    def remove(self, number: int) -> Job | None:
        """Takes a job out and returns it."""
        return self._jobs.pop(number, None)

    def get(self, number: int) -> Job | None:
        """A job by its ID."""
        return self._jobs.get(number)

    def overdue(self, now: datetime) -> list[Job]:
        """The jobs whose time has come, those first that wait longest."""
        jobs = [job for job in self._jobs.values() if job.next_run is not None and job.next_run <= now]
        return sorted(jobs, key=lambda job: (job.next_run, job.id))

    def due(self, now: datetime, busy: Collection[int] = ()) -> list[Job]:
        """The jobs to run now, those first that are due longest; each is planned anew, as are those that are busy."""
        jobs = self.overdue(now)
        for job in jobs:
            if job.id in busy:
                job.skip(now)
            else:
                job.ran(now)
        return [job for job in jobs if job.id not in busy]

    def next_time(self) -> datetime | None:
        """When the next job is due; ``None`` for never."""
        return min((job.next_run for job in self._jobs.values() if job.next_run is not None), default=None)
