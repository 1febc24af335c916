"""A connection to an SQL database, opened by its SQLAlchemy URL.

Statements that are built here bind every value and quote every identifier. A statement of the user's own runs as it
is written. Each statement takes effect at once, unless a transaction was begun.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from math import inf
from pathlib import Path

from sqlalchemy import Connection, CursorResult, Delete, Insert, Update, delete, insert, text, update
from sqlalchemy.exc import SQLAlchemyError

from apitest.clients import csv_files
from apitest.clients.database_exchange import Call, Observer, told
from apitest.clients.sql import binding
from apitest.clients.sql import csv_loading as sql_csv
from apitest.clients.sql import errors as sql_errors
from apitest.clients.sql import settings as sql_url
from apitest.clients.sql.cancelling import cancelled_after
from apitest.clients.sql.tables import DescribedTable, Tables, unknown_table
from apitest.errors import BadValue
from apitest.language import lists
from apitest.tables.bound import Statement, shown
from apitest.tables.conditions import Criterion
from apitest.tables.rows import Rows

_NO_PARAMETERS = {"no_parameters": True}  # so that the driver leaves % signs alone
_CHANGES_TABLES = ("create", "alter", "drop", "rename", "use", "set", "attach", "detach")


class SQLConnection:
    """An open connection.

    Args:
        url: an SQLAlchemy URL; ``postgresql://`` means psycopg, ``mysql://`` and ``mariadb://`` mean PyMySQL.
        observe: is told of every call.

    Attributes:
        observe: likewise.
        limit: tells how many seconds a statement may take from now on.
        shown_url: the URL as it may be printed.
        password: the password in it, or None.
        dialect: "sqlite", "postgresql", "mysql" ….
        sqlalchemy_dialect: SQLAlchemy's own description of it.
        closed: whether it was closed; it cannot be used then.

    Raises:
        BadValue: it is not a URL.
        MissingDependency: its driver is not installed.
        Unreachable: the server is down, or refuses the user.
    """

    def __init__(self, url: str, observe: Observer | None = None) -> None:
        self._url = sql_url.parse(url)
        self.shown_url = self._url.render_as_string(hide_password=True)
        self.password = str(self._url.password) if self._url.password else None
        self._engine = sql_url.engine(self._url)
        self.sqlalchemy_dialect = self._engine.dialect
        self.dialect = self.sqlalchemy_dialect.name
        self._connection = self._opened()
        self._tables = Tables(self._connection)
        self._in_transaction = False
        self.observe = observe
        self.limit: Callable[[], float] = lambda: inf
        self.closed = False

    def __repr__(self) -> str:
        return f"<SQL connection {self.shown_url}>"

    def _opened(self) -> Connection:
        try:
            return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        except (SQLAlchemyError, OSError, ValueError, TypeError) as error:
            self._engine.dispose()
            raise sql_errors.connecting(self._url, error) from None

    def close(self) -> None:
        """Roll an open transaction back and disconnect; without effect on a closed connection."""
        if self.closed:
            return
        self.closed, self._in_transaction = True, False
        self._connection.close()
        self._engine.dispose()

    # ------------------------------------------------------------------ statements of the user's own

    def rows(self, statement: str | Statement, parameters: Mapping[str, object] | None = None) -> Rows:
        """Run a statement and fetch its rows; without columns and rows for one that returns nothing.

        Args:
            statement: SQL in the database's own dialect, alone or with the values that are bound to it.
            parameters: values for the names with a colon in a text (``:id``); without them colons mean nothing.

        Raises:
            BadValue: the database refused it.
            Unreachable: the connection is lost.
            TimedOut: the database gave up waiting.
        """
        text = shown(statement)
        with self._told(statement, parameters) as call, self._run(statement, parameters) as result:
            if not result.returns_rows:
                found = Rows((), [], text)
            else:
                found = Rows(tuple(result.keys()), [tuple(row) for row in result.fetchall()], text)
            call.result = found
        return found

    def value(self, statement: str, parameters: Mapping[str, object] | None = None) -> object:
        """The value of a statement whose result is one row of one column; raises as `rows` does."""
        return self.rows(statement, parameters).value()

    def execute(self, statement: str | Statement, parameters: Mapping[str, object] | None = None) -> int:
        """Run a statement; how many rows it changed, as far as the database tells. Raises as `rows` does."""
        with self._told(statement, parameters) as call, self._run(statement, parameters) as result:
            call.result = changed = max(result.rowcount, 0)
        return changed

    def _run(self, statement: str | Statement, parameters: Mapping[str, object] | None) -> CursorResult[object]:
        if shown(statement).lstrip()[:6].casefold().startswith(_CHANGES_TABLES):
            self._tables.forget()
        if isinstance(statement, Statement):
            return self._connection.exec_driver_sql(*binding.bound(statement, self.sqlalchemy_dialect))
        if parameters:
            return self._connection.execute(text(statement), dict(parameters))
        return self._connection.exec_driver_sql(statement, execution_options=_NO_PARAMETERS)

    # ------------------------------------------------------------------ statements that are built here

    def insert(self, table: str, columns: object, values: object) -> int:
        """Insert a row.

        Args:
            table: its name, with its schema if need be.
            columns: the names of columns, as `apitest.language.lists.names` reads them.
            values: as many values, as `apitest.language.lists.values` reads them.

        Raises:
            BadValue: there is no such table or column, a value does not fit, or the database refused it.
        """
        described = self._described(table)
        return self._changed(insert(described.table).values(self._row(described, columns, values)))

    def update(self, table: str, columns: object, values: object, criterion: Criterion) -> int:
        """Set columns of the rows that a criterion selects; how many there were. Raises as `insert` does."""
        described = self._described(table)
        row = self._row(described, columns, values)
        return self._changed(update(described.table).where(described.where(criterion)).values(row))

    def delete(self, table: str, criterion: Criterion) -> int:
        """Delete the rows that a criterion selects; how many there were. Raises as `insert` does."""
        described = self._described(table)
        return self._changed(delete(described.table).where(described.where(criterion)))

    def _described(self, table: str) -> DescribedTable:
        with self._guarded(f"table {table}"):
            return self._tables.get(table)

    @staticmethod
    def _row(table: DescribedTable, columns: object, values: object) -> dict[str, object]:
        names = lists.names(columns)
        return table.bound(names, lists.values(values, len(names)))

    def _changed(self, statement: Insert | Update | Delete) -> int:
        with self._told(statement) as call, self._connection.execute(statement) as result:
            call.result = changed = max(result.rowcount, 0)
        return changed

    # ------------------------------------------------------------------ CSV

    def create_table_from_csv(
        self, table: str, path: Path, layout: str = sql_csv.HEADER, columns: object = None
    ) -> int:
        """Create a table with the columns that a CSV file declares, and insert its rows; how many there were.

        Args:
            table: the new table's name, with its schema if need be.
            path: the file.
            layout: how the file declares its columns, see `apitest.tables.csv`.
            columns: the columns, ``id:integer, name``, of a file without a header; None for one with a header.

        Raises:
            BadValue: the file does not fit (then there is no such table), or there is such a table already.
        """
        with csv_files.opened(path) as csv:
            plan = sql_csv.new(self._tables, table, csv, layout, columns)
            with self._guarded(f"CREATE TABLE {table}"):
                sql_csv.create(self._connection, plan)
            try:
                with self._all_or_nothing(f"INSERT INTO {table}"):
                    return sql_csv.insert_rows(self._connection, csv, plan)
            except BaseException:
                sql_csv.drop(self._connection, plan)
                raise

    def insert_csv(self, table: str, path: Path, *, header: bool | None = None) -> int:
        """Insert the rows of a CSV file, all or none of them; how many there were.

        Args:
            table: the table's name, with its schema if need be.
            path: the file.
            header: whether its first line names columns; None to find out: it does if one of them is known.

        Raises:
            BadValue: there is no such table, or the file does not fit it.
        """
        described = self._described(table)
        with csv_files.opened(path) as csv, self._all_or_nothing(f"INSERT INTO {table}"):
            return sql_csv.insert_rows(self._connection, csv, sql_csv.existing(described, csv, header))

    # ------------------------------------------------------------------ transactions

    def begin(self) -> None:
        """Begins a transaction; without effect within one."""
        if self._in_transaction:
            return
        self._connection.rollback()  # what SQLAlchemy began by itself; in autocommit nothing is lost
        self._connection.execution_options(isolation_level=self._connection.default_isolation_level)
        self._connection.begin()
        self._in_transaction = True
        if self.dialect == "sqlite":  # its driver would begin at the first change only, and not for DDL
            self._connection.exec_driver_sql("BEGIN")

    def commit(self) -> None:
        """Commits the transaction.

        Raises:
            BadValue: there was no `begin`, or the database refused a deferred constraint.
        """
        if not self._in_transaction:
            raise BadValue("There is no transaction to commit", self.shown_url, "Begin one, in the same scenario.")
        self._end(keep=True)

    def rollback(self) -> None:
        """Rolls the transaction back; without effect outside of one."""
        self._end(keep=False)

    def _end(self, *, keep: bool) -> None:
        if not self._in_transaction:
            return
        self._in_transaction = False
        self._tables.forget()
        try:
            with self._translated("COMMIT"):
                self._connection.commit() if keep else self._connection.rollback()
        finally:
            self._connection.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def _all_or_nothing(self, statement: str) -> Iterator[None]:
        if self._in_transaction:
            with self._translated(statement), self._connection.begin_nested():
                yield
            return
        with self._translated(statement):
            self.begin()
            try:
                yield
                self.commit()
            finally:
                self.rollback()

    @contextmanager
    def _told(self, statement: object, parameters: Mapping[str, object] | None = None) -> Iterator[Call]:
        with told(self.observe, Call(statement, parameters or {})) as call, self._guarded(statement):
            yield call

    @contextmanager
    def _guarded(self, statement: object) -> Iterator[None]:
        with self._translated(statement), self._savepoint(), cancelled_after(self.limit(), self._connection):
            yield

    def _savepoint(self) -> AbstractContextManager[object]:
        """PostgreSQL refuses everything after an error in a transaction, unless there is a point to go back to."""
        needed = self._in_transaction and self.dialect == "postgresql"
        return self._connection.begin_nested() if needed else nullcontext()

    @contextmanager
    def _translated(self, statement: object) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            missing = sql_errors.missing_table(error)
            if missing:
                missing = missing.removeprefix(f"{self._url.database}.")  # MySQL puts its name in front
                raise unknown_table(missing, self._tables.names(), str(statement)) from None
            raise sql_errors.running(self._url, str(statement), error) from None
        except UnicodeEncodeError as error:
            raise BadValue(f"A value is not text that a database can hold: {error.reason}", str(statement)) from None
