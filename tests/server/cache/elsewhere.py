"""A cache in the memcached server of the tests."""

from pathlib import Path

from apitest_server.cache.memcached import MemcachedCache
from apitest_server.odb import StoredObject
from tests.services.memcached import Memcached


def cache_in(server: Memcached, place: Path, **fields: object) -> MemcachedCache:
    """One that nobody has used yet."""
    given = {"servers": f"{server.host}:{server.port}", "timeout": 30, **fields}
    return MemcachedCache(StoredObject(1, "cache.memcached", "sessions", given), place)
