"""Tests of apitest_server.internal._named_along."""

from pathlib import Path

from tests.server.asgi import served
from tests.server.internal.security_rbac.access import RBAC, with_access
from tests.server.rest.channels import CONF, SERVICES


def test_a_renamed_definition_is_named_as_it_is_called_now(tmp_path: Path) -> None:
    """In lists, searches and refusals; a new definition that takes the old name is somebody else."""
    with served(tmp_path, CONF, a=SERVICES) as client:
        found = with_access(client)
        client.result("zato.security.basic-auth.edit", {"id": found["security"], "name": "c"})
        new = client.result("zato.security.basic-auth.create", {"name": "b", "username": "new"})["id"]
        [row] = client.result(f"{RBAC}.client-role.get-list", {"query": "basic_auth:::c"})
        assert (row["client_def"], row["security_id"]) == ("sec_def:::basic_auth:::c", found["security"])
        assert row["name"].startswith("sec_def:::basic_auth:::c:::")
        assert "basic_auth:::c:::" in client.refused("zato.security.basic-auth.delete", {"id": found["security"]})[1]
        client.result(f"{RBAC}.client-role.edit", {"id": found["client"], "role_id": found["staff"]})
        row = client.result(f"{RBAC}.client-role.get-by-id", {"id": found["client"]})
        assert row["security_id"] == found["security"] != new


def test_definitions_of_each_type_are_renamed(tmp_path: Path) -> None:
    """Whoever calls by one keeps the role."""
    given = {
        "apikey": {}, "jwt": {"username": "j"}, "wss": {"username": "w"}, "oauth": {"username": "o"},
        "tls.channel": {"value": "CN=a"}, "vault.connection": {"url": "http://localhost:8200"},
    }  # fmt: skip
    with served(tmp_path, CONF, a=SERVICES) as client:
        role = with_access(client)["staff"]
        for kind, fields in given.items():
            number = client.result(f"zato.security.{kind}.create", {"name": f"old {kind}", **fields})["id"]
            clients = client.result(f"{RBAC}.client-role.get-client-def-list")
            [named] = [one["client_def"] for one in clients if one["client_name"] == f"old {kind}"]
            made = client.result(f"{RBAC}.client-role.create", {"client_def": named, "role_id": role})
            client.result(f"zato.security.{kind}.edit", {"id": number, "name": f"new {kind}"})
            row = client.result(f"{RBAC}.client-role.get-by-id", {"id": made["id"]})
            assert row["client_def"] == named.replace("old", "new"), kind


def test_a_renamed_permission_is_named_as_it_is_called_now(tmp_path: Path) -> None:
    """By the roles that have it."""
    with served(tmp_path) as client:
        look = client.result(f"{RBAC}.permission.create", {"name": "Look", "methods": "GET"})["id"]
        role = client.result(f"{RBAC}.role.create", {"name": "Staff", "parent_id": -1})["id"]
        service = client.result("zato.service.get-by-name", {"name": "zato.ping"})["id"]
        given = {"role_id": role, "service_id": service, "perm_id": look}
        grant = client.result(f"{RBAC}.role-permission.create", given)["id"]
        client.result(f"{RBAC}.permission.edit", {"id": look, "name": "See"})
        row = client.result(f"{RBAC}.role-permission.get-by-id", {"id": grant})
        assert (row["name"], row["perm_name"]) == ("Staff: See, zato.ping", "See")


def test_definitions_are_renamed_without_the_module_of_roles(tmp_path: Path) -> None:
    """What is disabled shows nobody what a definition was called."""
    with served(tmp_path, CONF, a=SERVICES) as client:
        number = with_access(client)["security"]
    with served(tmp_path, f"{CONF}\n[deploy_internal]\nsecurity_rbac = False", a=SERVICES) as client:
        renamed = client.result("zato.security.basic-auth.edit", {"id": number, "name": "c"})
        assert renamed == {"id": number, "name": "c"}
