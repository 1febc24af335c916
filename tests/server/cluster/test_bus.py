"""Tests of apitest_server.cluster.bus, on both databases: the servers are in this process."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from apitest_server.cluster.bus import Bus
from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import ODB
from apitest_server.odb.driver import Driver
from tests.server.cluster.waiting import until


class Server:
    def __init__(self, odb: ODB, name: str) -> None:
        self.bus = Bus(odb, name, f"http://{name}")
        self.came: list[Any] = []
        self.missed: list[None] = []
        self.gone: list[str] = []
        self.forgotten: list[None] = []
        self.bus.hear("news", self.came.append)
        self.bus.missed(lambda: self.missed.append(None))
        self.bus.gone(self.gone.append)
        self.bus.forgotten(lambda: self.forgotten.append(None))
        self.bus.start()

    def knows(self, *others: "Server") -> bool:
        return {run.id for run in self.bus.peers()} == {other.bus.run_id for other in others}


@pytest.fixture
def servers(odb: ODB, odb_url: str, tmp_path: Path) -> Iterator[list[Server]]:
    """Two that know each other."""
    odbs = [odb, ODB(odb_url, tmp_path)]
    made = [Server(odb, f"s{number}") for number, odb in enumerate(odbs)]
    until(lambda: made[0].knows(made[1]) and made[1].knows(made[0]))
    yield made
    for server in made:
        server.bus.close()


def test_what_one_tells_the_others_hear(servers: list[Server]) -> None:
    """In order, however long it is; the teller does not, and other subjects do not matter."""
    one, two = servers
    one.bus.tell("other", {})
    for number in range(50):
        one.bus.tell("news", {"number": number})
    one.bus.tell("news", {"long": "x" * 100_000})
    until(lambda: len(two.came) == 51)
    assert two.came == [*({"number": number} for number in range(50)), {"long": "x" * 100_000}]
    assert one.came == []
    two.bus.tell("news", {"ü": [1, None]})
    assert until(lambda: one.came) == [{"ü": [1, None]}]


def test_who_is_there_is_known(servers: list[Server]) -> None:
    """By name and address; who comes is told of it that something may have been missed, and who ends is gone."""
    one, two = servers
    assert [(run.server, run.address) for run in one.bus.peers()] == [("s1", "http://s1")]
    assert one.bus.peer(two.bus.run_id) == one.bus.peers()[0]
    until(lambda: one.missed or two.missed)
    two.bus.close()
    assert until(lambda: one.gone) == [two.bus.run_id]
    assert (one.bus.peers(), one.bus.peer(two.bus.run_id)) == ([], None)
    one.bus.tell("news", {"to": "nobody"})


def test_a_server_that_others_took_for_dead_comes_back(servers: list[Server], odb: ODB) -> None:
    """It is told that it was forgotten, and others hear of it as before."""
    one, two = servers
    with closing(Driver(odb.where)) as driver:
        driver.execute("DELETE FROM server_runs WHERE id = ?", two.bus.run_id)
    two.bus.enrol()
    until(lambda: two.forgotten)
    two.bus.tell("news", {"alive": True})
    assert until(lambda: one.came) == [{"alive": True}]


def test_messages_that_are_missing_are_noticed(servers: list[Server], monkeypatch: pytest.MonkeyPatch) -> None:
    """By the next one that comes."""
    one, two = servers
    until(lambda: one.missed or two.missed)
    before = len(two.missed)
    one.bus._station._count += 1
    one.bus.tell("news", {})
    until(lambda: two.came)
    assert len(two.missed) > before


def test_an_odb_that_is_away_is_told(tmp_path: Path) -> None:
    """As something that may be there again."""
    with pytest.raises(ServiceUnavailable, match="cannot be reached"):
        Bus(ODB("", tmp_path), "s", "http://s").enrol()


def test_a_server_that_is_alone_encrypts_nothing(odb: ODB) -> None:
    """It only says that it is there."""
    bus = Bus(odb, "alone", "http://alone")
    bus.start()
    until(lambda: bus.is_up)
    bus.tell("news", {})
    bus.close()
    assert "_fernet" not in vars(odb.key)
    with closing(Driver(odb.where)) as driver:
        assert driver.execute("SELECT id FROM server_runs") == []
