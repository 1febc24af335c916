"""Tests of apitest_server.internal.security_tls.channel: channels of a server in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.service.asgi import Receive, Scope, Send, Subject
from tests.server.asgi import Client, served
from tests.server.rest.channels import SERVICES, channel

TLS = "zato.security.tls.channel"
ASKING = """\
from zato.server.service import Service
class Asking(Service):
    name = 'my.asking'
    def handle(self):
        return {'user': self.channel.user}
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path, "", a=SERVICES, b=ASKING) as client:
        yield client


def get(client: Client, path: str, subject: Subject, **headers: str) -> tuple[int, object]:
    """As a connection with a certificate has it."""
    app = client.app

    async def shown(scope: Scope, receive: Receive, send: Send) -> None:
        scope["client_certificate"] = subject
        await app(scope, receive, send)

    client.app = shown  # type: ignore[assignment]  # called as one is
    try:
        answer = client.get(path, **headers)
    finally:
        client.app = app
    return answer.status, answer.json().get("user") if answer.status == 200 else None


def test_a_channel_knows_clients_by_their_certificates(client: Client) -> None:
    """All changes of a definition count for the next request; whoever is refused does not learn why."""
    number = client.result(f"{TLS}.create", {"name": "Shops", "value": "CN=shop-*, O=Example"})["id"]
    channel(client, "a", service="my.asking", security_id=number)
    shop: Subject = (("O", "Example"), ("CN", "shop-1"))
    assert get(client, "/a", shop) == (200, "shop-1")
    assert get(client, "/a", (("CN", "shop-1"),)) == (401, None)
    assert client.get("/a").status == 401
    assert get(client, "/nowhere", shop) == (404, None)
    assert get(client, "/nowhere", (("CN", "shop-1"),)) == (401, None)
    client.result(f"{TLS}.edit", {"id": number, "value": "CN=shop-2"})
    assert get(client, "/a", shop) == (401, None)
    client.result(f"{TLS}.edit", {"id": number, "value": "CN=shop-1"})
    assert get(client, "/a", shop) == (200, "shop-1")
    assert client.refused(f"{TLS}.delete", {"id": number})[0] == 400
    client.result(f"{TLS}.edit", {"id": number, "is_active": False})
    assert get(client, "/a", shop) == (401, None)


def test_a_certificate_is_not_a_password(client: Client) -> None:
    """Who shows one has to show the password of a channel as well, and the other way round."""
    client.result(f"{TLS}.create", {"name": "Shops", "value": "CN=*"})
    basic = {"name": "b", "username": "maria", "realm": "r", "password": "a-password"}
    number = client.result("zato.security.basic-auth.create", basic)["id"]
    channel(client, "a", service="my.asking", security_id=number)
    shop: Subject = (("CN", "shop"),)
    own = {"Authorization": "Basic bWFyaWE6YS1wYXNzd29yZA=="}
    assert get(client, "/a", shop) == (401, None)
    assert get(client, "/a", shop, **own) == (200, "maria")
    assert get(client, "/a", shop, Authorization="Basic bWFyaWE6d3Jvbmc=") == (401, None)


def test_definitions_are_listed(client: Client) -> None:
    """Each part of a pattern on a line of its own; among those of all types, too."""
    client.result(f"{TLS}.create", {"name": "Shops", "value": "cn=shop-*, organizationName=Example\\, Inc."})
    row = client.result(f"{TLS}.get-by-name", {"name": "Shops"})
    assert row["value"] == "CN=shop-*\nO=Example\\, Inc."
    client.result(f"{TLS}.edit", {"id": row["id"], "value": row["value"]})
    rows = client.result("zato.security.get-list", {"sec_type": "tls_channel_sec"})
    assert [row["name"] for row in rows] == ["Shops"]
    assert client.result(f"{TLS}.get-by-id", {"id": row["id"]})["value"] == row["value"]


@pytest.mark.parametrize("value", ["", "shop", "X=1"])
def test_what_is_not_a_pattern_is_refused(client: Client, value: str) -> None:
    """The error says what is."""
    status, details = client.refused(f"{TLS}.create", {"name": "x", "value": value})
    assert (status, "`value`" in details) == (400, True), details


def test_outgoing_connections_do_not_show_one(client: Client) -> None:
    """They have certificates with keys for that."""
    number = client.result(f"{TLS}.create", {"name": "Shops", "value": "CN=*"})["id"]
    given = {"name": "x", "connection": "outgoing", "transport": "plain_http", "host": "http://a", "url_path": "/"}
    status, details = client.refused("zato.http-soap.create", {**given, "security_id": number})
    assert (status, "which is for channels" in details) == (400, True), details
