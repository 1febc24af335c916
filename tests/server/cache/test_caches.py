import pytest

from apitest_server.cache.caches import Caches
from apitest_server.errors import ComponentMissing, Conflict, NotFound


@pytest.fixture
def caches() -> Caches:
    """The default cache and one called customers, with an entry in each."""
    caches = Caches(lambda: 0.0)
    caches.set("a", 1)
    caches.create("customers").set("a", 2)
    return caches


def test_caches_do_not_share_entries(caches: Caches) -> None:
    """The default one is the object itself."""
    assert caches.names() == ["customers", "default"]
    assert caches.default is caches is caches.named()
    assert (caches.get("a"), caches.named("customers").get("a")) == (1, 2)
    assert caches.get_cache("builtin", "customers") is caches.named("customers")


def test_an_unknown_name_is_told_with_what_is_alike(caches: Caches) -> None:
    """Where there is something like it."""
    with pytest.raises(NotFound, match="did you mean `customers`"):
        caches.named("customer")
    with pytest.raises(NotFound, match=r"^No such cache: `x`$"):
        caches.named("x")
    with pytest.raises(NotFound, match="No such kind of cache: `redis`; there are `builtin`, `memcached`"):
        caches.get_cache("redis", "customers")
    with pytest.raises(ComponentMissing, match="There is no Memcached cache `customers`"):
        caches.get_cache("memcached", "customers")


def test_names_are_taken_once(caches: Caches) -> None:
    """By a new cache, and by one that gets another name."""
    with pytest.raises(Conflict):
        caches.create("customers")
    with pytest.raises(Conflict):
        caches.rename("customers", "default")


def test_entries_stay_when_a_cache_gets_another_name(caches: Caches) -> None:
    """The old name is free again."""
    caches.rename("customers", "people")
    assert caches.named("people").get("a") == 2
    assert caches.named("people").name == "people"
    assert caches.create("customers").get("a") is None


def test_a_removed_cache_is_gone_and_the_default_one_stays(caches: Caches) -> None:
    """Removing one that is not there is not an error."""
    for name in ("customers", "customers", "default"):
        caches.remove(name)
    assert caches.names() == ["default"]
    assert caches.get("a") == 1
