"""Guaranteed delivery of whole servers: killed, with a database that is killed, on a full disk, they lose nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.server.conftest import new_database
from tests.server.pubsub import disks
from tests.server.pubsub.siege import Siege
from tests.services.postgresql import PostgreSQL

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]
KILLS = 3
DatabaseDisk = Callable[[PostgreSQL], AbstractContextManager[tuple[disks.Disk, str]]]


@contextmanager
def own_database() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of these tests' own, which waits for the disk."""
    service = PostgreSQL(is_durable=True)
    try:
        yield service
    finally:
        service.stop()


@pytest.fixture(scope="module")
def database() -> Iterator[PostgreSQL]:
    """One for all tests that leave it as it is."""
    with own_database() as service:
        yield service


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Of a database that nothing is in."""
    if request.param == "sqlite":
        yield ""
    else:
        yield from new_database(request.getfixturevalue("database").url)


def test_a_server_is_killed_and_started_again(url: str, tmp_path: Path) -> None:
    """All that was answered arrives, in order for its priority, with an honest count; nothing after its end on disk."""
    with Siege(tmp_path, url, 1) as siege:
        for _ in range(KILLS):
            siege.kill_server()
        account = siege.finish()
    assert account.answered
    assert account.done
    assert account.faults == {}


@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_the_database_is_killed_and_started_again(database: PostgreSQL, url: str, tmp_path: Path) -> None:
    """Publishers are told; the server goes on by itself, and delivers nothing again that it knows to have arrived."""
    with Siege(tmp_path, url, 1, server_stays=True) as siege:
        for _ in range(KILLS):
            siege.kill_database(database)
        account = siege.finish()
    assert account.answered
    assert len(account.told) >= KILLS
    assert account.faults == {}


@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_the_database_of_two_servers_is_killed_and_started_again(
    database: PostgreSQL, url: str, tmp_path: Path
) -> None:
    """The same, whichever of them took a message, and whichever the subscriber comes back to."""
    with Siege(tmp_path, url, 1, server_stays=True, are_two=True) as siege:
        for _ in range(KILLS):
            siege.kill_database(database)
        account = siege.finish()
    assert account.answered
    assert len(account.told) >= KILLS
    assert account.faults == {}


def test_one_of_two_servers_is_killed_and_started_again(url: str, tmp_path: Path) -> None:
    """What it had taken, the other one delivers; nothing that was answered is lost, and the order stays."""
    with Siege(tmp_path, url, 1, are_two=True) as siege:
        for _ in range(KILLS):
            siege.kill_server()
        account = siege.finish()
    assert account.answered
    assert account.faults == {}


@pytest.mark.parametrize("kind", disks.kinds())
def test_the_disk_is_full_for_a_while(kind: str, tmp_path: Path) -> None:
    """Publishers are told, and nothing is lost that one got an answer for; then the server goes on by itself."""
    with ExitStack() as stack:
        filesystem = None if kind == "limit" else stack.enter_context(disks.mounted(tmp_path))
        siege = stack.enter_context(Siege(tmp_path, "", 1, server_stays=True))
        for _ in range(2):
            siege.fill(filesystem or disks.Limit(lambda: siege.process_id))
        account = siege.finish()
    assert account.answered
    assert account.told
    assert account.faults == {}


@pytest.mark.postgresql
@pytest.mark.skipif("file system" not in disks.kinds(), reason="only root can have a small file system")
@pytest.mark.parametrize("kind", [disks.of_tables, disks.of_log])
def test_the_disk_of_the_database_is_full_for_a_while(kind: DatabaseDisk, tmp_path: Path) -> None:
    """Publishers of both servers are told, and nothing is lost, also where the database gives up on a full log."""
    with own_database() as database, kind(database) as (disk, tablespace):
        for url in new_database(database.url, tablespace):
            with Siege(tmp_path, url, 1, server_stays=True, are_two=True) as siege:
                for _ in range(2):
                    siege.fill(disk)
                account = siege.finish()
    assert account.answered
    assert account.told
    assert account.faults == {}
