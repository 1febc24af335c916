"""How often and when jobs were run, and where one runs now, in the ODB."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from apitest_server.cluster.bus import Bus
from apitest_server.odb import ODB

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from apitest_server.odb.models import ScheduledRuns

T = TypeVar("T")
State = tuple[datetime | None, int]
NEVER: State = (None, 0)


class Claim(NamedTuple):
    """A run that a server wants to begin.

    Attributes:
        job: the ID.
        schedule: the digest of its times, as the server knows them.
        before: what became of the job so far, as far as the server knows.
        after: with this run.
        may_overlap: whether it may be begun while another server runs the job.
    """

    job: int
    schedule: str
    before: State
    after: State
    may_overlap: bool = False


class Answer(NamedTuple):
    """What becomes of a claim.

    Attributes:
        verdict: ``run`` it; ``done`` elsewhere, or about to be; ``busy``: it still runs elsewhere; ``gone``: there is
            no such job any more, or it has other times by now.
        state: what is written down now.
    """

    verdict: Literal["run", "done", "busy", "gone"]
    state: State = NEVER


class States:
    """The last run and the number of runs of each job, and where it runs now.

    Attributes:
        changing: the ODB's lock, which is held while anything is written here.
    """

    def __init__(self, odb: ODB, bus: Bus | None = None) -> None:
        """Takes the ODB, and the bus, by whose run others know this server; without it there are no others."""
        self._odb = odb
        self._bus = bus
        self.changing = odb.changing

    def read(self) -> dict[int, State]:
        """All of them.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        from sqlalchemy import select

        from apitest_server.odb.models import ScheduledRuns

        with self._odb.reading() as session:
            rows = session.scalars(select(ScheduledRuns)).all()
        return {row.job_id: _state(row) for row in rows}

    def claim(self, claim: Claim) -> Answer:
        """Writes down a run before it is begun, so that of several servers on one ODB only one does it.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        return self._written(lambda session: self._claimed(session, claim))

    def finish(self, jobs: Iterable[int]) -> None:
        """These jobs do not run here any longer.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        from sqlalchemy import update

        from apitest_server.odb.models import ScheduledRuns as Table

        if self._bus is None:
            return
        here = update(Table).where(Table.job_id.in_(list(jobs)), Table.running_on == self._bus.run_id)
        with self._odb.writing() as session:
            session.execute(here.values(running_on=None))

    def reset(self, number: int, schedule: str) -> None:
        """Forgets the runs of a job by another schedule than this.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        from sqlalchemy import or_, update

        from apitest_server.odb.models import ScheduledRuns as Table

        old = update(Table).where(Table.job_id == number, or_(Table.schedule.is_(None), Table.schedule != schedule))
        with self._odb.writing() as session:
            session.execute(old.values(last_run=None, runs=0, schedule=schedule))

    def _claimed(self, session: "Session", claim: Claim) -> Answer:
        from apitest_server.odb.models import Object, ScheduledRuns
        from apitest_server.scheduler.jobs import schedule_of

        stored = session.get(Object, claim.job, with_for_update=True)
        if stored is None or schedule_of(stored.fields) != claim.schedule:
            return Answer("gone")
        row = session.get(ScheduledRuns, claim.job)
        found = NEVER if row is None or row.schedule not in (None, claim.schedule) else _state(row)
        if found != claim.before:
            return Answer("done", found)
        here = None if self._bus is None else self._bus.run_id
        if row is not None and row.running_on not in (None, here) and not claim.may_overlap:
            return Answer("busy", found)
        if row is None:
            session.add(row := ScheduledRuns(job_id=claim.job))
        row.last_run, row.runs, row.schedule = _plain(claim.after[0]), claim.after[1], claim.schedule
        row.running_on = None if claim.may_overlap else here
        session.flush()
        return Answer("run", claim.after)

    def _written(self, write: Callable[["Session"], T]) -> T:
        from sqlalchemy import exc

        try:
            with self._odb.writing() as session:
                return write(session)
        except exc.IntegrityError:  # The ODB does not know of this server: not yet, or no longer
            if self._bus is None:
                raise
            self._bus.enrol()
        with self._odb.writing() as session:
            return write(session)


def _state(row: "ScheduledRuns") -> State:
    return (row.last_run.replace(tzinfo=UTC) if row.last_run else None, row.runs)


def _plain(moment: datetime | None) -> datetime | None:
    """Without a zone, as it is stored."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None
