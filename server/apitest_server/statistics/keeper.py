"""Statistics outlive the server: written to the ODB each minute and at its end, read when somebody asks for them."""

import logging
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from apitest_server.components import Key
from apitest_server.errors import Conflict, ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.statistics.collector import Collector, Row
from apitest_server.statistics.periods import PERIODS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

logger = logging.getLogger("apitest.statistics")
INTERVAL = 60.0
_STORE = """
INSERT INTO service_statistics (server, service, period, number, figures)
VALUES (:server, :service, :period, :number, :figures)
ON CONFLICT (server, service, period, number) DO UPDATE SET figures = excluded.figures
"""


class Keeper:
    """Keeps the figures of a collector."""

    def __init__(self, collector: Collector, odb: ODB, server: str) -> None:
        """Takes the collector, where to keep its figures, and under which server's name."""
        self._collector = collector
        self._odb = odb
        self._server = server
        self._lock = Lock()
        self._is_read = False
        self._end = Event()
        self._thread: Thread | None = None

    @property
    def figures(self) -> Collector:
        """The collector, with what was stored before the server started.

        Raises:
            ServiceUnavailable: the ODB cannot be reached.
        """
        with self._lock:
            if not self._is_read:
                self._read()
                self._is_read = True
        return self._collector

    def save(self) -> None:
        """Stores what has changed; if it cannot be stored now, it is tried again with the next changes."""
        if not self._collector.has_changed:
            return
        rows: list[Row] = []
        try:
            figures = self.figures  # What was stored before is part of what is stored now
            rows = figures.changes()
            with self._odb.writing() as session:
                self._write(session, rows)
                self._delete_old(session)
        except ServiceUnavailable:
            self._collector.not_stored(rows)
            logger.error("Statistics cannot be stored: the ODB cannot be reached")

    def forget(self, service: str = "") -> list[str]:
        """Forgets all figures of a service, or of all of them, for good; returns their names."""
        from sqlalchemy import delete

        from apitest_server.odb.models import ServiceStatistics as Table

        names = self.figures.forget(service)
        with self._odb.writing() as session:
            session.execute(delete(Table).where(Table.server == self._server, Table.service.in_(names)))
        return names

    def rename(self, name: str) -> None:
        """The server has another name; its figures go with it.

        Raises:
            Conflict: there are figures of another server of that name.
            ServiceUnavailable: the ODB cannot be reached.
        """
        from sqlalchemy import select, update

        from apitest_server.odb.models import ServiceStatistics as Table

        with self._lock, self._odb.writing() as session:
            if session.scalar(select(Table.service).where(Table.server == name).limit(1)) is not None:
                raise Conflict(f"There are statistics of another server that is called `{name}`")
            session.execute(update(Table).where(Table.server == self._server).values(server=name))
            self._server = name

    def start(self) -> None:
        """Stores each minute from now on, in a thread."""
        self._thread = Thread(target=self._run, name="statistics", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stores for the last time."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(10)
        self._save_or_log()

    def _run(self) -> None:
        while not self._end.wait(INTERVAL):
            self._save_or_log()

    def _save_or_log(self) -> None:
        try:
            self.save()
        except Exception:
            logger.exception("Statistics cannot be stored")

    def _read(self) -> None:
        from sqlalchemy import select

        from apitest_server.odb.models import ServiceStatistics as Table

        with self._odb.reading() as session:
            columns = select(Table.service, Table.period, Table.number, Table.figures)
            found = session.execute(columns.where(Table.server == self._server))
            self._collector.restore(Row(*row) for row in found)

    def _write(self, session: "Session", rows: list[Row]) -> None:
        from sqlalchemy import JSON, bindparam, text

        if rows:  # All of them in one statement: a busy server has thousands each minute
            store = text(_STORE).bindparams(bindparam("figures", type_=JSON))
            session.execute(store, [{"server": self._server, **row._asdict()} for row in rows])

    def _delete_old(self, session: "Session") -> None:
        from sqlalchemy import and_, delete, or_

        from apitest_server.odb.models import ServiceStatistics as Table

        now = self._collector.now()
        old = [
            and_(Table.period == kind.name, Table.number <= kind.number(now) - kind.kept) for kind in PERIODS.values()
        ]
        gone = delete(Table).where(Table.server == self._server, or_(*old))
        session.execute(gone, execution_options={"synchronize_session": False})  # The session has none of them


KEEPER: Key[Keeper] = Key("statistics")
