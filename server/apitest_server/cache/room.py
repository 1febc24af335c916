"""Opens the caches."""

from typing import TYPE_CHECKING

from apitest_server.cache.caches import Caches
from apitest_server.cache.objects import CacheObjects
from apitest_server.cache.shared import SharedCaches
from apitest_server.cluster.bus import BUS
from apitest_server.cluster.objects import SHARED
from apitest_server.outgoing.connections import CACHES, Outgoing
from apitest_server.outgoing.objects import ConnectionObjects
from apitest_server.room import Host, Room
from apitest_server.service.base import CACHE

if TYPE_CHECKING:
    from apitest_server.cache.memcached import MemcachedCache

KIND = "cache.builtin"


def open_room(server: Host) -> Room:
    """Offers the caches to services."""
    have = server.components
    have[CACHE] = caches = Caches()
    have[CACHES] = elsewhere = Outgoing()
    elsewhere.add("memcached", caches.memcached)
    SharedCaches(caches, have[BUS], have[SHARED])

    def close() -> None:
        for cache in caches.memcached.values():
            cache.close()

    kinds = {KIND: lambda: CacheObjects(caches), "cache.memcached": lambda: _memcached(caches, server)}
    return Room(kinds=kinds, close=close)


def _memcached(caches: Caches, server: Host) -> "ConnectionObjects[MemcachedCache]":
    from apitest_server.cache.memcached import MemcachedCache

    return ConnectionObjects(caches.memcached, lambda item: MemcachedCache(item, server.config.directory))
