"""Tests of apitest_server.internal.generic, over the admin API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.deploy.names import service_id
from tests.ports import free_port
from tests.server import asgi
from tests.server.wsx.calling import HOOKS

CONF = "[security]\n[[partners]]\ntype = basic-auth\nusername = anna\npassword = top-secret\n"
# What a client sends of an outgoing WebSocket connection, whether we have a use for it or not.
SENT = {
    "cluster_id": 1, "type_": "outconn-wsx", "is_active": True, "is_internal": False, "is_channel": False,
    "is_outconn": True, "pool_size": 2, "sec_use_rbac": False, "cache_expiry": 0, "has_auto_reconnect": True,
    "is_zato": True, "on_connect_service_id": service_id("test.hook"), "on_message_service_name": "test.hook",
    "subscription_list": "/customer/new\n/customer/changed", "security_name": "partners",
}  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> Iterator[asgi.Client]:
    with asgi.served(tmp_path, CONF, hooks=HOOKS) as client:
        yield client


def given(**fields: object) -> dict[str, object]:
    return {"name": "There", "address": f"ws://127.0.0.1:{free_port()}/", **SENT, **fields}


def test_a_connection_is_the_one_of_its_kind(client: asgi.Client) -> None:
    """It is created, listed, changed and deleted by the one name and by the other."""
    made = client.result("zato.generic.connection.create", given())
    found = client.result("zato.outgoing.wsx.get-by-id", {"id": made["id"]})
    assert found["on_connect_service_name"] == found["on_message_service_name"] == "test.hook"
    assert (found["on_close_service_name"], found["pool_size"]) == ("", 2)
    [row] = client.result("zato.generic.connection.get-list", {"cluster_id": 1, "type_": "outconn-wsx"})
    assert row == {**found, "type_": "outconn-wsx", "has_auto_reconnect": True, "security_name": "partners"}
    changed = {"id": made["id"], "on_connect_service_id": 0, "security_name": "ZATO_NONE", "username": "anna"}
    client.result("zato.generic.connection.edit", changed)
    passwords = {"id": made["id"], "password1": "new", "password2": "new", "type_": "outconn-wsx"}
    client.result("zato.generic.connection.change-password", passwords)
    found = client.result("zato.outgoing.wsx.get-by-id", {"id": made["id"]})
    assert (found["on_connect_service_name"], found["on_message_service_name"]) == ("", "test.hook")
    assert (found["security_id"], found["username"], found["pool_size"]) == (0, "anna", 2)
    answer = client.call("zato.generic.connection.ping", {"id": made["id"]})
    assert (answer.status, "`There` is not connected" in answer.text) == (503, True)
    client.result("zato.generic.connection.delete", {"id": made["id"]})
    assert client.result("zato.outgoing.wsx.get-list", {}) == []


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"type_": "outconn-sap"}, "`type_` must be one of outconn-wsx"),
        ({"has_auto_reconnect": False}, "`has_auto_reconnect` must be true"),
        ({"security_name": "none"}, "`security_name` is not the name of an active security definition: `none`"),
        ({"on_close_service_id": 5}, "There is no service with ID 5"),
        ({"address": "http://x"}, "`address` must be an address such as wss://example.com/orders"),
    ],
)
def test_what_cannot_be_a_connection_is_refused(client: asgi.Client, fields: dict[str, object], details: str) -> None:
    """Each problem is told, and nothing is stored."""
    answer = client.call("zato.generic.connection.create", given(**fields))
    assert answer.status in (400, 404)
    assert details in answer.json()["zato_env"]["details"]
    assert client.result("zato.outgoing.wsx.get-list", {}) == []


def test_kinds_of_objects_are_listed_once(client: asgi.Client) -> None:
    """However many names there are for their services."""
    names = [kind["name"] for kind in client.result("zato.kind.get-list", {})]
    assert names.count("outgoing.wsx") == 1
    assert "generic.connection" not in names
