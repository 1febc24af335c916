"""Tests of apitest_server.internal.cache._meant, through the services that ask it."""

from typing import Any

import pytest

from apitest_server.service.base import CACHE
from tests.server.asgi import Client
from tests.server.internal.services import call, refused

SERVICES = "zato.cache.builtin."


@pytest.fixture
def number(client: Client) -> int:
    """The ID of another cache, with one entry."""
    made = call(client, SERVICES + "create", {"name": "customers"})["id"]
    call(client, SERVICES + "entry.set", {"cache": "customers", "key": "a", "value": 1})
    return int(made)


@pytest.mark.parametrize("field", ["id", "cache_id"])
@pytest.mark.parametrize(
    ("service", "payload", "expected"),
    [
        ("clear", {}, {"cache": "customers", "deleted": 1}),
        ("entry.get", {"key": "a"}, {"key": "a", "value": 1}),
        ("entry.delete", {"key": "a"}, {"key": "a"}),
        ("entry.expire", {"key": "a", "expiry": 1}, {"key": "a"}),
        ("delete-by-prefix", {"pattern": ""}, [{"key": "a"}]),
    ],
)
def test_a_cache_is_found_by_its_id(
    client: Client, number: int, field: str, service: str, payload: dict[str, Any], expected: object
) -> None:
    """The default cache is left as it is."""
    before = client.app.components[CACHE].named().list_entries()
    assert call(client, SERVICES + service, {**payload, field: number, "cluster_id": 1}) == expected
    after = client.app.components[CACHE].named().list_entries()
    assert [row["key"] for row in after] == [row["key"] for row in before]


def test_lists_and_statistics_are_those_of_the_cache(client: Client, number: int) -> None:
    """By its ID, by any of the names of the field that names it, or by more of them that agree."""
    named = {"name": "customers"}, {"cache_name": "customers"}
    for given in ({"id": number}, *named, {"cache_id": str(number), "cache": "customers"}):
        assert [row["key"] for row in call(client, SERVICES + "entry.get-list", given)] == ["a"]
        assert [row["name"] for row in call(client, SERVICES + "get-statistics", given)] == ["customers"]


@pytest.mark.parametrize("service", ["clear", "get-statistics", "entry.get-list", "delete-by-prefix", "entry.set"])
def test_a_cache_that_is_not_there_is_not_another_one(client: Client, number: int, service: str) -> None:
    """An ID that was never given, one of a cache that was deleted, and one of something else are a 404."""
    other = call(client, "zato.security.basic-auth.create", {"name": "b", "username": "u", "password": "p"})["id"]
    call(client, SERVICES + "delete", {"id": number})
    for gone in (number, 0, other, 2**63):
        given = {"id": gone, "key": "user:1", "value": 9, "pattern": ""}
        assert refused(client, SERVICES + service, given) == (404, f"There is no cache with ID {gone}")
    assert len(client.app.components[CACHE].keys()) == 3


def test_two_caches_are_not_one(client: Client, number: int) -> None:
    """Neither of them is emptied."""
    status, details = refused(client, SERVICES + "clear", {"id": number, "cache": "default"})
    assert (status, details) == (400, "The input names more than one cache: `customers`, `default`; name one")
    assert len(client.app.components[CACHE].keys()) == 3
