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


def test_each_kind_is_reached_by_its_type(client: asgi.Client) -> None:
    """What says so in its description is; what does not, or is not there, is refused with those that are."""
    sent = {"type_": "outconn-sftp", "name": "Files", "host": "127.0.0.1", "port": free_port(), "timeout": 1}
    with_id = client.result("zato.generic.connection.create", sent)
    found = client.result("zato.outgoing.sftp.get-by-name", {"name": "Files"})
    assert (found["id"], found["port"]) == (with_id["id"], sent["port"])
    assert client.result("zato.generic.connection.get-list", {"type_": "outconn-wsx"}) == []
    assert client.refused("zato.generic.connection.ping", {"id": found["id"]})[0] == 503
    assert client.refused("zato.generic.connection.ping", {"type_": "outconn-sftp", "name": "Files"})[0] == 503
    for type_ in ("outconn-ftp", "outconn-none", "none", ""):
        status, words = client.refused("zato.generic.connection.get-list", {"type_": type_})
        assert (status, words.startswith("Input field `type_` must be one of ")) == (400, True)
        assert {"outconn-ldap", "outconn-mongodb", "outconn-sftp", "outconn-wsx"} <= set(
            words.partition(" one of ")[2].split(", ")
        )
    client.result("zato.generic.connection.delete", {"type_": "outconn-sftp", "id": found["id"]})


def test_the_id_alone_may_say_which_one_is_meant(client: asgi.Client) -> None:
    """Unless it is that of something else, or there is none, nor a type."""
    delete, other = "zato.generic.connection.delete", client.result("zato.pubsub.topic.create", {"name": "/a"})
    for number in (0, other["id"]):
        assert client.refused(delete, {"id": number}) == (404, f"There is no connection with ID {number}")
    assert client.refused(delete, {}) == (400, "One of the input fields `id` and `type_` is required")
    words = f"There is no outgoing WSX connection with ID {other['id']}"
    assert client.refused(delete, {"type_": "outconn-wsx", "id": other["id"]}) == (404, words)


def test_lists_have_pages(client: asgi.Client) -> None:
    """As those of the kind itself."""
    for name in "abc":
        client.result("zato.generic.connection.create", given(name=name))
    answer = client.call("zato.generic.connection.get-list", {"type_": "outconn-wsx", "cur_page": 2, "page_size": 2})
    assert [row["name"] for row in answer.json()["zato_generic_connection_get_list_response"]] == ["c"]
    assert answer.json()["_meta"]["num_pages"] == 2


def test_a_kind_whose_module_is_disabled_says_so(tmp_path: Path) -> None:
    """The line of server.conf is named; other kinds go on working."""
    with asgi.served(tmp_path, "[deploy_internal]\noutgoing_wsx = False\n") as client:
        status, words = client.refused("zato.generic.connection.create", given())
        assert (status, "module outgoing_wsx is set to False in [deploy_internal]" in words) == (404, True)
        assert client.result("zato.generic.connection.get-list", {"type_": "outconn-sftp"}) == []


def test_kinds_of_objects_are_listed_once(client: asgi.Client) -> None:
    """However many names there are for their services."""
    names = [kind["name"] for kind in client.result("zato.kind.get-list", {})]
    assert names.count("outgoing.wsx") == 1
    assert "generic.connection" not in names
