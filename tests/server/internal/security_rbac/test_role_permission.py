"""Tests of apitest_server.internal.security_rbac.role_permission."""

from pathlib import Path

from apitest_server.deploy.names import service_id
from tests.server.asgi import served
from tests.server.internal.security_rbac.access import BASIC, CREATE, RBAC, READ, with_access
from tests.server.rest.channels import SERVICES


def test_what_is_allowed_is_told_by_name(tmp_path: Path) -> None:
    """Once; it counts for the next request, and what it names has to exist."""
    with served(tmp_path, "", a=SERVICES) as client:
        found = with_access(client)
        given = {"role_id": found["clerks"], "service_id": service_id("my.echo"), "perm_id": CREATE}
        number = client.result(f"{RBAC}.role-permission.create", given)["id"]
        assert client.post("/a", 1, **BASIC).status == 200
        row = client.result(f"{RBAC}.role-permission.get-list", {"role_id": found["clerks"]})[0]
        assert (row["role_name"], row["service_name"], row["perm_name"]) == ("Clerks", "my.echo", "Create")
        assert client.refused(f"{RBAC}.role-permission.create", given)[0] == 400
        for wrong in ({"role_id": found["security"]}, {"service_id": 5}, {"perm_id": -9}, {"perm_id": 0}):
            status, details = client.refused(f"{RBAC}.role-permission.create", {**given, "perm_id": READ, **wrong})
            assert (status, f"`{next(iter(wrong))}`" in details) == (400, True), details
        client.result(f"{RBAC}.role-permission.delete", {"id": number})
        assert client.post("/a", 1, **BASIC).status == 403
