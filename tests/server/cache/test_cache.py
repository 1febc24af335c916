"""Tests of apitest_server.cache.cache and caches."""

from threading import Barrier, Thread

import pytest

from apitest_server.cache.cache import Cache
from apitest_server.cache.caches import Caches
from apitest_server.errors import Conflict, NotFound


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def cache(clock: Clock) -> Cache:
    """Three entries: two for ever, one for ten seconds."""
    made = Cache("test", clock=clock)
    made.set("user:1", "a")
    made.set("user:2", "b", 10)
    made.set("order:1", "c")
    return made


def test_values_are_what_was_written(cache: Cache) -> None:
    """Where there is nothing the default is given, and None is a value."""
    cache.set("nothing", None)
    assert (cache.get("user:1"), cache.get("x", 5), cache.get("nothing", 5)) == ("a", 5, None)
    assert ("user:1" in cache, "x" in cache, len(cache)) == (True, False, 4)
    assert (cache.delete("user:1"), cache.delete("user:1")) == (True, False)


def test_a_value_can_be_written_only_where_there_is_none_or_one(cache: Cache, clock: Clock) -> None:
    """An entry whose time is over is none, None is a value, and what is refused changes nothing."""
    told: list[str] = []
    cache.changed = lambda _, change: told.append(change.key)
    assert (cache.add("user:2", "x"), cache.replace("new", "x")) == (False, False)
    assert (cache.get("user:2"), cache.get("new"), told) == ("b", None, [])
    assert (cache.add("new", None, 5), cache.add("new", "x"), cache.replace("user:2", "y", 5)) == (True, False, True)
    assert (cache.get("new", 1), cache.get("user:2"), told) == (None, "y", ["new", "user:2"])
    clock.now += 5
    assert (cache.replace("user:2", "z"), cache.add("new", "z")) == (False, True)


def test_an_entry_is_over_after_its_time(cache: Cache, clock: Clock) -> None:
    """The clock decides."""
    clock.now += 10
    assert cache.keys() == ["user:1", "order:1"]
    assert cache.expire("user:1", 1)
    clock.now += 1
    assert cache.get("user:1") is None


@pytest.mark.parametrize("expiry", [-1, float("inf"), float("nan")])
def test_a_time_that_is_none_is_an_error(cache: Cache, expiry: float) -> None:
    """For writing and for expiry."""
    with pytest.raises(ValueError, match="number of seconds, 0 or more"):
        cache.set("x", 1, expiry)
    with pytest.raises(ValueError, match="number of seconds, 0 or more"):
        cache.expire("x", expiry)


def test_several_entries_at_once(cache: Cache, clock: Clock) -> None:
    """Read, written, timed and deleted by what their keys are like."""
    assert cache.get_by(prefix="user:") == {"user:1": "a", "user:2": "b"}
    assert cache.set_by("z", 0, suffix=":1") == ["order:1", "user:1"]
    assert cache.expire_by(5, contains="order") == ["order:1"]
    clock.now += 5
    assert cache.delete_by(regex="^user") == ["user:2", "user:1"]
    assert cache.keys() == []


def test_one_criterion_at_a_time(cache: Cache) -> None:
    """Two of them are refused rather than combined in one way or another."""
    with pytest.raises(ValueError, match="not prefix and suffix"):
        cache.get_by(prefix="a", suffix="b")


def test_details_do_not_count_as_use(cache: Cache, clock: Clock) -> None:
    """What is known of an entry, and how long it has."""
    clock.now += 4
    assert cache.details("user:2") == {
        "key": "user:2",
        "value": "b",
        "expiry": 10,
        "expires_in": 6.0,
        "age": 4.0,
        "hits": 0,
    }
    assert cache.details("x") is None
    assert [row["key"] for row in cache.list_entries(prefix="order")] == ["order:1"]
    assert cache.list_entries()[0]["expires_in"] is None


def test_statistics(cache: Cache) -> None:
    """The ratio is of reads; clear starts anew."""
    assert cache.statistics()["hit_ratio"] == 0.0
    cache.get("user:1")
    cache.get("nope")
    found = cache.statistics()
    assert (found["name"], found["size"], found["hits"], found["misses"], found["hit_ratio"]) == ("test", 3, 1, 1, 0.5)
    assert cache.clear() == 3
    assert cache.statistics()["hits"] == 0


def test_settings_can_be_changed(cache: Cache, clock: Clock) -> None:
    """The entries stay as far as there is room."""
    cache.configure(2, True, True)
    assert cache.keys() == ["user:2", "order:1"]
    clock.now += 9
    cache.get("user:2")
    clock.now += 9
    assert cache.get("user:2") == "b"


def test_threads_share_a_cache() -> None:
    """Nothing is lost or counted twice, and the size holds."""
    cache, barrier = Cache("shared", 100), Barrier(4)

    def work(number: int) -> None:
        barrier.wait()
        for index in range(300):
            cache.set(f"{number}:{index}", index)
            cache.get(f"{number}:{index}")
            cache.delete_by(prefix=f"{number}:{index - 5}")

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = cache.statistics()
    assert found["sets"] == 1200
    assert found["sets"] == found["size"] + found["deletes"] + found["evicted"]


def test_a_server_has_one_cache_and_as_many_as_are_made() -> None:
    """The default one is there; others are made, renamed and removed."""
    caches = Caches()
    caches.set("a", 1)
    assert caches.default.get("a") == caches.named("default").get("a") == caches.named("").get("a") == 1
    made = caches.create("customers", 5)
    assert caches.get_cache("builtin", "customers") is made
    made.set("b", 2)
    caches.rename("customers", "clients")
    assert caches.named("clients").get("b") == 2
    assert caches.names() == ["clients", "default"]
    caches.remove("clients")
    caches.remove("default")
    assert caches.names() == ["default"]


def test_names_of_caches_are_unique_and_known() -> None:
    """Errors name the cache and what is like it."""
    caches = Caches()
    caches.create("customers")
    caches.create("clients")
    with pytest.raises(Conflict, match="`customers` exists already"):
        caches.create("customers")
    with pytest.raises(Conflict, match="`customers` exists already"):
        caches.rename("clients", "customers")
    with pytest.raises(NotFound, match="did you mean `customers`"):
        caches.named("customer")
    with pytest.raises(NotFound, match=r"`xyz`$"):
        caches.named("xyz")
    with pytest.raises(NotFound, match="there are `builtin`, `memcached`"):
        caches.get_cache("redis", "x")
