"""The scheduler: a thread that waits for the next job, runs it and writes down that it did."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from apitest_server.components import Key
from apitest_server.errors import HTTPError, NotFound, ServerError, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.scheduler.agenda import Agenda
from apitest_server.scheduler.states import NEVER, Claim, State, States

if TYPE_CHECKING:
    from apitest_server.scheduler.agenda import Job

logger = logging.getLogger("apitest.scheduler")
_LONGEST = 60.0  # seconds between two looks at the clock, which may have been put forward
Run = Callable[[str, str, Any, Callable[[], None]], str]
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


class Scheduler:
    """The jobs of a server.

    What APScheduler and SQLAlchemy are needed for is done in the thread, so that jobs do not make a start slower.
    """

    def __init__(
        self,
        run: Run,
        states: States,
        clock: Clock = utc_now,
        steady: Clock | None = None,
        ready: Callable[[], object] = utc_now,
    ) -> None:
        """Takes what it works with.

        Args:
            run: calls, for the job of a name, a service with a payload in the background, returns its ``cid`` and
                calls a function when the service is done.
            states: what became of jobs so far.
            clock: now, in UTC.
            steady: the same, by a clock that is never set; jobs at intervals go by it. Without it they go by ``clock``.
            ready: returns once the clocks can be asked; called in the thread, before anything else.
        """
        self._run = run
        self._states = states
        self._clock = clock
        self._steady = steady
        self._ready = ready
        self._items: dict[int, StoredObject] = {}
        self._fresh: list[StoredObject] = []
        self._calendar = Agenda()  # By the clock that people see
        self._intervals = Agenda()  # By the steady one
        self._busy: set[int] = set()
        self._problems: dict[int, str] = {}  # Why a job cannot run, as it was told
        self._finished: set[int] = set()  # Of these the ODB still says that they run here
        self._changed = states.changing  # Not a lock of its own: who deletes a job holds this one already
        self._woken = Event()
        self._thread: Thread | None = None
        self._known: dict[int, State] | None = None
        self._is_over = False

    def load(self, items: Sequence[StoredObject]) -> None:
        """Takes them, next to those that there are; they are planned by the thread."""
        with self._changed:
            self._items |= {item.id: item for item in items}
            self._fresh += items

    def put(self, item: StoredObject) -> None:
        """Plans a job; what was run so far counts unless it has other times now."""
        from apitest_server.scheduler.jobs import schedule_of

        with self._changed:
            self._plan_fresh()
            old = self._items.get(item.id)
            self._items[item.id] = item
            self._problems.pop(item.id, None)
            if old is not None and schedule_of(old.fields) != schedule_of(item.fields):
                self._begin_anew(item, schedule_of(item.fields))
            self._plan(item)
            self._woken.set()

    def remove(self, item: StoredObject) -> None:
        """Forgets a job; the table of runs forgets it with its definition."""
        with self._changed:
            self._plan_fresh()
            self._items.pop(item.id, None)
            self._problems.pop(item.id, None)
            self._drop(item.id)
            self._state_of.pop(item.id, None)

    def execute(self, number: int) -> str:
        """Runs a job now, whatever its schedule says, which is not touched; returns the ``cid``.

        Raises:
            NotFound: there is no such job.
        """
        item = self._items.get(number)
        if item is None:
            raise NotFound(f"There is no job with ID {number}")
        logger.info("Job `%s` is executed", item.name)
        return self._run(item.name, item.fields["service"], item.fields.get("extra"), lambda: None)

    def status(self) -> list[dict[str, Any]]:
        """A row for each job: when it was run, how often, and when it is due."""
        with self._changed:
            self._plan_fresh()
            return [self._status(item) for item in sorted(self._items.values(), key=lambda item: item.name)]

    def start(self) -> None:
        """From now on jobs are run at their times."""
        self._thread = Thread(target=self._loop, name="scheduler", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """No job is run any more."""
        self._is_over = True
        self._woken.set()
        if self._thread is not None:
            self._thread.join(10)

    def run_due(self) -> list[str]:
        """Runs what is due by the clock; returns the names of the jobs."""
        with self._changed:
            self._plan_fresh()
            self._write_finished()
            jobs = [*self._due(self._calendar, self._clock()), *self._due(self._intervals, self._steady_now())]
        for job in jobs:
            self._run_one(job)
        return [job.name for job in jobs]

    def _due(self, agenda: Agenda, now: datetime) -> list["Job"]:
        overlapping = {item.id for item in self._items.values() if item.fields.get("may_overlap")}
        busy = set(self._busy) - overlapping  # A copy: the event loop takes out what is done
        waiting = [job for job in agenda.overdue(now) if job.id in busy]
        for job in waiting:
            logger.warning("Job `%s` is due and still runs: this run is left out", job.name)
        return [job for job in agenda.due(now, busy) if self._claimed(job, now)]

    def _steady_now(self) -> datetime:
        return (self._steady or self._clock)()

    def _loop(self) -> None:
        self._ready()
        while not self._is_over:
            try:
                self.run_due()
            except Exception:
                logger.exception("The scheduler failed; it continues")
            with self._changed:
                pause = self._pause()
            if not self._is_over:
                self._woken.wait(pause)
            self._woken.clear()

    def _pause(self) -> float | None:
        places = ((self._calendar, self._clock()), (self._intervals, self._steady_now()))
        upcoming = [(moment - now).total_seconds() for agenda, now in places if (moment := agenda.next_time())]
        if not upcoming:
            return _LONGEST if self._fresh else None
        return max(0.0, min(*upcoming, _LONGEST))

    def _claimed(self, job: "Job", now: datetime) -> bool:
        """Writes the run down; false if another server of this ODB has done so, or still runs the job."""
        from apitest_server.scheduler.jobs import schedule_of

        before, after = self._state_of.get(job.id, NEVER), (job.last_run, job.runs)
        fields = self._items[job.id].fields
        claim = Claim(job.id, schedule_of(fields), before, after, bool(fields.get("may_overlap")))
        try:
            verdict, found = self._states.claim(claim)
        except ServiceUnavailable:
            logger.error("The run of job `%s` cannot be written down", job.name)
            verdict, found = "run", after
        if verdict == "gone":  # Or it is put anew, as soon as this server hears of it
            self._drop(job.id)
            return False
        self._state_of[job.id] = found
        if verdict != "run":
            job.last_run, job.runs = found
        if verdict == "done":
            job.plan(now)
        elif verdict == "busy":
            logger.warning("Job `%s` is due and still runs on another server: this run is left out", job.name)
            job.skip(now)
        return verdict == "run"

    def _run_one(self, job: "Job") -> None:
        self._busy.add(job.id)
        try:
            cid = self._run(job.name, job.service, job.payload, lambda: self._end(job.id))
            logger.info("Job `%s` runs service `%s`, cid %s", job.name, job.service, cid)
        except (HTTPError, ServerError, RuntimeError) as error:
            self._end(job.id)
            if self._problems.get(job.id) != str(error):
                self._problems[job.id] = str(error)
                told = "Job `%s` cannot run service `%s`: %s; this is told once, until it can be run again"
                logger.error(told, job.name, job.service, error)
            return
        self._problems.pop(job.id, None)

    def _end(self, number: int) -> None:
        """A job does not run any longer; called on the event loop, which never waits for the ODB."""
        self._busy.discard(number)
        self._finished.add(number)
        self._woken.set()

    def _write_finished(self) -> None:
        finished, self._finished = self._finished, set()
        if not finished - self._busy:
            return
        try:
            self._states.finish(finished - self._busy)
        except ServiceUnavailable:
            self._finished |= finished
            logger.error("It cannot be written down that jobs have ended; until then no other server runs them")

    def _plan_fresh(self) -> None:
        """Plans what was loaded at start; if the ODB is away, it is tried again later."""
        fresh, self._fresh = self._fresh, []
        try:
            for item in fresh:
                self._plan(item)
        except ServiceUnavailable:
            self._fresh = fresh
            raise

    def _plan(self, item: StoredObject) -> None:
        from apitest_server.scheduler.jobs import job

        self._drop(item.id)
        if not item.fields.get("is_active", True):
            return
        try:
            made = job(item)
        except HTTPError as error:
            logger.error("Job `%s` cannot be used: %s", item.name, error)
            return
        made.last_run, made.runs = self._state_of.get(item.id, NEVER)
        if item.fields["job_type"] == "interval_based":
            self._intervals.put(made, self._steady_now())
        else:
            self._calendar.put(made, self._clock())

    def _drop(self, number: int) -> None:
        self._calendar.remove(number)
        self._intervals.remove(number)

    @property
    def _state_of(self) -> dict[int, State]:
        if self._known is None:
            self._known = self._states.read()
        return self._known

    def _begin_anew(self, item: StoredObject, schedule: str) -> None:
        self._state_of.pop(item.id, None)
        try:
            self._states.reset(item.id, schedule)
        except ServiceUnavailable:
            logger.error("The runs of job `%s` cannot be forgotten", item.name)

    def _status(self, item: StoredObject) -> dict[str, Any]:
        job = self._calendar.get(item.id) or self._intervals.get(item.id)
        last_run, runs = self._state_of.get(item.id, NEVER)
        return {
            "id": item.id,
            "name": item.name,
            "service": item.fields["service"],
            "is_active": item.fields.get("is_active", True),
            "last_run": last_run,
            "runs": runs,
            "next_run": job.next_run if job else None,
        }


SCHEDULER: Key[Scheduler] = Key("scheduler")
