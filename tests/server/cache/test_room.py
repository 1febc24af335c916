"""Tests of apitest_server.cache.room."""

from pathlib import Path

import pytest

from apitest_server.cache.caches import Caches
from apitest_server.cache.memcached import MemcachedCache
from apitest_server.cache.objects import CacheObjects
from apitest_server.cache.room import KIND
from apitest_server.service.base import CACHE
from tests.server.asgi import served


def test_the_room_makes_caches(tmp_path: Path) -> None:
    """Services find them, and caches of the ODB take effect in them."""
    with served(tmp_path) as client:
        assert isinstance(client.app.components[CACHE], Caches)
        assert isinstance(client.app.live.of(KIND), CacheObjects)


def test_closing_the_server_closes_caches_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is deleted is closed at once."""
    closed: list[str] = []
    monkeypatch.setattr(MemcachedCache, "close", lambda self: closed.append(self.name))
    with served(tmp_path) as client:
        made = [
            client.result("zato.cache.memcached.create", {"name": name, "servers": "127.0.0.1:1"})
            for name in ("a", "b")
        ]
        closed.clear()  # Of those that were made to see whether they can be
        client.result("zato.cache.memcached.delete", {"id": made[0]["id"]})
        assert closed == ["a"]
    assert closed == ["a", "b"]
