"""An outgoing SQL connection: a pool of connections to one database. ``self.out.sql["CRM"]`` in services."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from apitest_server.errors import DatabaseError
from apitest_server.odb import StoredObject
from apitest_server.outgoing.sql_urls import extra, options, url
from apitest_server.redaction import without
from apitest_server.service.attrs import Attrs

Params = Mapping[str, object] | Sequence[Mapping[str, object]] | None


class Result(NamedTuple):
    """What a statement returned.

    Attributes:
        rows: by column, with attribute access.
        columns: their names in order; none where the statement returns no rows.
        row_count: how many rows were returned or changed.
        is_truncated: whether there were more rows than asked for.
    """

    rows: list[Attrs]
    columns: list[str]
    row_count: int
    is_truncated: bool = False


class SQLConnection:
    """One definition, ready to be used by any thread; connects when it is first used."""

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of SQLite files begin."""
        self.name = item.name
        self._item = item
        self._directory = directory
        self._secrets = {name: item.secret(name) for name in ("password", "secret_extra")}
        self._lock = Lock()
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine.

        Raises:
            DatabaseError: its driver is not installed.
        """
        with self._lock:
            if self._engine is None:
                fields = self._item.fields
                try:
                    self._engine = create_engine(url(fields, self._secrets, self._directory), **options(fields))
                except ImportError as error:
                    fix = f"Install it with: pip install apitest[{fields['engine']}]"
                    raise DatabaseError(f"The driver of `{self.name}` is missing: {error}", "", fix) from None
            return self._engine

    def session(self) -> Session:
        """A session of SQLAlchemy: ``with self.out.sql["CRM"].session() as session``."""
        return Session(self.engine)

    def execute(self, statement: str, params: Params = None) -> list[Attrs]:
        """Runs one statement in its own transaction; returns its rows.

        Args:
            statement: values are bound by name: ``SELECT * FROM c WHERE id = :id``.
            params: the values; a list of them runs the statement once for each.

        Raises:
            DatabaseError: the database cannot be reached, or does not like the statement.
        """
        return self.run(statement, params).rows

    def run(self, statement: str, params: Params = None, most: int | None = None) -> Result:
        """The same, with what else is known of the result; at most so many rows are read.

        Raises:
            DatabaseError: the database cannot be reached, or does not like the statement.
        """
        with self._translated(), self.engine.begin() as connection:
            found = connection.execute(text(statement), params)
            if not found.returns_rows:
                return Result([], [], max(found.rowcount, 0))
            rows = found.mappings().fetchmany(most + 1) if most is not None else found.mappings().all()
            kept = [Attrs(row) for row in rows[:most]]
            return Result(kept, list(found.keys()), len(kept), len(rows) > len(kept))

    def ping(self) -> str:
        """Asks the database whether it is there; returns which one it is, without the password.

        Raises:
            DatabaseError: it cannot be reached.
        """
        self.run("SELECT 1")
        return self.engine.url.set(query={}).render_as_string(hide_password=True)

    def close(self) -> None:
        """Closes connections that are not in use; those that are when they are given back."""
        if self._engine is not None:
            self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except PoolTimeout:
            words = f"All connections of `{self.name}` are in use"
            raise DatabaseError(words, "", "Raise its pool_size, or give sessions back sooner", True) from None
        except SQLAlchemyError as error:
            raise self._error(error) from None

    def _error(self, error: SQLAlchemyError) -> DatabaseError:
        """The first line of what the driver says; no secret is in it, whatever the driver thinks."""
        said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        said = without(said, [self._secrets["password"], *extra(self._secrets["secret_extra"]).values()])
        is_away = isinstance(error, DBAPIError) and (error.connection_invalidated or self._never_connected(error))
        problem = "cannot be reached" if is_away else "refuses the statement"
        return DatabaseError(f"The database of `{self.name}` {problem}: {said}", "", "", is_away)

    def _never_connected(self, error: DBAPIError) -> bool:
        """Whether there was no statement yet: the driver failed while it connected."""
        return isinstance(error, OperationalError | InterfaceError) and error.statement is None
