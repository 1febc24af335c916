"""A memcached server, and a cache in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.cache.memcached import MemcachedCache
from tests.server.cache.elsewhere import cache_in
from tests.services.memcached import Memcached
from tests.services.starting import own


@pytest.fixture(scope="package")
def memcached() -> Iterator[Memcached]:
    """A server, which tests may kill and start again."""
    yield from own(Memcached)


@pytest.fixture
def sessions(memcached: Memcached, tmp_path: Path) -> Iterator[MemcachedCache]:
    """A cache in it, which is empty."""
    made = cache_in(memcached, tmp_path)
    made.clear()
    yield made
    made.close()
