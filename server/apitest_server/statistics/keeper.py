"""Statistics outlive the server: written to the ODB each minute and at its end, read when somebody asks for them."""

import logging
from datetime import datetime
from threading import Event, Lock, Thread

from apitest_server.components import Key
from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.statistics import stored
from apitest_server.statistics.collector import Collector, Row
from apitest_server.statistics.periods import PERIODS

logger = logging.getLogger("apitest.statistics")
INTERVAL = 60.0


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
                self._collector.restore(stored.read(self._odb, self._server))
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
            now = figures.now()
            old = [(kind.name, kind.number(now) - kind.kept) for kind in PERIODS.values()]
            stored.write(self._odb, self._server, rows, old)
        except ServiceUnavailable:
            self._collector.not_stored(rows)
            logger.error("Statistics cannot be stored: the ODB cannot be reached")

    def forget(self, service: str = "") -> list[str]:
        """Forgets all figures of a service, or of all of them, for good; returns their names."""
        names = self.figures.forget(service)
        stored.forget(self._odb, self._server, names)
        return names

    def forget_periods(self, start: datetime, stop: datetime, service: str = "") -> list[str]:
        """Forgets the periods that lie in a stretch of time; returns the names of the services that had some."""
        gone = self.figures.forget_periods(start, stop, service)
        stored.forget_periods(self._odb, self._server, gone)
        return sorted({name for name, _, _ in gone})

    def rename(self, name: str) -> None:
        """The server has another name; its figures go with it.

        Raises:
            Conflict: there are figures of another server of that name.
            ServiceUnavailable: the ODB cannot be reached.
        """
        with self._lock:
            stored.rename(self._odb, self._server, name)
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


KEEPER: Key[Keeper] = Key("statistics")
