"""Ends statements that take longer than they may, each database in its own way."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import inf
from threading import Lock, Timer

from sqlalchemy import Connection


@contextmanager
def cancelled_after(seconds: float, connection: Connection) -> Iterator[None]:
    """A statement that runs within for longer than this is cancelled, and fails as the database tells it.

    Args:
        seconds: infinite for no limit.
        connection: that it runs on.
    """
    if seconds == inf:
        yield
        return
    lock, running = Lock(), True

    def cancel() -> None:
        with lock:  # so that the statement that comes next is left alone
            if running:
                _cancel(connection)

    timer = Timer(seconds, cancel)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            running = False
        timer.cancel()
        timer.join()


def _cancel(connection: Connection) -> None:
    """Cancels what runs; where that cannot be done, it goes on."""
    driver = connection.connection.driver_connection
    by_driver = getattr(driver, "interrupt", None) or getattr(driver, "cancel", None)
    with suppress(Exception):  # whatever a driver raises, nobody waits for it in this thread
        if by_driver is not None:
            by_driver()
        elif connection.dialect.name in ("mysql", "mariadb") and driver is not None:
            with connection.engine.connect() as other:
                other.exec_driver_sql(f"KILL QUERY {int(driver.thread_id())}")
