"""Tests of apitest_server.internal.cache.definitions and apitest_server.cache.objects."""

from pathlib import Path

from apitest_server.service.base import CACHE
from tests.server.asgi import served
from tests.server.internal.services import call, refused

SERVICES = "zato.cache.builtin."


def test_a_cache_is_there_once_it_is_created(tmp_path: Path) -> None:
    """Created, filled, made smaller under a new name, deleted."""
    with served(tmp_path) as client:
        number = call(client, SERVICES + "create", {"name": "customers", "max_size": 2})["id"]
        for key in "abc":
            call(client, SERVICES + "entry.set", {"cache": "customers", "key": key, "value": key})
        assert client.app.components[CACHE].named("customers").keys() == ["b", "c"]
        call(client, SERVICES + "edit", {"id": number, "name": "clients", "max_size": 1})
        assert [row["key"] for row in call(client, SERVICES + "entry.get-list", {"cache": "clients"})] == ["c"]
        assert call(client, SERVICES + "clear", {"cache": "clients"}) == {"cache": "clients", "deleted": 1}
        call(client, SERVICES + "delete", {"id": number})
        assert refused(client, SERVICES + "clear", {"cache": "clients"})[0] == 404


def test_definitions_outlive_the_server(tmp_path: Path) -> None:
    """Entries do not."""
    with served(tmp_path) as client:
        call(client, SERVICES + "create", {"name": "customers", "max_size": 5})
        call(client, SERVICES + "entry.set", {"cache": "customers", "key": "a", "value": 1})
    with served(tmp_path) as client:
        [row] = call(client, SERVICES + "get-statistics", {"cache": "customers"})
        assert (row["size"], row["max_size"]) == (0, 5)
        assert [row["name"] for row in call(client, SERVICES + "get-list")] == ["customers"]


def test_statistics_of_all_caches(tmp_path: Path) -> None:
    """The default one is always there."""
    with served(tmp_path) as client:
        call(client, SERVICES + "entry.set", {"key": "a", "value": 1})
        call(client, SERVICES + "entry.get", {"key": "a"})
        [row] = call(client, SERVICES + "get-statistics")
        assert row == {
            "name": "default",
            "size": 1,
            "max_size": 10000,
            "hits": 1,
            "misses": 0,
            "hit_ratio": 1.0,
            "sets": 1,
            "deletes": 0,
            "expired": 0,
            "evicted": 0,
        }


def test_a_definition_that_cannot_be_is_refused(tmp_path: Path) -> None:
    """A name that is taken, a size that is none."""
    with served(tmp_path) as client:
        assert refused(client, SERVICES + "create", {"name": "default"}) == (409, "A cache `default` exists already")
        assert "from 1 to" in refused(client, SERVICES + "create", {"name": "x", "max_size": 0})[1]
        assert refused(client, SERVICES + "get-statistics", {"cache": "x"})[0] == 404
        assert call(client, SERVICES + "get-list") == []
