"""Guaranteed delivery under kill -9: a server is killed at random moments while it takes and delivers messages."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apitest_server.odb import ODB
from benchmarks.measure import table
from tests.server.conftest import new_database
from tests.server.pubsub.kills import Account, Rounds
from tests.services.postgresql import PostgreSQL

_HEAD = ("", "kills", "answered", "delivered again", "lost", "out of order", "wrong count", "twice", "seconds")


def measure(kills: int) -> str:
    """Kills a server on each database, and counts what was lost, out of order, or delivered twice."""
    rows = [_row("SQLite", "", kills)]
    with _postgresql() as url:
        rows.append(_row("PostgreSQL", url, kills))
    return table(_HEAD, rows)


@contextmanager
def _postgresql() -> Iterator[str]:
    service = PostgreSQL()
    try:
        yield from new_database(service.environment()["APITEST_POSTGRESQL_URL"])
    finally:
        service.stop()


def _row(name: str, url: str, kills: int) -> tuple[str, ...]:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as directory:
        account = _killed(url, Path(directory), kills)
    figures = (kills, account.answered, account.again, account.lost, account.disorder, account.dishonest, account.twice)
    counted = (each if isinstance(each, int) else len(each) for each in figures)
    return (name, *(f"{each:,}" for each in counted), f"{time.monotonic() - started:.0f}")


def _killed(url: str, directory: Path, kills: int) -> Account:
    odb = ODB(url, directory)
    odb.load()
    try:
        rounds = Rounds(odb, url, directory, kills)
        for _ in range(kills):
            rounds.kill()
        return rounds.finish(600)
    finally:
        odb.close()
