"""Tests of apitest_server.internal.security_oauth, against an authorization server and an API that takes its tokens."""

import asyncio
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from authlib.integrations.requests_client import OAuth1Auth

from tests.server.asgi import Client, served
from tests.server.rest.channels import SERVICES
from tests.server.wsx.serving import Listening, run
from tests.services.oauth import OAuth

KIND = "zato.security.oauth"
CALLING = b"""
from zato.server.service import Service
class Calling(Service):
    name = 'test.calling'
    def handle(self):
        answer = self.out.rest['CRM'].conn.post(self.cid, {'g': 'h & i'}, {'id': 'a b', 'c': 'd e'})
        self.response.payload = {'status': answer.status_code}
"""
SIGNED = {"name": "shop", "username": "a key & more", "password": "a secret & more"}


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
    assert (status, "`shop`, which is for outgoing connections" in details) == (400, True)
    known = [row["client_def"] for row in client.result("zato.security.rbac.client-role.get-client-def-list")]
    assert not any("shop" in name for name in known)


def test_a_definition_that_callers_show_stays_oauth_1(client: Client) -> None:
    """Who uses it is named, and nothing is changed; once nobody does any longer, it can be what it is wanted to be."""
    number = client.result(f"{KIND}.create", SIGNED)["id"]
    given = {"connection": "channel", "transport": "plain_http", "service": "my.echo", "security_id": number}
    channel = client.result("zato.http-soap.create", {"name": "a", "url_path": "/a", **given})["id"]
    out = {"connection": "outgoing", "host": "http://127.0.0.1:1"}
    client.result("zato.http-soap.create", {"name": "CRM", **given, **out})
    role = client.result("zato.security.rbac.role.create", {"name": "clerk"})["id"]
    client_role = {"client_def": "sec_def:::oauth:::shop", "role_id": role}
    granted = client.result("zato.security.rbac.client-role.create", client_role)["id"]
    edit = {"id": number, "auth_server_url": "https://example.com/token"}
    status, details = client.refused(f"{KIND}.edit", edit)
    users = "channel `a`, role of client `sec_def:::oauth:::shop:::clerk`"
    assert (
        status,
        f"`auth_server_url` must be empty: callers show this definition as OAuth 1.0, it is used by: {users};"
        in details,
    ) == (400, True)
    assert client.result(f"{KIND}.get-by-id", {"id": number})["auth_server_url"] == ""
    client.result(f"{KIND}.edit", {"id": number, "sig_method": "PLAINTEXT"})
    client.result("zato.http-soap.edit", {"id": channel, "security_id": 0})
    assert "used by: role of client" in client.refused(f"{KIND}.edit", edit)[1]
    client.result("zato.security.rbac.client-role.delete", {"id": granted})
    client.result(f"{KIND}.edit", edit)


def test_callers_of_a_channel_sign_their_requests(tmp_path: Path) -> None:
    """With the library of somebody else, which sends each request once; and so does an outgoing connection."""

    async def test(server: Listening) -> None:
        address = f"http://127.0.0.1:{server.port}"
        number = (await server.call(f"{KIND}.create", {**SIGNED, "proto_version": "1.0", "max_nonce_log": ""}))["id"]
        about = {"name": "a", "connection": "channel", "transport": "plain_http", "service": "test.echo"}
        await server.call("zato.http-soap.create", {**about, "url_path": "/orders/{id}", "security_id": number})

        def post(secret: str, **options: Any) -> int:
            auth = OAuth1Auth(SIGNED["username"], secret, **options)
            url = f"{address}/orders/a%20b?c=d+e&f=%C3%BC"
            return requests.post(url, data={"g": "h & i"}, auth=auth, timeout=30).status_code

        async def answers(*shown: str, **options: Any) -> int:
            return await asyncio.to_thread(post, *shown, **options)

        assert await answers(SIGNED["password"]) == 200
        assert await answers("another") == 401
        assert await answers(SIGNED["password"], signature_type="QUERY") == 401
        out = {
            "name": "CRM",
            "connection": "outgoing",
            "transport": "plain_http",
            "host": address,
            "data_format": "form",
        }
        path = {"url_path": "/orders/{id}", "method": "POST", "security_id": number}
        await server.call("zato.http-soap.create", {**out, **path})
        await server.call(
            "zato.service.upload-package", {"payload": b64encode(CALLING).decode(), "payload_name": "a.py"}
        )
        assert await server.call("test.calling") == {"status": 200}
        await server.call(f"{KIND}.change-password", {"id": number, "password1": "another", "password2": "another"})
        assert await answers("another") == 200
        assert await answers(SIGNED["password"]) == 401
        await server.call(f"{KIND}.edit", {"id": number, "sig_method": "PLAINTEXT"})
        assert await answers("another") == 401
        assert await answers("another", signature_method="PLAINTEXT") == 200
        status, details = await server.call(f"{KIND}.ping", {"id": number})
        assert (status, details) == (400, "OAuth definition `shop` has no `auth_server_url` that could be asked")

    run(tmp_path, test)
