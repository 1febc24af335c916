"""Figures in the ODB, through its driver alone: a server that stores them each minute need not load SQLAlchemy."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import msgspec

from apitest_server.errors import Conflict, ServiceUnavailable, StartError
from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver
from apitest_server.statistics.collector import Row

_OF = "FROM service_statistics WHERE server = ?"
_STORE = """
INSERT INTO service_statistics (server, service, period, number, figures) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (server, service, period, number) DO UPDATE SET figures = excluded.figures
"""


def read(odb: ODB, server: str) -> list[Row]:
    """All figures of a server.

    Raises:
        ServiceUnavailable: the ODB cannot be reached.
    """
    with _driver(odb) as driver:
        found = driver.execute(f"SELECT service, period, number, figures {_OF}", server)
    return [Row(service, period, number, _decoded(figures)) for service, period, number, figures in found]


def write(odb: ODB, server: str, rows: Iterable[Row], old: Collection[tuple[str, int]]) -> None:
    """Puts figures in the place of earlier ones, and deletes the old ones; all of it, or nothing.

    Args:
        odb: where they are.
        server: whose.
        rows: the figures.
        old: of periods, the last numbers that are old.

    Raises:
        ServiceUnavailable: the ODB cannot be reached.
    """
    values = [(server, *row[:3], msgspec.json.encode(row.figures).decode()) for row in rows]
    gone = [(server, *each) for each in old]
    with _driver(odb) as driver, driver.transaction():
        driver.execute_each(_STORE, values)
        driver.execute_each(f"DELETE {_OF} AND period = ? AND number <= ?", gone)


def forget(odb: ODB, server: str, services: Iterable[str]) -> None:
    """Deletes all figures of services.

    Raises:
        ServiceUnavailable: the ODB cannot be reached.
    """
    gone = [(server, name) for name in services]
    with _driver(odb) as driver, driver.transaction():
        driver.execute_each(f"DELETE {_OF} AND service = ?", gone)


def forget_periods(odb: ODB, server: str, periods: Iterable[tuple[str, str, int]]) -> None:
    """Deletes the figures of periods: service, name of the period, number.

    Raises:
        ServiceUnavailable: the ODB cannot be reached.
    """
    gone = [(server, *each) for each in periods]
    with _driver(odb) as driver, driver.transaction():
        driver.execute_each(f"DELETE {_OF} AND service = ? AND period = ? AND number = ?", gone)


def rename(odb: ODB, server: str, name: str) -> None:
    """Gives the figures of a server to one of another name.

    Raises:
        Conflict: there are figures of another server of that name.
        ServiceUnavailable: the ODB cannot be reached.
    """
    with _driver(odb) as driver, driver.transaction():
        if driver.execute(f"SELECT 1 {_OF} LIMIT 1", name):
            raise Conflict(f"There are statistics of another server that is called `{name}`")
        driver.execute("UPDATE service_statistics SET server = ? WHERE server = ?", name, server)


@contextmanager
def _driver(odb: ODB) -> Iterator[Driver]:
    try:
        with closing(Driver(odb.where)) as driver:
            yield driver
    except StartError:
        raise ServiceUnavailable("The server's database cannot be reached") from None


def _decoded(figures: Any) -> dict[str, Any]:
    """SQLite has JSON as text; the driver of PostgreSQL decodes it."""
    found: dict[str, Any] = msgspec.json.decode(figures) if isinstance(figures, str) else figures
    return found
