"""How often and when jobs were run, in the ODB."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apitest_server.odb import ODB

if TYPE_CHECKING:
    from apitest_server.odb.models import ScheduledRuns

State = tuple[datetime | None, int]


class States:
    """The last run and the number of runs of each job."""

    def __init__(self, odb: ODB) -> None:
        self._odb = odb

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

    def claim(self, number: int, before: State, after: State) -> tuple[bool, State | None]:
        """Writes down a run before it is begun, so that of several servers on one ODB only one does it.

        Args:
            number: the job.
            before: what became of the job so far, as far as this server knows.
            after: with this run.

        Returns:
            Whether this server does it, and what is written down now; nothing if there is no such job any more.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        from apitest_server.odb.models import Object, ScheduledRuns

        with self._odb.writing() as session:
            if session.get(Object, number, with_for_update=True) is None:
                return False, None
            row = session.get(ScheduledRuns, number)
            found = (None, 0) if row is None else _state(row)
            if found != before:
                return False, found
            session.merge(ScheduledRuns(job_id=number, last_run=_plain(after[0]), runs=after[1]))
            return True, after

    def reset(self, number: int) -> None:
        """Forgets the runs of a job.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        from sqlalchemy import delete

        from apitest_server.odb.models import ScheduledRuns

        with self._odb.writing() as session:
            session.execute(delete(ScheduledRuns).where(ScheduledRuns.job_id == number))


def _state(row: "ScheduledRuns") -> State:
    return (row.last_run.replace(tzinfo=UTC) if row.last_run else None, row.runs)


def _plain(moment: datetime | None) -> datetime | None:
    """Without a zone, as it is stored."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None
