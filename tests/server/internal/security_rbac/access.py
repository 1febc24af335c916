"""A role that may read, who has it, and a channel that asks for it."""

from typing import Any

from apitest_server.deploy.names import service_id
from tests.server.asgi import Client
from tests.server.rest.channels import channel

RBAC = "zato.security.rbac"
BASIC = {"Authorization": "Basic dTpw"}  # u:p
READ, CREATE = -2, -1


def made(client: Client, kind: str, **fields: Any) -> int:
    return int(client.result(f"{RBAC}.{kind}.create", fields)["id"])


def with_access(client: Client) -> dict[str, int]:
    """The IDs of what is made: who has `Clerks`, which come from `Staff`, may read `my.echo` at /a."""
    found = {"staff": made(client, "role", name="Staff", parent_id=-1)}
    found["clerks"] = made(client, "role", name="Clerks", parent_id=found["staff"])
    basic = {"name": "b", "username": "u", "password": "p"}
    found["security"] = client.result("zato.security.basic-auth.create", basic)["id"]
    allowed = {"role_id": found["staff"], "service_id": service_id("my.echo"), "perm_id": READ}
    found["permission"] = made(client, "role-permission", **allowed)
    named = {"client_def": "sec_def:::basic_auth:::b", "role_id": found["clerks"]}
    found["client"] = made(client, "client-role", **named)
    found["channel"] = channel(client, security_id=found["security"], has_rbac=True)
    return found
