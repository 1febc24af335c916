"""SQLAlchemy's engine for the ODB: the settings of SQLite, and transactions that begin as writers where they write."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from apitest_server.odb.location import Location

WRITES = "apitest_writes"  # The execution option of connections that will write


def engine(where: Location, is_over: Callable[[], bool]) -> Engine:
    """An engine, not connected yet.

    Args:
        where: its database.
        is_over: whether connections that come back are closed: the pool that they came from is gone.
    """
    if where.path is None:
        made = create_engine(where.sqlalchemy_url, pool_pre_ping=True, hide_parameters=True)
    else:
        made = create_engine(where.sqlalchemy_url, connect_args={"timeout": 10}, hide_parameters=True)
        event.listen(made, "connect", _settings)
        event.listen(made, "begin", _begin)

    def came_back(_: object, record: ConnectionPoolEntry) -> None:
        if is_over():
            record.invalidate()

    event.listen(made, "checkin", came_back)
    return made


def _settings(connection: Any, _: Any) -> None:
    # The driver's own idea of when a transaction begins leaves DDL outside of it.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes then could not go on if another one had written meanwhile.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
