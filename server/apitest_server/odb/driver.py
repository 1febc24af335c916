"""The ODB through its driver alone, for starts, and for servers that are alone: SQLAlchemy takes long to load."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any

from apitest_server.errors import StartError
from apitest_server.odb.location import Location

# That the other end is gone is noticed within seconds, also if its machine or the network is
_NOTICED: dict[str, Any] = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class Driver:
    """A connection to the ODB, for one thread; outside of ``transaction`` each statement is one of its own.

    Attributes:
        dialect: ``sqlite`` or ``postgresql``.
        connection: the driver's.
    """

    def __init__(self, where: Location) -> None:
        """Opens it.

        Raises:
            StartError: the ODB cannot be reached, or is not an ODB.
        """
        self._where = where
        self.dialect = "postgresql" if where.path is None else "sqlite"
        self._problem = _problem(where)
        with self.problems():
            self.connection = _opened(where)

    def execute(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a statement, in which ``?`` stands for a value.

        Raises:
            StartError: the ODB cannot be reached, or is not an ODB.
        """
        with self.problems():
            if self.dialect == "postgresql" and values:
                statement = statement.replace("?", "%s")
            cursor = self.connection.execute(statement, *([values] if values else []))
            rows = list(cursor.fetchall()) if cursor.description else []
            cursor.close()
        return rows

    def execute_each(self, statement: str, rows: Collection[Sequence[object]]) -> None:
        """Runs a statement for each row of values; in one go, which is much faster than one by one.

        Raises:
            StartError: the ODB cannot be reached, or is not an ODB.
        """
        if not rows:
            return
        with self.problems(), closing(self.connection.cursor()) as cursor:
            cursor.executemany(statement.replace("?", "%s") if self.dialect == "postgresql" else statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is executed within is one transaction: all of it, or after an error nothing; nobody writes meanwhile.

        Raises:
            StartError: the ODB cannot be reached, or is not an ODB.
        """
        self.execute("BEGIN" if self.dialect == "postgresql" else "BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(StartError):  # Gone with its connection, if there is none any longer
                self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    @contextmanager
    def problems(self) -> Iterator[None]:
        """What the driver raises meanwhile is raised as a StartError."""
        try:
            yield
        except self._problem as error:
            raise unreachable(self._where, error) from None

    def close(self) -> None:
        """Closes it."""
        self.connection.close()


def unreachable(where: Location, error: Exception) -> StartError:
    """The error for an ODB that a driver has trouble with; only the first line of what it says."""
    return StartError(
        f"The ODB cannot be used: {where.told(error)}",
        str(where),
        "Check that the database is there, and `url` in the section [odb] of server.conf",
    )


def _problem(where: Location) -> type[Exception]:
    if where.path is not None:
        import sqlite3

        return sqlite3.Error
    try:
        import psycopg
    except ImportError as error:
        raise _no_driver(where, error) from None
    return psycopg.Error


def _opened(where: Location) -> Any:
    if where.path is None:
        import psycopg

        return psycopg.connect(where.url, connect_timeout=10, autocommit=True, **_NOTICED)
    import sqlite3

    uri = f"{where.path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=10, isolation_level=None)
    try:
        for pragma in ("synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _no_driver(where: Location, error: Exception) -> StartError:
    return StartError(
        f"The driver for PostgreSQL is missing: {error}", str(where), "Install it with: pip install apitest[postgresql]"
    )
