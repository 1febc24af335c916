"""Tests of apitest_server.internal.security_rbac.permission."""

from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.security_rbac.access import RBAC


def test_permissions_are_the_methods_of_http(untouched: Client) -> None:
    """By name; those that are always there."""
    rows = untouched.result(f"{RBAC}.permission.get-list")
    assert [(row["name"], row["methods"]) for row in rows] == [
        ("Create", "POST"),
        ("Delete", "DELETE"),
        ("Read", "GET, HEAD"),
        ("Update", "PUT, PATCH"),
    ]
    found = untouched.result(f"{RBAC}.permission.get-by-name", {"name": "Read"})
    assert untouched.result(f"{RBAC}.permission.get-by-id", {"id": found["id"]}) == found


def test_a_permission_may_be_of_several_methods(tmp_path: Path) -> None:
    """It is given to roles as the others are, and stays while one has it."""
    with served(tmp_path) as client:
        made = client.result(f"{RBAC}.permission.create", {"name": "Look", "methods": "options, get"})
        assert client.result(f"{RBAC}.permission.get-by-id", made)["methods"] == "GET, OPTIONS"
        role = client.result(f"{RBAC}.role.create", {"name": "Staff", "parent_id": -1})["id"]
        service = client.result("zato.service.get-by-name", {"name": "zato.ping"})["id"]
        given = {"role_id": role, "service_id": service, "perm_id": made["id"]}
        grant = client.result(f"{RBAC}.role-permission.create", given)
        assert grant["name"] == "Staff: Look, zato.ping"
        assert client.refused(f"{RBAC}.permission.delete", {"id": made["id"]})[0] == 400
        client.result(f"{RBAC}.role-permission.delete", {"id": grant["id"]})
        client.result(f"{RBAC}.permission.delete", {"id": made["id"]})
        assert len(client.result(f"{RBAC}.permission.get-list")) == 4


@pytest.mark.parametrize(
    ("verb", "fields", "status", "details"),
    [
        (
            "create",
            {"name": "Look", "methods": "LOOK"},
            400,
            "`methods` must have methods such as GET, POST, and not `LOOK`",
        ),
        ("create", {"name": "Read"}, 400, "Permission `Read` exists already: it is part of every server"),
        (
            "edit",
            {"id": -1, "methods": "GET"},
            400,
            "Permission `Create` is part of every server and cannot be changed",
        ),
        ("delete", {"id": -1}, 400, "Permission `Create` is part of every server and cannot be changed"),
    ],
)
def test_what_cannot_be_is_refused(
    untouched: Client, verb: str, fields: dict[str, object], status: int, details: str
) -> None:
    """A method that is not one, and changes of what is always there."""
    assert untouched.refused(f"{RBAC}.permission.{verb}", fields) == (
        status,
        f"Input field {details}" if details[0] == "`" else details,
    )
