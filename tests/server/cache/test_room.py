"""Tests of apitest_server.cache.room."""

from pathlib import Path

from apitest_server.cache.caches import Caches
from apitest_server.cache.objects import CacheObjects
from apitest_server.cache.room import KIND
from apitest_server.service.base import CACHE
from tests.server.asgi import served


def test_the_room_makes_caches(tmp_path: Path) -> None:
    """Services find them, and caches of the ODB take effect in them."""
    with served(tmp_path) as client:
        assert isinstance(client.app.components[CACHE], Caches)
        assert isinstance(client.app.live.of(KIND), CacheObjects)
