"""Tests of apitest_server.cache.shared: two servers in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.cache.caches import Caches
from apitest_server.cache.shared import SharedCaches
from apitest_server.cluster.bus import Bus
from apitest_server.cluster.objects import SharedObjects
from apitest_server.odb import ODB
from apitest_server.odb.live import LiveObjects
from tests.server.cluster.waiting import until


class Member:
    """A server, as far as caches are concerned; its clock stands still."""

    def __init__(self, odb: ODB) -> None:
        self.now = 0.0
        self.bus = Bus(odb, "s", "http://s")
        self.objects = SharedObjects(self.bus, odb, LiveObjects())
        self.caches = Caches(lambda: self.now)
        SharedCaches(self.caches, self.bus, self.objects)
        self.caches.create("named")
        self.bus.start()

    def close(self) -> None:
        self.bus.close()
        self.objects.close()


@pytest.fixture
def members(tmp_path: Path) -> Iterator[tuple[Member, Member]]:
    odb = ODB("", tmp_path)
    odb.load()
    one, two = Member(odb), Member(odb)
    until(lambda: one.bus.has_peers and two.bus.has_peers)
    yield one, two
    for member in (one, two):
        member.close()
    odb.close()


def settled(one: Member, two: Member) -> None:
    """Waits until what each has told was done on the other."""
    for here, there in ((one, two), (two, one)):
        here.caches.set("settled", id(here))
        until(lambda here=here, there=there: there.caches.get("settled") == id(here))


def test_what_is_set_on_one_server_is_set_on_the_other(members: tuple[Member, Member]) -> None:
    """In the default cache and in named ones, with the time that it lives."""
    one, two = members
    one.caches.set("k", {"a": [1, None, "ü", 1.5]}, 10)
    two.caches.named("named").set("k", "v")
    until(lambda: two.caches.get("k") == {"a": [1, None, "ü", 1.5]} and one.caches.named("named").get("k") == "v")
    two.now = 10.0
    assert two.caches.get("k") is None
    assert one.caches.get("k") is not None


def test_what_is_deleted_or_timed_on_one_server_is_so_on_the_other(members: tuple[Member, Member]) -> None:
    """One by one, several at once, and all."""
    one, two = members
    for number in range(5):
        one.caches.set(f"k{number}", number)
    settled(one, two)
    assert two.caches.delete("k0")
    two.caches.delete_by(prefix="k1")
    assert two.caches.expire("k2", 5)
    settled(one, two)
    one.now = 5.0
    assert sorted(one.caches.keys(prefix="k")) == ["k3", "k4"]
    two.caches.clear()
    until(lambda: len(one.caches) == 0)


def test_what_cannot_travel_is_an_old_value_to_nobody(members: tuple[Member, Member]) -> None:
    """It stays where it was set; the others have no entry."""
    one, two = members
    for value in (object(), (1, 2), "x" * 2_000_000, "\ud800"):
        one.caches.set("k", 1)
        until(lambda: two.caches.get("k") == 1)
        one.caches.set("k", value)
        until(lambda: "k" not in two.caches)
        assert one.caches.get("k") is value


def test_all_servers_end_up_with_the_same_value(members: tuple[Member, Member]) -> None:
    """Whoever writes at the same time."""
    one, two = members
    for number in range(300):
        one.caches.set(f"k{number % 7}", f"one {number}")
        two.caches.set(f"k{number % 7}", f"two {number}")
    settled(one, two)
    settled(one, two)
    assert one.caches.get_by(prefix="k") == two.caches.get_by(prefix="k")


def test_a_cache_that_another_server_does_not_have_is_its_own(members: tuple[Member, Member]) -> None:
    """Nothing is told of it that would matter."""
    one, two = members
    one.caches.create("mine").set("k", 1)
    settled(one, two)
    assert two.caches.names() == ["default", "named"]


def test_after_messages_were_lost_caches_are_empty(members: tuple[Member, Member]) -> None:
    """An old value would be worse than none; a server that comes takes nothing away from others."""
    one, two = members
    one.caches.set("k", 1)
    settled(one, two)
    one.bus._station._count += 1
    one.caches.named("named").set("after", 1)
    until(lambda: "k" not in two.caches)
    assert one.caches.get("k") == 1
