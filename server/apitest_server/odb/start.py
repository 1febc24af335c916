"""What a start needs of the ODB: its objects, if its schema is today's."""

from collections.abc import Collection
from contextlib import closing
from typing import Any, NamedTuple

from apitest_server.odb.driver import Driver
from apitest_server.odb.location import Location

HEAD = "0014"  # The newest migration; a test compares it with those that there are
_OBJECTS = "SELECT id, kind, name, fields, secrets FROM objects {} ORDER BY id"
_TABLE = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'",
    "postgresql": "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL",
}


class Read(NamedTuple):
    """What was read.

    Attributes:
        rows: of objects: id, kind, name, fields, secrets.
        mark: of the key that the ODB belongs to; empty where that is not known yet.
    """

    rows: list[tuple[Any, ...]]
    mark: str


def read(where: Location, prefix: str = "") -> Read | None:
    """The objects; ``None`` if the schema is not today's.

    Args:
        where: the ODB.
        prefix: what the kinds of the objects begin with; empty for all.

    Raises:
        StartError: the ODB cannot be reached, or is not an ODB.
    """
    if where.path is not None and not where.path.exists():
        return None
    with closing(Driver(where)) as driver:
        return read_over(driver, prefix)


def read_over(driver: Driver, prefix: str = "", numbers: Collection[int] | None = None) -> Read | None:
    """The objects, or those with some IDs, over a connection; ``None`` if the schema is not today's.

    Raises:
        StartError: the ODB cannot be reached, or is not an ODB.
    """
    if _version(driver) != HEAD:
        return None
    conditions = ["kind LIKE ?"] if prefix else []
    if numbers is not None:
        conditions.append(f"id IN ({', '.join('?' * len(numbers)) or 'NULL'})")
    where_clause = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    values = (*([f"{prefix}%"] if prefix else []), *(numbers or ()))
    marks = driver.execute("SELECT value FROM odb_facts WHERE name = 'key'")
    return Read(driver.execute(_OBJECTS.format(where_clause), *values), str(marks[0][0]) if marks else "")


def sign(where: Location, mark: str, anew: bool = False) -> None:
    """Writes down which key the ODB belongs to, unless that is known.

    Args:
        where: the ODB.
        mark: of the key.
        anew: whether to do so in any case.

    Raises:
        StartError: the ODB cannot be reached.
    """
    with closing(Driver(where)) as driver:
        if anew:
            driver.execute("DELETE FROM odb_facts WHERE name = 'key'")
        driver.execute("INSERT INTO odb_facts (name, value) VALUES ('key', ?) ON CONFLICT DO NOTHING", mark)


def _version(driver: Driver) -> str | None:
    if not driver.execute(_TABLE[driver.dialect]):
        return None
    rows = driver.execute("SELECT version_num FROM alembic_version")
    return str(rows[0][0]) if rows else None
