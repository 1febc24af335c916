"""Tests of apitest_server.internal.security_vault_connection: channels of a server in this process, and a Vault."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import hvac
import pytest

from apitest_server.errors import Unauthorized
from apitest_server.security.authentication import key_of
from tests.server.asgi import Client, served
from tests.server.rest.channels import SERVICES, channel

VAULT = "zato.security.vault.connection"
READING = """\
from zato.server.service import Service
class Reading(Service):
    name = 'my.reading'
    def handle(self):
        found = self.out.vault['CRM'].conn.client.read('apitest-kv1/app/one')
        return {'value': found['data']['value'], 'user': self.channel.user}
"""
Environment = Mapping[str, str]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path, "", a=SERVICES, b=READING) as client:
        yield client


@pytest.fixture
def token(vault_server: Environment) -> Iterator[str]:
    """Of a caller."""
    own = hvac.Client(vault_server["VAULT_ADDR"], vault_server["VAULT_TOKEN"])
    made = own.auth.token.create(display_name="shop", policies=["apitest"])["auth"]["client_token"]
    yield str(made)
    own.auth.token.revoke(made)
    own.session.close()


def secured(client: Client, vault_server: Environment, **fields: Any) -> int:
    """Creates a connection, and a channel ``/a`` that asks for it."""
    given = {"name": "CRM", "url": vault_server["VAULT_ADDR"], "token": vault_server["VAULT_TOKEN"], **fields}
    number = int(client.result(f"{VAULT}.create", given)["id"])
    channel(client, "a", service="my.reading", security_id=number)
    return number


def test_a_channel_knows_who_shows_a_token_of_vault(client: Client, vault_server: Environment, token: str) -> None:
    """Or a user name and password; services read secrets through the connection."""
    secured(client, vault_server)
    assert client.get("/a", X_Zato_Vault_Token=token).json() == {"value": "only-s3cret", "user": "token-shop"}
    assert client.get("/a", X_Vault_Token=token).status == 200
    own = {"X_Zato_Vault_Username": "maria", "X_Zato_Vault_Password": vault_server["APITEST_VAULT_PASSWORD"]}
    assert client.get("/a", **own).json()["user"] == "maria"
    assert client.get("/a", **{**own, "X_Zato_Vault_Password": "wrong"}).status == 401
    assert client.get("/a").status == 401
    assert client.get("/nowhere", X_Zato_Vault_Token="hvs.wrong").status == 401
    assert client.get("/nowhere", X_Zato_Vault_Token=token).status == 404


def test_changes_count_for_the_next_request(client: Client, vault_server: Environment, token: str) -> None:
    """Policies, another address, and being switched off; nothing that was confirmed before outlives them."""
    number = secured(client, vault_server, trusted_for=3600)
    assert client.get("/a", X_Zato_Vault_Token=token).status == 200
    client.result(f"{VAULT}.edit", {"id": number, "policies": "staff"})
    assert client.get("/a", X_Zato_Vault_Token=token).status == 401
    client.result(f"{VAULT}.edit", {"id": number, "policies": "apitest"})
    assert client.get("/a", X_Zato_Vault_Token=token).status == 200
    sealed = vault_server["APITEST_VAULT_SEALED_ADDR"]
    client.result(f"{VAULT}.edit", {"id": number, "url": sealed})
    assert client.get("/a", X_Zato_Vault_Token=token).status == 503
    client.result(f"{VAULT}.edit", {"id": number, "url": vault_server["VAULT_ADDR"], "is_active": False})
    assert client.get("/a", X_Zato_Vault_Token=token).status == 401


def test_a_message_can_have_credentials_as_well(client: Client, vault_server: Environment, token: str) -> None:
    """As clients of WebSocket channels sign in: a password without a user name is a token."""
    key = key_of(secured(client, vault_server))
    signed_in = [
        client.runner.run(client.app.authentication.sign_in(key, name, secret, "127.0.0.1"))
        for name, secret in (("maria", vault_server["APITEST_VAULT_PASSWORD"]), ("", token))
    ]
    assert signed_in == ["maria", "token-shop"]
    with pytest.raises(Unauthorized):
        client.runner.run(client.app.authentication.sign_in(key, "", "hvs.wrong", "127.0.0.1"))


def test_the_token_is_never_shown(client: Client, vault_server: Environment) -> None:
    """It can be changed, and tried with a ping."""
    number = secured(client, vault_server)
    assert client.result(f"{VAULT}.ping", {"id": number})["info"].startswith(vault_server["VAULT_ADDR"])
    new = {"password1": "hvs.other", "password2": "hvs.other"}
    client.result(f"{VAULT}.change-password", {"id": number, **new})
    status, details = client.refused(f"{VAULT}.ping", {"id": number})
    assert (status, "does not know the connection's token" in details) == (503, True)
    rows = [client.result(f"{VAULT}.{verb}", given) for verb, given in (
        ("get-list", {}), ("get-by-id", {"id": number}), ("get-by-name", {"name": "CRM"}),
    )]  # fmt: skip
    assert "hvs.other" not in str(rows)
    assert vault_server["VAULT_TOKEN"] not in str(rows)
    assert client.result("zato.security.get-list", {"sec_type": "vault_conn_sec"})[0]["name"] == "CRM"


def test_only_callers_can_be_asked_for_it(client: Client, vault_server: Environment) -> None:
    """An outgoing connection has nothing to show of it; an address that has credentials is refused."""
    number = secured(client, vault_server)
    given = {"name": "o", "connection": "outgoing", "transport": "plain_http", "host": "http://localhost:1"}
    status, details = client.refused("zato.http-soap.create", {**given, "security_id": number})
    assert (status, "`CRM`, which is for channels" in details) == (400, True)
    status, details = client.refused(f"{VAULT}.create", {"name": "b", "url": "http://u:s3cret@localhost"})
    assert (status, "s3cret" in details) == (400, False)
    status, details = client.refused(f"{VAULT}.delete", {"id": number})
    assert (status, "is used by: a" in details) == (400, True)
