"""Guaranteed delivery under kill -9: a server, or its PostgreSQL, is killed at random moments under load."""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.measure import table
from tests.server.conftest import new_database
from tests.server.pubsub.account import Account
from tests.server.pubsub.siege import Siege
from tests.services.postgresql import PostgreSQL

_HEAD = (
    "killed", "kills", "answered", "told of it", "delivered again", "lost", "out of order", "wrong count", "twice",
    "other faults", "seconds",
)  # fmt: skip


def measure(kills: int) -> str:
    """The three at the same time; what was lost, out of order, or delivered twice.

    Raises:
        RuntimeError: anything was.
    """
    killed: dict[str, Callable[[int], Account]] = {
        "a server with SQLite": _server_on_sqlite,
        "a server with PostgreSQL": _server_on_postgresql,
        "PostgreSQL itself": _postgresql,
    }
    with ThreadPoolExecutor(len(killed)) as pool:
        found = dict(zip(killed, pool.map(lambda kill: _timed(kill, kills), killed.values()), strict=True))
    text = table(_HEAD, [_row(name, *each) for name, each in found.items()])
    faults = {name: account.faults for name, (account, _) in found.items() if account.faults}
    if faults:
        raise RuntimeError(f"{text}\n\n{faults}")
    return text


def _timed(kill: Callable[[int], Account], kills: int) -> tuple[Account, float]:
    started = time.monotonic()
    return kill(kills), time.monotonic() - started


def _row(name: str, account: Account, seconds: float) -> tuple[str, ...]:
    counts = (account.kills, account.answered, account.told, account.again)
    faults = (account.lost, account.disorder, account.dishonest, account.twice, account.surprises)
    counted = (each if isinstance(each, int) else len(each) for each in (*counts, *faults))
    return (name, *(f"{each:,}" for each in counted), f"{seconds:.0f}")


def _server_on_sqlite(kills: int) -> Account:
    return _servers("", kills)


def _server_on_postgresql(kills: int) -> Account:
    service = PostgreSQL(is_durable=True)
    try:
        [account] = [_servers(url, kills) for url in new_database(service.url)]
    finally:
        service.stop()
    return account


def _servers(url: str, kills: int) -> Account:
    with tempfile.TemporaryDirectory() as directory, Siege(Path(directory), url, kills) as siege:
        for _ in range(kills):
            siege.kill_server()
        return siege.finish()


def _postgresql(kills: int) -> Account:
    service = PostgreSQL(is_durable=True)
    try:
        [account] = [_databases(service, url, kills) for url in new_database(service.url)]
    finally:
        service.stop()
    return account


def _databases(service: PostgreSQL, url: str, kills: int) -> Account:
    with tempfile.TemporaryDirectory() as directory, Siege(Path(directory), url, kills, server_stays=True) as siege:
        for _ in range(kills):
            siege.kill_database(service)
        return siege.finish()
