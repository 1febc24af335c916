"""Tests of apitest_server.internal.security_rbac.permission."""

from tests.server.asgi import Client
from tests.server.internal.security_rbac.access import RBAC


def test_permissions_are_the_methods_of_http(untouched: Client) -> None:
    """By name, and always the same."""
    rows = untouched.result(f"{RBAC}.permission.get-list")
    assert [(row["name"], row["methods"]) for row in rows] == [
        ("Create", "POST"),
        ("Delete", "DELETE"),
        ("Read", "GET, HEAD"),
        ("Update", "PUT, PATCH"),
    ]
    found = untouched.result(f"{RBAC}.permission.get-by-name", {"name": "Read"})
    assert untouched.result(f"{RBAC}.permission.get-by-id", {"id": found["id"]}) == found
