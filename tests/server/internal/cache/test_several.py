"""Tests of apitest_server.internal.cache.several."""

from typing import Any

import pytest

from tests.server.asgi import Client
from tests.server.internal.services import call, refused


@pytest.mark.parametrize(
    ("service", "payload", "keys"),
    [
        ("get-by-prefix", {"pattern": "user:"}, ["user:1", "user:2"]),
        ("get-by-suffix", {"pattern": ":1"}, ["user:1", "order:1"]),
        ("get-by-contains", {"pattern": "er:1"}, ["user:1", "order:1"]),
        ("get-by-regex", {"pattern": "^u.*[12]$"}, ["user:1", "user:2"]),
        ("set-by-prefix", {"pattern": "user:", "value": 5}, ["user:1", "user:2"]),
        ("set-by-suffix", {"pattern": ":1", "value": 5}, ["user:1", "order:1"]),
        ("set-by-contains", {"pattern": "er:1", "value": 5}, ["user:1", "order:1"]),
        ("set-by-regex", {"pattern": "^u", "value": 5, "expiry": 1}, ["user:1", "user:2"]),
        ("delete-by-prefix", {"pattern": "user:"}, ["user:1", "user:2"]),
        ("delete-by-suffix", {"pattern": ":1"}, ["user:1", "order:1"]),
        ("delete-by-contains", {"pattern": "er:1"}, ["user:1", "order:1"]),
        ("delete-by-regex", {"pattern": "x"}, []),
        ("expire-by-prefix", {"pattern": "user:", "expiry": 5}, ["user:1", "user:2"]),
        ("expire-by-suffix", {"pattern": ":1", "expiry": 5}, ["user:1", "order:1"]),
        ("expire-by-contains", {"pattern": "er:1", "expiry": 5}, ["user:1", "order:1"]),
        ("expire-by-regex", {"pattern": "^u", "expiry": 5}, ["user:1", "user:2"]),
    ],
)
def test_several_entries_at_once(client: Client, service: str, payload: dict[str, Any], keys: list[str]) -> None:
    """A row for each key."""
    assert [row["key"] for row in call(client, f"zato.cache.builtin.{service}", payload)] == keys


def test_what_is_not_valid_is_refused(client: Client) -> None:
    """With what is wrong."""
    for service, payload, told in (
        ("get-by-regex", {"pattern": "("}, "`(` is not a valid regular expression"),
        ("set-by-prefix", {"pattern": "", "value": 1, "expiry": -1}, "0 or more"),
        ("expire-by-suffix", {"pattern": "1"}, "Input field `expiry` is required"),
        ("delete-by-contains", {}, "Input field `pattern` is required"),
    ):
        status, details = refused(client, f"zato.cache.builtin.{service}", payload)
        assert status == 400
        assert told in details
