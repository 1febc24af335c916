"""Tests of apitest_server.internal.pubsub.topic."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served

NAME = "zato.pubsub.topic"


def test_a_topic_is_kept_as_it_is_described(tmp_path: Path) -> None:
    """Created with defaults, edited, stopped, started, found and deleted; it outlives the server."""
    with served(tmp_path) as client:
        number = client.result(f"{NAME}.create", {"name": "/customer/new"})["id"]
        client.result(f"{NAME}.edit", {"id": number, "has_gd": True, "depth_policy": "drop-oldest"})
        assert client.result(f"{NAME}.stop", {"id": number})["is_active"] is False
    with served(tmp_path) as client:
        assert client.result(f"{NAME}.start", {"id": number})["is_active"] is True
        row = client.result(f"{NAME}.get-by-name", {"name": "/customer/new"})
        assert row == {
            "id": number,
            "name": "/customer/new",
            "is_active": True,
            "has_gd": True,
            "max_depth_gd": 10_000,
            "max_depth_non_gd": 1_000,
            "depth_policy": "drop-oldest",
            "max_expiration": 2_147_483_647_000,
            "hook_service_name": "",
            "is_audit_log_received_active": False,
            "max_len_messages_received": 50,
            "max_bytes_per_message_received": 5000,
        }
        assert client.result(f"{NAME}.get-by-id", {"id": number}) == row
        assert client.result(f"{NAME}.get-list", {"query": "customer"}) == [row]
        client.result(f"{NAME}.delete", {"id": number})
        assert client.result(f"{NAME}.get-list") == []


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"name": "customer"}, "The name of a topic must start with `/`: `customer`"),
        ({"name": "/"}, "A segment of a topic's name must not be empty"),
        ({"name": "/a/"}, "A segment of a topic's name must not be empty"),
        ({"name": "/a//b"}, "A segment of a topic's name must not be empty"),
        ({"name": "/a/*"}, "The name of a topic must not contain `*`, `?`, `#` or control characters"),
        ({"name": "/a?b"}, "The name of a topic must not contain `*`, `?`, `#` or control characters"),
        ({"name": "/a\0b"}, "Input field `name` must be a name of 1 to 200 printable characters"),
        ({"name": "/" + "a" * 200}, "Input field `name` must be a name of 1 to 200 printable characters"),
        ({"name": "/a", "max_depth_gd": 0}, "Input field `max_depth_gd` must be a whole number from 1"),
        ({"name": "/a", "max_depth_non_gd": "x"}, "Input field `max_depth_non_gd` must be an integer"),
        ({"name": "/a", "max_expiration": -1}, "Input field `max_expiration` must be a whole number from 1"),
        ({"name": "/a", "depth_policy": "keep"}, "Input field `depth_policy` must be one of refuse, drop-oldest"),
        (
            {"name": "/a", "hook_service_name": "nope"},
            "Input field `hook_service_name` is not the name of a deployed service",
        ),
    ],
)
def test_what_cannot_be_a_topic_is_refused(untouched: Client, fields: dict[str, Any], details: str) -> None:
    """With the field that is wrong; nothing is created."""
    status, said = untouched.refused(f"{NAME}.create", fields)
    assert (status, said.startswith(details)) == (400, True), said
    assert untouched.result(f"{NAME}.get-list") == []


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    """Another topic of the same name is refused."""
    with served(tmp_path) as client:
        client.result(f"{NAME}.create", {"name": "/a"})
        assert client.refused(f"{NAME}.create", {"name": "/a"}) == (400, "Topic `/a` exists already")
