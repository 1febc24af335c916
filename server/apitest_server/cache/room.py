"""Opens the caches."""

from apitest_server.cache.caches import Caches
from apitest_server.cache.objects import CacheObjects
from apitest_server.room import Host, Room

KIND = "cache.builtin"


def open_room(server: Host) -> Room:
    """Offers the caches to services."""
    caches = server.components.cache = Caches()
    return Room(kinds={KIND: lambda: CacheObjects(caches)})
