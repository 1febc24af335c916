"""Tests of apitest_server.internal.pubsub.topic."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import served

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
        }
        assert client.result(f"{NAME}.get-by-id", {"id": number}) == row
        assert client.result(f"{NAME}.get-list", {"query": "customer"}) == [row]
        client.result(f"{NAME}.delete", {"id": number})
        assert client.result(f"{NAME}.get-list") == []


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"name": "customer"}, "`name` must be a topic such as /customer/new"),
        ({"name": "/"}, "`name` must be a topic such as /customer/new"),
        ({"name": "/a/"}, "`name` must be a topic such as /customer/new"),
        ({"name": "/a//b"}, "`name` must be a topic such as /customer/new"),
        ({"name": "/a/*"}, "`name` must not contain *, ? or #"),
        ({"name": "/a?b"}, "`name` must not contain *, ? or #"),
        ({"name": "/a\0b"}, "`name` must be a name of 1 to 200 printable characters"),
        ({"name": "/" + "a" * 200}, "`name` must be a name of 1 to 200 printable characters"),
        ({"name": "/a", "max_depth_gd": 0}, "`max_depth_gd` must be a whole number from 1"),
        ({"name": "/a", "max_depth_non_gd": "x"}, "`max_depth_non_gd` must be an integer"),
        ({"name": "/a", "max_expiration": -1}, "`max_expiration` must be a whole number from 1"),
        ({"name": "/a", "depth_policy": "keep"}, "`depth_policy` must be one of refuse, drop-oldest"),
        ({"name": "/a", "hook_service_name": "nope"}, "`hook_service_name` is not the name of a deployed service"),
    ],
)
def test_what_cannot_be_a_topic_is_refused(tmp_path: Path, fields: dict[str, Any], details: str) -> None:
    """With the field that is wrong; nothing is created."""
    with served(tmp_path) as client:
        status, said = client.refused(f"{NAME}.create", fields)
        assert (status, said.startswith(f"Input field {details}")) == (400, True), said
        assert client.result(f"{NAME}.get-list") == []


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    """Another topic of the same name is refused."""
    with served(tmp_path) as client:
        client.result(f"{NAME}.create", {"name": "/a"})
        assert client.refused(f"{NAME}.create", {"name": "/a"}) == (400, "Topic `/a` exists already")
