"""What a start needs of the ODB, through its driver alone: SQLAlchemy and Alembic take longer to load than a start."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from apitest_server.errors import StartError
from apitest_server.odb.location import Location

HEAD = "0004"  # The newest migration; a test compares it with those that there are
_OBJECTS = "SELECT id, kind, name, fields, secrets FROM objects {} ORDER BY id"
_TABLE = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'",
    "postgresql": "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL",
}


def read(where: Location, prefix: str = "") -> list[tuple[Any, ...]] | None:
    """The rows of objects (id, kind, name, fields, secrets); ``None`` if the schema is not today's.

    Args:
        where: the ODB.
        prefix: what the kinds of the objects begin with, in small letters and dots; empty for all.

    Raises:
        StartError: the ODB cannot be reached, or is not an ODB.
    """
    if where.path is not None and not where.path.exists():
        return None
    with _connection(where) as connection:
        cursor = connection.cursor()
        if _version(cursor, "sqlite" if where.path else "postgresql") != HEAD:
            return None
        cursor.execute(_OBJECTS.format(f"WHERE kind LIKE '{prefix}%'" if prefix else ""))
        return list(cursor.fetchall())


def unreachable(where: Location, error: Exception) -> StartError:
    """The error for an ODB that a driver has trouble with; only the first line of what it says."""
    return StartError(
        f"The ODB cannot be used: {where.told(error)}",
        str(where),
        "Check that the database is there, and `url` in the section [odb] of server.conf",
    )


def _version(cursor: Any, dialect: str) -> str | None:
    cursor.execute(_TABLE[dialect])
    if cursor.fetchone() is None:
        return None
    cursor.execute("SELECT version_num FROM alembic_version")
    row = cursor.fetchone()
    return row[0] if row else None


@contextmanager
def _connection(where: Location) -> Iterator[Any]:
    if where.path is not None:
        import sqlite3

        problem: type[Exception] = sqlite3.Error
    else:
        try:
            import psycopg
        except ImportError as error:
            raise _no_driver(where, error) from None
        problem = psycopg.Error
    try:
        opened = (
            sqlite3.connect(f"{where.path.absolute().as_uri()}?mode=rw", uri=True, timeout=10)
            if where.path is not None
            else psycopg.connect(where.url, connect_timeout=10)
        )
        with closing(opened):
            yield opened
    except problem as error:
        raise unreachable(where, error) from None


def _no_driver(where: Location, error: Exception) -> StartError:
    return StartError(
        f"The driver for PostgreSQL is missing: {error}", str(where), "Install it with: pip install apitest[postgresql]"
    )
