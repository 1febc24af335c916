"""What the Vault client promises, kept on a server of Vault's documented API, or on a real Vault if one is given."""

from collections.abc import Mapping
from typing import Any

import pytest

from apitest.clients.vault.connection import VaultConnection
from apitest.clients.vault.settings import VaultSettings
from apitest.errors import BadValue, TimedOut, UnknownValue, Unreachable
from tests.services.vault import Vault

ALICE = {"username": "alice", "password": "s3cret-of-alice"}


@pytest.fixture(params=["token", "AppRole"])
def settings(request: pytest.FixtureRequest, vault_server: Mapping[str, str]) -> VaultSettings:
    """Both ways to be let in."""
    address = vault_server["VAULT_ADDR"]
    if request.param == "token":
        return VaultSettings(address, vault_server["VAULT_TOKEN"])
    role, secret = vault_server["APITEST_VAULT_ROLE_ID"], vault_server["APITEST_VAULT_SECRET_ID"]
    return VaultSettings(address, role_id=role, secret_id=secret)


def read(settings: VaultSettings, reference: str, secrets: list[str] | None = None) -> Any:
    client = VaultConnection(settings, (secrets if secrets is not None else []).append)
    try:
        return client.read(reference)
    finally:
        client.close()


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        ("apitest-kv1/app/db", ALICE),
        ("apitest-kv2/app/db", ALICE),
        ("apitest-kv2/data/app/db", ALICE),
        ("apitest-kv1/app/db#password", "s3cret-of-alice"),
        ("/apitest-kv2/app/db/#password", "s3cret-of-alice"),
        ("apitest-kv1/app/one", "only-s3cret"),
        ("apitest-kv2/app/one", "only-s3cret"),
    ],
)
def test_secrets_of_both_versions_are_read(settings: VaultSettings, reference: str, value: Any) -> None:
    """A secret is its only value, all of its values, or the one of a key, whichever engine holds it."""
    assert read(settings, reference) == value


def test_everything_secret_is_registered(settings: VaultSettings) -> None:
    """Each value that was read, the token and the role's secret are told, and nothing empty."""
    secrets: list[str] = []
    read(settings, "apitest-kv2/app/db#username", secrets)
    assert {"alice", "s3cret-of-alice"} <= set(secrets)
    assert settings.token in secrets or settings.secret_id in secrets
    assert "" not in secrets


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("apitest-kv1/app/none", "Vault has no secret apitest-kv1/app/none"),
        ("apitest-kv2/app/none", "Vault has no secret apitest-kv2/app/none"),
        ("apitest-kv2/app/db#pasword", "has no key pasword"),
        ("apitest-kv2/app/db#zzz", "has no key zzz"),
    ],
)
def test_what_is_not_there_is_an_unknown_value(settings: VaultSettings, reference: str, told: str) -> None:
    """A missing secret or key is named; of the secret, keys are shown and never values."""
    with pytest.raises(UnknownValue, match=told) as caught:
        read(settings, reference)
    assert "s3cret" not in str(caught.value)


def test_an_engine_that_is_not_there_is_refused(settings: VaultSettings) -> None:
    """Vault does not tell a missing engine from one that may not be read."""
    with pytest.raises((Unreachable, UnknownValue)):
        read(settings, "nowhere/at/all")


def test_a_wrong_token_is_refused(vault_server: Mapping[str, str]) -> None:
    """The error is Vault's own word, without the token."""
    with pytest.raises(Unreachable, match="refused access") as caught:
        read(VaultSettings(vault_server["VAULT_ADDR"], "wrong-token"), "apitest-kv1/app/db")
    assert "wrong-token" not in str(caught.value)


def test_a_wrong_approle_is_refused(vault_server: Mapping[str, str]) -> None:
    """A login that fails is told as such, without the role's secret."""
    wrong = VaultSettings(vault_server["VAULT_ADDR"], role_id="nobody", secret_id="wrong-secret")
    with pytest.raises(Unreachable, match="refused the AppRole") as caught:
        read(wrong, "apitest-kv1/app/db")
    assert "wrong-secret" not in str(caught.value)


def test_a_vault_that_is_down_is_unreachable() -> None:
    """Nothing listens on port 1."""
    with pytest.raises(Unreachable, match="cannot be reached"):
        read(VaultSettings("http://127.0.0.1:1", "t"), "a/b")


def test_an_address_that_is_none_is_a_mistake() -> None:
    """An address needs its scheme."""
    with pytest.raises(BadValue, match="not a URL"):
        read(VaultSettings("vault.example.com", "t"), "a/b")


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A server of the documented API, even where a real Vault is given."""
    monkeypatch.delenv("VAULT_ADDR", raising=False)
    server = Vault()
    yield server
    server.stop()


def test_a_sealed_vault_cannot_answer(own: Vault) -> None:
    """While Vault is sealed nothing can be read."""
    assert own.api
    own.api.sealed = True
    with pytest.raises(Unreachable, match="sealed"):
        read(VaultSettings(own.address, own.token), "apitest-kv1/app/db")


def test_a_deleted_secret_is_not_there(own: Vault) -> None:
    """Of a deleted secret of version 2 only the metadata is left."""
    assert own.api
    own.api.answer("DELETE", "apitest-kv2/data/app/db", own.token, {})
    with pytest.raises(UnknownValue, match="has no secret"):
        read(VaultSettings(own.address, own.token), "apitest-kv2/app/db")


def test_an_engine_may_be_mounted_deeper(own: Vault) -> None:
    """The path of an engine may itself hold slashes."""
    assert own.api
    own.api.answer("POST", "sys/mounts/team/kv", own.token, {"type": "kv", "options": {"version": "2"}})
    own.api.answer("POST", "team/kv/data/x", own.token, {"data": {"a": "deep"}})
    assert read(VaultSettings(own.address, own.token), "team/kv/x") == "deep"


def test_a_silent_vault_is_a_time_out() -> None:
    """A port that takes connections and never answers is given up after the time that was set."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(TimedOut, match=r"within 0\.2 s"):
            read(VaultSettings(address, "t", timeout=0.2), "a/b")
