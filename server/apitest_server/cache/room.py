"""Opens the caches."""

from apitest_server.cache.caches import Caches
from apitest_server.cache.objects import CacheObjects
from apitest_server.cache.shared import SharedCaches
from apitest_server.cluster.bus import BUS
from apitest_server.cluster.objects import SHARED
from apitest_server.room import Host, Room
from apitest_server.service.base import CACHE

KIND = "cache.builtin"


def open_room(server: Host) -> Room:
    """Offers the caches to services."""
    have = server.components
    have[CACHE] = caches = Caches()
    SharedCaches(caches, have[BUS], have[SHARED])
    return Room(kinds={KIND: lambda: CacheObjects(caches)})
