"""Tests of apitest_server.internal.cache.entries."""

from typing import Any

import pytest

from apitest_server.service.base import CACHE
from tests.server.asgi import Client
from tests.server.internal.services import call, refused

ENTRY = "zato.cache.builtin.entry."


def test_an_entry_is_written_read_and_deleted(client: Client) -> None:
    """Its value is anything."""
    assert call(client, ENTRY + "get", {"key": "user:1"}) == {"key": "user:1", "value": {"a": 1}}
    assert call(client, ENTRY + "delete", {"key": "user:1"}) == {"key": "user:1"}
    assert refused(client, ENTRY + "get", {"key": "user:1"}) == (404, "No such key: `user:1`")


def test_services_see_the_same_cache(client: Client) -> None:
    """What self.cache is."""
    assert client.app.components[CACHE].get("order:1") == [1]


def test_an_entry_is_created_once_and_then_updated(client: Client) -> None:
    """What is refused leaves the entry as it is."""
    assert call(client, ENTRY + "create", {"key": "new", "value": 1}) == {"key": "new"}
    status, details = refused(client, ENTRY + "create", {"key": "new", "value": 2})
    assert (status, "An entry `new` exists already" in details) == (409, True)
    assert call(client, ENTRY + "get", {"key": "new"})["value"] == 1
    assert call(client, ENTRY + "update", {"key": "new", "value": 3, "expiry": 60}) == {"key": "new"}
    found = call(client, ENTRY + "get-details", {"key": "new"})
    assert (found["value"], found["expiry"]) == (3, 60.0)


def test_details_of_an_entry(client: Client) -> None:
    """How long it has, and how often it was read."""
    call(client, ENTRY + "get", {"key": "user:1"})
    found = call(client, ENTRY + "get-details", {"key": "user:1"})
    assert (found["hits"], found["expiry"], found["value"]) == (1, 60.0, {"a": 1})
    assert 0 < found["expires_in"] <= 60


def test_entries_are_listed_in_pages(client: Client) -> None:
    """With a part of their keys."""
    rows = call(client, ENTRY + "get-list", {"query": "user", "page_size": 1, "cur_page": 2})
    assert [row["key"] for row in rows] == ["user:2"]
    assert len(call(client, ENTRY + "get-list")) == 3


def test_a_time_can_be_given_later(client: Client) -> None:
    """0 is for ever."""
    call(client, ENTRY + "expire", {"key": "user:1", "expiry": 0})
    assert call(client, ENTRY + "get-details", {"key": "user:1"})["expires_in"] is None


@pytest.mark.parametrize(
    ("service", "payload", "status", "details"),
    [
        ("entry.get", {}, 400, "Input field `key` is required"),
        ("entry.get", {"key": "x", "cache": "nope"}, 404, "No such cache: `nope`"),
        ("entry.get-details", {"key": "x"}, 404, "No such key: `x`"),
        ("entry.get-list", {"cache": "defaults"}, 404, "No such cache: `defaults`; did you mean `default`?"),
        ("entry.set", {"key": "x", "value": 1, "expiry": -1}, 400, "0 or more, not -1.0"),
        ("entry.create", {"key": "x", "value": 1, "expiry": -1}, 400, "0 or more, not -1.0"),
        ("entry.create", {"key": "x"}, 400, "Input field `value` is required"),
        ("entry.update", {"key": "x", "value": 1, "expiry": "inf"}, 400, "not inf"),
        ("entry.update", {"key": "x", "value": 1}, 404, "No such key: `x`"),
        ("entry.delete", {"key": "x"}, 404, "No such key: `x`"),
        ("entry.expire", {"key": "x", "expiry": 1}, 404, "No such key: `x`"),
        ("entry.expire", {"key": "x", "expiry": "inf"}, 400, "not inf"),
    ],
)
def test_what_cannot_be_done_is_refused(
    untouched: Client, service: str, payload: dict[str, Any], status: int, details: str
) -> None:
    """With what is wrong."""
    found = refused(untouched, f"zato.cache.builtin.{service}", payload)
    assert found[0] == status
    assert details in found[1]
