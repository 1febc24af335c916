"""Tests of apitest_server.cluster.objects, on both databases: two servers in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.cluster.bus import Bus
from apitest_server.cluster.objects import SharedObjects
from apitest_server.errors import StartError
from apitest_server.odb import ODB, StoredObject
from apitest_server.odb.driver import Driver
from apitest_server.odb.live import Each, LiveObjects
from apitest_server.odb.rows import Draft, Objects
from tests.server.cluster.waiting import until


class Names(Each):
    def __init__(self) -> None:
        self.names: dict[int, str] = {}

    def put(self, item: StoredObject) -> None:
        self.names = {**self.names, item.id: item.name}

    def remove(self, item: StoredObject) -> None:
        self.names = {number: name for number, name in self.names.items() if number != item.id}


class Member:
    """A server of the ODB, as far as objects are concerned."""

    def __init__(self, odb: ODB, is_heard: bool = True) -> None:
        self.odb = odb
        self.kept = Names()
        self.live = LiveObjects()
        self.live.register({"k": lambda: self.kept})
        self.bus = Bus(odb, "s", "http://s")
        self.shared = SharedObjects(self.bus, odb, self.live)
        self.live.load(odb.load())
        if is_heard:
            self.bus.start()

    def add(self, name: str) -> StoredObject:
        with self.odb.changing:
            with self.odb.writing() as session:
                item = Objects(session, self.odb.key.open).add(Draft("k", "Thing", "k", name, {}))
            self.live.put(item)
        return item

    def remove(self, item: StoredObject) -> None:
        with self.odb.changing:
            with self.odb.writing() as session:
                Objects(session, self.odb.key.open).remove("k", "Thing", item.id)
            self.live.remove(item)

    def close(self) -> None:
        self.bus.close()
        self.shared.close()


@pytest.fixture
def members(odb: ODB, odb_url: str, tmp_path: Path) -> Iterator[list[Member]]:
    other = ODB(odb_url, tmp_path)
    made = [Member(odb), Member(other)]
    until(lambda: all(member.bus.peers() for member in made))
    until(lambda: all(member.shared.are_current for member in made))
    yield made
    for member in made:
        member.close()
    other.close()


def test_what_one_server_changes_takes_effect_on_the_other(members: list[Member]) -> None:
    """In both directions: created, deleted."""
    one, two = members
    item = one.add("a")
    until(lambda: two.kept.names == {item.id: "a"})
    two.remove(item)
    until(lambda: one.kept.names == {})


def test_many_changes_end_up_the_same_everywhere(members: list[Member]) -> None:
    """Whoever made them, and however fast they came."""
    one, two = members
    for number in range(150):
        members[number % 2].add(f"{number}")
    until(lambda: len(one.kept.names) == len(two.kept.names) == 150)
    assert one.kept.names == two.kept.names


def test_what_was_changed_before_a_server_came_is_known_to_it(odb: ODB, odb_url: str, tmp_path: Path) -> None:
    """Also if that was after it had read the ODB."""
    one, other = Member(odb), ODB(odb_url, tmp_path)
    two = Member(other)
    item = one.add("a")
    until(lambda: two.kept.names == {item.id: "a"})
    for member in (one, two):
        member.close()
    other.close()


def test_what_a_server_changed_before_it_was_heard_is_known_to_others(odb: ODB, odb_url: str, tmp_path: Path) -> None:
    """They read it once it is."""
    one, other = Member(odb, is_heard=False), ODB(odb_url, tmp_path)
    two = Member(other)
    until(lambda: two.bus.is_up)
    item = one.add("a")
    one.bus.start()
    until(lambda: two.kept.names == {item.id: "a"})
    for member in (one, two):
        member.close()
    other.close()


def test_an_odb_that_cannot_be_read_is_read_once_it_can_be(
    members: list[Member], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Until then nothing is said to be current."""
    one, two = members
    failures, seen = [StartError("It is away")] * 2, []
    stored, monkey = two.odb.stored, "apitest_server.cluster.objects._AGAIN"
    monkeypatch.setattr(monkey, 0.001)

    def sometimes(driver: Driver, numbers: set[int] | None = None) -> list[StoredObject]:
        seen.append(two.shared.are_current)
        if failures:
            raise failures.pop()
        return stored(driver, numbers)

    monkeypatch.setattr(two.odb, "stored", sometimes)
    item = one.add("a")
    until(lambda: two.kept.names == {item.id: "a"})
    assert (set(seen), "cannot be read: It is away" in caplog.text) == ({False}, True)
