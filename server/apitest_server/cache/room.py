"""Opens the caches."""

from apitest_server.cache.caches import Caches
from apitest_server.cache.objects import CacheObjects
from apitest_server.room import Host, Room
from apitest_server.service.base import CACHE

KIND = "cache.builtin"


def open_room(server: Host) -> Room:
    """Offers the caches to services."""
    caches = Caches()
    server.components[CACHE] = caches
    return Room(kinds={KIND: lambda: CacheObjects(caches)})
