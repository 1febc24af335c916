"""Tests of apitest_server.internal.security_oauth, against an authorization server and an API that takes its tokens."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.rest.channels import SERVICES
from tests.services.oauth import OAuth

KIND = "zato.security.oauth"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path, "", a=SERVICES) as client:
        yield client


def shop(client: Client, oauth: OAuth, **fields: Any) -> int:
    """Creates a definition, and an outgoing connection ``CRM`` that uses it."""
    url = f"{oauth.address}/token"
    given = {
        "name": "shop",
        "username": "apitest",
        "auth_server_url": url,
        "scopes": "orders",
        "password": oauth.secret,
    }
    number = int(client.result(f"{KIND}.create", {**given, **fields})["id"])
    out = {"name": "CRM", "connection": "outgoing", "transport": "plain_http", "host": oauth.address}
    client.result("zato.http-soap.create", {**out, "url_path": "/orders", "security_id": number})
    return number


def test_a_service_calls_with_a_token(client: Client, oauth: OAuth) -> None:
    """A change of the definition counts for the next request."""
    number = shop(client, oauth)
    assert client.result("my.calling", {"name": "CRM"}) == {"scope": "orders", "body": '{"a":1}'}
    new = {"password1": "wrong", "password2": "wrong"}
    client.result(f"{KIND}.change-password", {"id": number, **new})
    status, details = client.refused("my.calling", {"name": "CRM"})
    assert (status, "answers 401 invalid_client" in details) == (503, True)
    client.result(f"{KIND}.edit", {"id": number, "password": oauth.secret, "scopes": "orders prices"})
    assert client.result("my.calling", {"name": "CRM"})["scope"] == "orders prices"
    client.result(f"{KIND}.edit", {"id": number, "is_active": False})
    status, details = client.refused("my.calling", {"name": "CRM"})
    assert (status, "is not active" in details) == (503, True)


def test_a_ping_asks_for_a_token(client: Client, oauth: OAuth) -> None:
    """Each time, and shows neither it nor the secret."""
    number, before = shop(client, oauth), len(oauth.given)
    for _ in range(2):
        info = client.result(f"{KIND}.ping", {"id": number})["info"]
        assert info.startswith(f"{oauth.address}/token has given a token in")
    new = list(oauth.given)[before:]
    rows = str([client.result(f"{KIND}.get-list"), client.result(f"{KIND}.get-by-id", {"id": number}), info])
    assert (len(new), oauth.secret in rows, any(token in rows for token in new)) == (2, False, False)
    client.result(f"{KIND}.edit", {"id": number, "is_active": False})
    assert client.refused(f"{KIND}.ping", {"id": number}) == (404, "OAuth definition `shop` is not active")


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"extra_fields": "client_secret=x"}, "must not hold secrets, which lists would show: `client_secret`"),
        ({"extra_fields": "audience"}, "must have the form audience="),
        ({"auth_server_url": "example.com"}, "must be an address"),
    ],
)
def test_what_cannot_be_meant_is_refused(client: Client, fields: dict[str, Any], details: str) -> None:
    """And what would be shown to everybody who may list definitions."""
    given = {"name": "a", "username": "u", "auth_server_url": "https://example.com/token", **fields}
    status, found = client.refused(f"{KIND}.create", given)
    assert (status, details in found) == (400, True)


def test_only_outgoing_connections_can_use_it(client: Client, oauth: OAuth) -> None:
    """There is nothing that it could check of a caller."""
    number = shop(client, oauth)
    given = {"name": "a", "connection": "channel", "transport": "plain_http", "url_path": "/a", "service": "my.echo"}
    status, details = client.refused("zato.http-soap.create", {**given, "security_id": number})
    assert (status, "`shop`, whose type is for outgoing connections" in details) == (400, True)
    known = [row["client_def"] for row in client.result("zato.security.rbac.client-role.get-client-def-list")]
    assert not any("shop" in name for name in known)
