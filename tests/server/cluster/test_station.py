"""Tests of apitest_server.cluster.station: what becomes of a connection that breaks."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from apitest_server.odb import ODB
from tests.server.cluster.test_bus import Server
from tests.server.cluster.waiting import until
from tests.server.conftest import new_database


@pytest.fixture
def url(postgresql_url: str) -> Iterator[str]:
    yield from new_database(postgresql_url)


@pytest.mark.postgresql
def test_a_connection_that_is_cut_is_opened_again(tmp_path: Path, url: str) -> None:
    """Who was cut off is told that something may have been missed, and hears what is told from then on."""
    odbs = [ODB(url, tmp_path) for _ in range(2)]
    odbs[0].load()
    one, two = servers = [Server(odb, "s") for odb in odbs]
    until(lambda: one.knows(two) and two.knows(one))
    until(lambda: one.missed or two.missed)
    before = len(one.missed), len(two.missed)
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    until(lambda: len(one.missed) > before[0] and len(two.missed) > before[1])
    until(lambda: one.bus.is_up and two.bus.is_up)
    one.bus.tell("news", {"after": 1})
    assert until(lambda: two.came) == [{"after": 1}]
    for server in servers:
        server.bus.close()
    for odb in odbs:
        odb.close()


@pytest.mark.postgresql
def test_a_database_that_was_away_for_long_has_killed_nobody(tmp_path: Path, url: str) -> None:
    """No server could say that it is alive meanwhile: whoever comes back first waits for the others."""
    odbs = [ODB(url, tmp_path) for _ in range(2)]
    odbs[0].load()
    one, two = servers = [Server(odb, "s") for odb in odbs]
    until(lambda: one.knows(two) and two.knows(one))
    until(lambda: one.missed or two.missed)
    before = len(one.missed), len(two.missed)
    with closing(psycopg.connect(url)) as connection:  # What they said last was said long before they are back
        connection.execute("UPDATE server_runs SET seen = 0")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.commit()
    until(lambda: len(one.missed) > before[0] and len(two.missed) > before[1])
    for station in (one.bus._station, two.bus._station):
        station._next_beat = 0.0
    one.bus.tell("news", {"after": 1})
    assert until(lambda: two.came, 30) == [{"after": 1}]
    assert (one.gone, two.gone, one.bus.has_peers, two.bus.has_peers) == ([], [], True, True)
    for server in servers:
        server.bus.close()
    for odb in odbs:
        odb.close()


def test_letters_of_a_server_that_has_ended_are_not_heard(tmp_path: Path) -> None:
    """Whoever kept them and sends them once more is not one of the ODB's servers."""
    odb = ODB("", tmp_path)
    odb.load()
    one, two = Server(odb, "one"), Server(odb, "two")
    until(lambda: one.knows(two) and two.knows(one))
    kept: list[str] = []
    receive = one.bus._station._joiner.take

    def kept_too(part: str) -> str | None:
        kept.append(part)
        return receive(part)

    one.bus._station._joiner.take = kept_too  # type: ignore[method-assign]
    two.bus.tell("news", {"number": 1})
    until(lambda: one.came)
    two.bus.close()
    until(lambda: one.gone)
    three = Server(odb, "three")
    until(lambda: one.knows(three) and three.knows(one))
    for server in (one, three):
        pipe = tmp_path / "odb.sqlite-servers" / f"{server.bus.run_id}.pipe"
        with pipe.open("w") as file:
            file.writelines(part + "\n" for part in kept)
    three.bus.tell("news", {"number": 2})
    one.bus.tell("news", {"number": 3})
    until(lambda: {"number": 2} in one.came and {"number": 3} in three.came)
    assert (one.came, three.came) == ([{"number": 1}, {"number": 2}], [{"number": 3}])
    for server in (one, three):
        server.bus.close()
    odb.close()
