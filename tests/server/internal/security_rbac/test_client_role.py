"""Tests of apitest_server.internal.security_rbac.client_role."""

from pathlib import Path

from apitest_server.odb.rows import Draft, Objects
from tests.server.asgi import served
from tests.server.internal.security_rbac.access import BASIC, RBAC, READ, with_access
from tests.server.rest.channels import CONF, SERVICES


def test_clients_are_security_definitions(tmp_path: Path) -> None:
    """Of the ODB and of server.conf, whatever they are called by now."""
    with served(tmp_path, CONF, a=SERVICES) as client:
        found = with_access(client)
        clients = client.result(f"{RBAC}.client-role.get-client-def-list")
        assert {"client_def": "sec_def:::basic_auth:::staff", "client_name": "staff"} in clients
        assert {"client_def": "sec_def:::basic_auth:::b", "client_name": "b"} in clients
        client.result("zato.security.basic-auth.edit", {"id": found["security"], "name": "c"})
        client.result(f"{RBAC}.client-role.edit", {"id": found["client"], "role_id": found["staff"]})
        row = client.result(f"{RBAC}.client-role.get-by-id", {"id": found["client"]})
        assert (row["client_def"], row["role_name"]) == ("sec_def:::basic_auth:::c", "Staff")
        assert client.get("/a", **BASIC).status == 200
        assert client.refused("zato.security.basic-auth.delete", {"id": found["security"]})[0] == 400
        client.result(f"{RBAC}.client-role.delete", {"id": found["client"]})
        assert client.get("/a", **BASIC).status == 403


def test_what_is_not_there_has_no_role(tmp_path: Path) -> None:
    """A definition or a role; nobody needs a definition to be asked for roles."""
    with served(tmp_path, CONF, a=SERVICES) as client:
        found = with_access(client)
        given = {"client_def": "sec_def:::basic_auth:::staff", "role_id": found["staff"]}
        for wrong in ({"client_def": "staff"}, {"role_id": 0}):
            status, details = client.refused(f"{RBAC}.client-role.create", {**given, **wrong})
            assert (status, f"`{next(iter(wrong))}`" in details) == (400, True), details
        client.result(f"{RBAC}.client-role.create", given)
        status, details = client.refused("zato.http-soap.edit", {"id": found["channel"], "security_id": 0})
        assert (status, "`has_rbac`" in details) == (400, True)


def test_what_another_server_has_just_made_may_have_a_role(tmp_path: Path) -> None:
    """Before this one has been told of the definition and of the role."""
    with served(tmp_path) as client:
        odb = client.app.odb
        with odb.writing() as session:  # As another server does
            objects = Objects(session, odb.key.open)
            basic = {"is_active": True, "username": "u", "realm": "r", "for_outgoing": False}
            objects.add(Draft("security.basic-auth", "Definition", "security", "new", basic))
            role = objects.add(Draft("security.rbac.role", "Role", "security.rbac.role", "Staff", {"parent_id": -1})).id
        given = {"client_def": "sec_def:::basic_auth:::new", "role_id": role}
        client.result(f"{RBAC}.client-role.create", given)
        service = client.result("zato.service.get-by-name", {"name": "zato.ping"})["id"]
        with odb.writing() as session:
            role = (
                Objects(session, odb.key.open)
                .add(Draft("security.rbac.role", "Role", "security.rbac.role", "Clerks", {"parent_id": role}))
                .id
            )
        client.result(f"{RBAC}.role-permission.create", {"role_id": role, "service_id": service, "perm_id": READ})
