"""Tests of apitest_server.cache.objects."""

from typing import Any

import pytest

from apitest_server.cache.caches import DEFAULT, Caches
from apitest_server.cache.objects import CacheObjects
from apitest_server.errors import Conflict, NotFound
from apitest_server.odb import StoredObject


def stored(number: int, name: str, max_size: int = 10) -> StoredObject:
    fields: dict[str, Any] = {"max_size": max_size, "extend_expiry_on_get": False, "extend_expiry_on_set": True}
    return StoredObject(number, "cache.builtin", name, fields)


def test_caches_come_change_and_go() -> None:
    """A cache that gets another name keeps its entries, as far as there is room."""
    caches = Caches()
    objects = CacheObjects(caches)
    objects.put(stored(1, "a"))
    caches.named("a").set("one", 1)
    caches.named("a").set("two", 2)
    objects.put(stored(1, "b", 1))
    assert caches.named("b").keys() == ["two"]
    with pytest.raises(NotFound):
        caches.named("a")
    objects.remove(stored(1, "b"))
    assert caches.names() == [DEFAULT]


def test_a_name_that_is_taken_is_refused() -> None:
    """A cache may keep its own name."""
    objects = CacheObjects(Caches())
    with pytest.raises(Conflict, match="default"):
        objects.check(stored(1, DEFAULT))
    objects.put(stored(1, "a"))
    objects.check(stored(1, "a"))
