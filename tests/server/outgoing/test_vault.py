"""Tests of apitest_server.outgoing.vault, against a Vault."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import hvac
import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.vault import VaultConnection
from tests.ports import free_port

Environment = Mapping[str, str]


def connection(address: str, token: str = "") -> VaultConnection:
    return VaultConnection(StoredObject(1, "security.vault.connection", "CRM", {"url": address}, {"token": token}))


@pytest.fixture
def own(vault_server: Environment) -> Iterator[hvac.Client]:
    """Whoever administers the Vault."""
    client = hvac.Client(vault_server["VAULT_ADDR"], vault_server["VAULT_TOKEN"])
    yield client
    client.session.close()


@pytest.fixture
def vault(vault_server: Environment) -> Iterator[VaultConnection]:
    made = connection(vault_server["VAULT_ADDR"], vault_server["VAULT_TOKEN"])
    yield made
    made.close()


def made(own: hvac.Client, **options: Any) -> str:
    return str(own.auth.token.create(**options)["auth"]["client_token"])


def test_services_read_secrets(vault: VaultConnection) -> None:
    """With the driver's own client, and the token of the definition."""
    found = vault.conn.client.secrets.kv.v2.read_secret_version(
        "app/one", mount_point="apitest-kv2", raise_on_deleted_version=True
    )
    assert found["data"]["data"] == {"value": "only-s3cret"}


def test_a_token_tells_whose_it_is(vault: VaultConnection, own: hvac.Client) -> None:
    """By what Vault says of it, not by what whoever has made it says; one that was revoked is nobody's."""
    token = made(own, display_name="shop", policies=["apitest"], meta={"username": "root"}, ttl="1h")
    known = vault.by_token(token)
    assert known is not None
    assert (known.user, known.policies >= {"apitest", "default"}, 3500 < known.lives <= 3600) == (
        "token-shop", True, True,
    )  # fmt: skip
    own.auth.token.revoke(token)
    assert vault.by_token(token) is None
    assert vault.by_token("nonsense") is None


def test_a_token_of_who_has_logged_in_is_theirs(
    vault: VaultConnection, own: hvac.Client, vault_server: Environment
) -> None:
    """With a password it has their name, with an AppRole that of the method."""
    password = vault_server["APITEST_VAULT_PASSWORD"]
    maria = own.auth.userpass.login("maria", password, use_token=False)["auth"]["client_token"]
    role = own.auth.approle.login(
        vault_server["APITEST_VAULT_ROLE_ID"], vault_server["APITEST_VAULT_SECRET_ID"], use_token=False
    )["auth"]["client_token"]
    users = [known.user for known in map(vault.by_token, (maria, role)) if known]
    assert users == ["maria", "approle"]


def test_a_password_tells_who_it_is(vault: VaultConnection, vault_server: Environment) -> None:
    """Nobody, where it is wrong, or where Vault has no such user."""
    password = vault_server["APITEST_VAULT_PASSWORD"]
    known = vault.by_password("maria", password)
    assert known is not None
    assert (known.user, "apitest" in known.policies) == ("maria", True)
    assert vault.by_password("maria", "wrong") is None
    assert vault.by_password("nobody", password) is None


def test_a_ping_asks_for_the_token_too(vault: VaultConnection, vault_server: Environment) -> None:
    """It names the address, never the token."""
    address = vault_server["VAULT_ADDR"]
    assert vault.ping() == address
    without, wrong = connection(address), connection(address, "hvs.not-a-token")
    assert without.ping() == address
    with pytest.raises(ServiceUnavailable, match="Vault of `CRM` does not know the connection's token"):
        wrong.ping()
    without.close()
    wrong.close()


def test_a_sealed_vault_is_told_of(vault_server: Environment) -> None:
    """And that is not the caller's fault."""
    sealed = connection(vault_server["APITEST_VAULT_SEALED_ADDR"], "t")
    with pytest.raises(ServiceUnavailable, match="is not ready: it is sealed"):
        sealed.ping()
    with pytest.raises(ServiceUnavailable, match="cannot be asked: Vault is sealed"):
        sealed.by_token("t")
    sealed.close()


def test_a_vault_that_is_away_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    """However many ask; the token is in no line."""
    away = connection(f"http://127.0.0.1:{free_port()}", "hvs.s3cret")
    with caplog.at_level(logging.INFO, "apitest.outgoing"):
        for _ in range(3):
            with pytest.raises(ServiceUnavailable, match=r"cannot be asked: .*Connection refused"):
                away.by_token("hvs.s3cret")
    away.close()
    [line] = caplog.messages
    assert line.startswith("Vault connection `CRM` cannot be used until further notice: ")
    assert line.endswith("Connection refused")
