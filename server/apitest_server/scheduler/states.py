"""How often and when jobs were run, in the ODB."""

from datetime import UTC, datetime

from apitest_server.odb import ODB

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
        return {row.job_id: (row.last_run.replace(tzinfo=UTC) if row.last_run else None, row.runs) for row in rows}

    def write(self, number: int, last_run: datetime | None, runs: int) -> None:
        """That of one job; a job that was deleted meanwhile is none.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        from apitest_server.odb.models import Object, ScheduledRuns

        moment = last_run.astimezone(UTC).replace(tzinfo=None) if last_run else None
        with self._odb.writing() as session:
            if session.get(Object, number) is not None:
                session.merge(ScheduledRuns(job_id=number, last_run=moment, runs=runs))
