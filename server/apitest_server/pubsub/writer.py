"""Group commit: one thread writes all that waits for it in one transaction, which is on disk before anybody is told."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB

if TYPE_CHECKING:
    from sqlalchemy import Connection

logger = logging.getLogger("apitest.pubsub")
TOGETHER = 1_000  # jobs in one transaction, at most
_DEADLOCK = "40P01"  # PostgreSQL has ended one of two transactions that waited for each other
_ATTEMPTS = 5
_ON_DISK = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Job(Generic[T_co]):
    """What is done in a transaction, together with others; ``T_co`` is what comes of it."""

    __slots__ = ()

    def in_doubt(self) -> "Job[object] | None":
        """What has to be done next if nobody knows whether this was done; nothing, unless a job says so."""
        return None


Results = Sequence[object]  # Of each job what came of it; an exception is raised where it is waited for
Apply = Callable[["Connection", Sequence[Job[object]]], Results]
Waiting = tuple[Job[object], "asyncio.Future[Any]"]


class Writer:
    """Takes jobs on the event loop, does them in a thread of its own, which begins with the first of them."""

    def __init__(self, odb: ODB, apply: Apply) -> None:
        """Takes the database, and what does a list of jobs within a transaction."""
        self._odb = odb
        self._apply = apply
        self._noted: list[Waiting] = []  # On the loop, in this turn of it
        self._waiting: list[Waiting] = []
        self._condition = Condition()
        self._is_closed = False
        self._thread: Thread | None = None
        self._connection: Connection | None = None
        self._in_doubt: list[Job[object]] = []

    def submit(self, job: Job[T]) -> "asyncio.Future[T]":
        """Does a job in the next transaction; to be called on the event loop.

        All that is submitted in one turn of the loop is handed over together: those whom one transaction has
        answered come again at the same time, and share the next one.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if self._is_closed:
            future.set_exception(ServiceUnavailable("The server is shutting down"))
            return future
        if not self._noted:
            loop.call_soon(self._hand_over)
        self._noted.append((job, future))
        return future

    def close(self) -> None:
        """Does what was submitted, and ends."""
        with self._condition:
            self._is_closed = True
            self._waiting += self._noted
            self._noted = []
            if self._waiting:
                self._begin()
            self._condition.notify()
        if self._thread is not None:
            self._thread.join()

    def _hand_over(self) -> None:
        with self._condition:
            self._waiting += self._noted
            self._noted = []
            self._condition.notify()
            if self._waiting:
                self._begin()

    def _begin(self) -> None:
        """Starts the thread, unless it runs."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="pubsub-writer", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while batch := self._next():
            results = self._results([job for job, _ in batch])
            loop = batch[0][1].get_loop()
            try:
                loop.call_soon_threadsafe(_tell, batch, results)
            except RuntimeError:  # The loop was closed meanwhile: nobody waits
                logger.debug("Nobody waits for %d results any more", len(batch))
        self._disconnect()

    def _next(self) -> list[Waiting]:
        """What is next; nothing once it is closed and all is done."""
        with self._condition:
            while not self._waiting and not self._is_closed:
                self._condition.wait()
            batch, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            return batch

    def _results(self, jobs: list[Job[object]]) -> Results:
        """What came of jobs; whatever happens, this thread goes on."""
        try:
            return self._transaction(jobs)
        except Exception as error:
            logger.error("The writer of messages failed; it continues: %s: %s", type(error).__name__, error)
            self._doubt(jobs)
            self._connection = None
            return [ServiceUnavailable("The server's database cannot be written") for _ in jobs]

    def _transaction(self, jobs: list[Job[object]], attempts: int = _ATTEMPTS) -> Results:
        # Not from sqlalchemy.exc: two threads that begin with different parts of it spoil each other's import for good.
        from sqlalchemy import exc

        try:
            connection = self._connected()
        except Exception as error:  # The driver's own, too: it may be lost again at once
            return self._refused(jobs, error)
        try:
            if self._in_doubt:
                with connection.begin():
                    self._apply(connection, self._in_doubt)
                self._in_doubt = []
            with connection.begin():
                return self._apply(connection, jobs)
        except (exc.InterfaceError, exc.OperationalError) as error:
            if getattr(error.orig, "sqlstate", None) == _DEADLOCK and attempts > 1:
                return self._transaction(jobs, attempts - 1)
            return self._refused(jobs, error)
        except Exception as error:
            if connection.invalidated or connection.closed:  # Lost, whatever the driver calls it
                return self._refused(jobs, error)
            if len(jobs) == 1:
                return [error]
            return [result for job in jobs for result in self._transaction([job])]  # One is bad, which the rest is not

    def _refused(self, jobs: list[Job[object]], error: Exception) -> Results:
        """The database is away, or full: what was done is not known, and the next transaction connects anew.

        It may have committed, and been lost before it said so.
        """
        self._doubt(jobs)
        logger.error("The ODB %s cannot be written: %s", self._odb.where, self._odb.where.told(error))
        self._disconnect()
        return [ServiceUnavailable("The server's database cannot be written") for _ in jobs]

    def _doubt(self, jobs: list[Job[object]]) -> None:
        self._in_doubt += [found for job in jobs if (found := job.in_doubt()) is not None]

    def _connected(self) -> "Connection":
        """A connection whose commits are on disk when they return."""
        from apitest_server.odb.engine import WRITES

        if self._connection is None:
            made = self._odb.engine.execution_options(**{WRITES: True}).connect()
            try:
                _wait_for_the_disk(made.connection.dbapi_connection, made.dialect.name)
            except Exception:
                made.invalidate()
                made.close()
                raise
            self._connection = made
        return self._connection

    def _disconnect(self) -> None:
        """Lets go of the connection, which nobody else may have with these settings."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def _wait_for_the_disk(driver: Any, dialect: str) -> None:
    """Whatever the database's own setting is."""
    if dialect == "sqlite":
        driver.execute("PRAGMA synchronous = FULL")
    else:
        driver.execute(_ON_DISK)
        driver.commit()


def _tell(batch: list[Waiting], results: Results) -> None:
    for (_, future), result in zip(batch, results, strict=True):
        if future.done():
            continue
        if isinstance(result, BaseException):
            future.set_exception(result)
        else:
            future.set_result(result)
