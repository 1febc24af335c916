"""Tests of apitest_server.internal.security_rbac.role."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.security_rbac.access import BASIC, RBAC, made, with_access
from tests.server.rest.channels import SERVICES


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path, "", a=SERVICES) as client:
        yield client


def test_roles_decide_who_may_do_what(client: Client) -> None:
    """A channel with roles takes the methods that they may use; who is not known is refused as anywhere."""
    found = with_access(client)
    assert (client.get("/a").status, client.get("/a", **BASIC).status) == (401, 200)
    refused = client.post("/a", 1, **BASIC)
    assert (refused.status, refused.json()["details"]) == (403, "No role of yours may do this")
    client.result("zato.http-soap.edit", {"id": found["channel"], "has_rbac": False})
    assert client.post("/a", 1, **BASIC).status == 200
    client.result("zato.http-soap.edit", {"id": found["channel"], "has_rbac": True})
    client.result(f"{RBAC}.role.edit", {"id": found["clerks"], "parent_id": -1})
    assert client.get("/a", **BASIC).status == 403


def test_it_is_so_after_a_restart(tmp_path: Path) -> None:
    """Roles and permissions are in the ODB."""
    with served(tmp_path, "", a=SERVICES) as client:
        with_access(client)
    with served(tmp_path) as client:
        assert [client.get("/a", **BASIC).status, client.post("/a", 1, **BASIC).status] == [200, 403]


def test_wsdl_of_a_channel_with_roles_is_for_those_who_may_read(client: Client) -> None:
    """As everything else that GET answers."""
    found = with_access(client)
    given = {"security_id": found["security"], "has_rbac": True, "service": "my.envelope", "transport": "soap"}
    client.result("zato.http-soap.create", {"name": "s", "connection": "channel", "url_path": "/soap", **given})
    assert client.get("/soap?wsdl", **BASIC).status == 403


def test_root_is_always_there(client: Client) -> None:
    """Roles come from it unless they say otherwise; it cannot be changed."""
    rows = client.result(f"{RBAC}.role.get-list")
    assert [(row["id"], row["name"]) for row in rows] == [(-1, "Root")]
    number = made(client, "role", name="a")
    assert client.result(f"{RBAC}.role.get-by-id", {"id": number})["parent_id"] == -1
    told = "Role `Root` is part of every server and cannot be changed"
    assert client.refused(f"{RBAC}.role.edit", {"id": -1, "name": "x"}) == (400, told)
    told = "Role `Root` exists already: it is part of every server"
    assert client.refused(f"{RBAC}.role.create", {"name": "Root"}) == (400, told)


def test_a_role_does_not_come_from_itself(client: Client) -> None:
    """Neither directly nor over others."""
    one = made(client, "role", name="a")
    two = made(client, "role", name="b", parent_id=one)
    for parent in (one, two):
        assert client.refused(f"{RBAC}.role.edit", {"id": one, "parent_id": parent})[0] == 400
    assert client.refused(f"{RBAC}.role.create", {"name": "c", "parent_id": -2})[0] == 400


def test_a_new_name_of_a_role_is_everywhere(client: Client) -> None:
    """Where it is shown what the role may do, and who has it."""
    found = with_access(client)
    client.result(f"{RBAC}.role.edit", {"id": found["staff"], "name": "People"})
    client.result(f"{RBAC}.role.edit", {"id": found["clerks"], "name": "Writers"})
    permission = client.result(f"{RBAC}.role-permission.get-by-id", {"id": found["permission"]})
    assert (permission["role_name"], permission["name"]) == ("People", "People: Read, my.echo")
    assert client.result(f"{RBAC}.client-role.get-by-id", {"id": found["client"]})["role_name"] == "Writers"
    assert client.get("/a", **BASIC).status == 200
    assert client.refused(f"{RBAC}.role.delete", {"id": found["staff"]})[0] == 400
