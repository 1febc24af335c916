"""Tests of apitest_server.security.vault; tests/server/outgoing/test_vault.py asks a Vault."""

from collections.abc import Mapping

import pytest

from apitest_server.security import vault as module
from apitest_server.security.vault import Known, VaultCheck

TOKEN = {"x-zato-vault-token": "hvs.right"}
PASSWORD = {"x-zato-vault-username": "maria", "x-zato-vault-password": "right"}


class Register:
    """Knows one token and one password, and counts how often it is asked."""

    def __init__(self, lives: float = 0.0) -> None:
        self.asked = 0
        self.lives = lives

    def by_token(self, token: str) -> Known | None:
        self.asked += 1
        return Known("token-user", frozenset({"default", "shop"}), self.lives) if token == "hvs.right" else None

    def by_password(self, username: str, password: str) -> Known | None:
        self.asked += 1
        return Known(username, frozenset({"default"})) if password == "right" else None


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def user(checks: VaultCheck, headers: Mapping[str, str]) -> str | None:
    verdict = checks.check(headers)
    return verdict() if callable(verdict) else verdict


@pytest.mark.parametrize(
    ("headers", "claimed", "expected"),
    [
        ({}, None, None),
        (TOKEN, "", "token-user"),
        ({"x-vault-token": "hvs.right"}, "", "token-user"),
        ({"x-vault-token": "hvs.wrong"}, "", None),
        ({"x-vault-token": "x" * 20_000}, "", None),
        (PASSWORD, "maria", "maria"),
        ({**PASSWORD, "x-zato-vault-password": "wrong"}, "maria", None),
        ({"x-zato-vault-username": "maria"}, "maria", None),
        ({**PASSWORD, **TOKEN}, "", "token-user"),
        ({"authorization": "Basic dTpw"}, None, None),
    ],
)
def test_a_caller_shows_a_token_or_a_password(
    headers: dict[str, str], claimed: str | None, expected: str | None
) -> None:
    """In headers of their own; a token counts before a password."""
    checks = VaultCheck(Register(), frozenset(), 5)
    assert (checks.claimed(headers), user(checks, headers)) == (claimed, expected)


@pytest.mark.parametrize("name", ["../ldap/login/maria", "a/b", "a?b", "maria\n", ".", "..", "", " ", "ü", "x" * 300])
def test_a_name_that_leads_to_another_path_is_not_asked_about(name: str) -> None:
    """It is a part of the path of the request to Vault."""
    register = Register()
    assert user(VaultCheck(register, frozenset(), 5), {**PASSWORD, "x-zato-vault-username": name}) is None
    assert register.asked == 0


def test_vault_is_asked_again_after_a_time() -> None:
    """What it has confirmed counts until then, for exactly these credentials; a refusal is never remembered."""
    register, clock = Register(), Clock()
    checks = VaultCheck(register, frozenset(), 5, clock)
    assert [user(checks, TOKEN), user(checks, TOKEN), register.asked] == ["token-user", "token-user", 1]
    clock.now = 5
    assert [user(checks, TOKEN), register.asked] == ["token-user", 2]
    wrong = {**PASSWORD, "x-zato-vault-password": "wrong"}
    assert [user(checks, PASSWORD), user(checks, wrong), user(checks, wrong), register.asked] == [
        "maria",
        None,
        None,
        5,
    ]


@pytest.mark.parametrize(("trusted", "lives", "at"), [(0, 0.0, 0.0), (5, 2.0, 2.0), (2, 50.0, 2.0)])
def test_no_answer_counts_for_longer_than_the_token_lives(trusted: float, lives: float, at: float) -> None:
    """Nor for longer than is wanted, which may be never."""
    register, clock = Register(lives), Clock()
    checks = VaultCheck(register, frozenset(), trusted, clock)
    assert user(checks, TOKEN) == "token-user"
    clock.now = at
    assert (user(checks, TOKEN), register.asked) == ("token-user", 2)


@pytest.mark.parametrize(
    ("policies", "expected"), [({"shop"}, "token-user"), ({"x", "shop"}, "token-user"), ({"x"}, None)]
)
def test_a_caller_needs_one_of_the_policies(policies: set[str], expected: str | None) -> None:
    """Whoever Vault knows is not everybody who may call."""
    assert user(VaultCheck(Register(), frozenset(policies), 5), TOKEN) == expected


def test_what_is_remembered_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it is forgotten, and asked anew; what is remembered is not what was shown."""
    monkeypatch.setattr(module, "_KEPT", 1)
    checks = VaultCheck(Register(), frozenset(), 5)
    assert [user(checks, TOKEN), user(checks, PASSWORD)] == ["token-user", "maria"]
    assert len(checks._confirmed) == 1
    assert "right" not in repr(checks._confirmed)


def test_messages_and_documents_can_have_it() -> None:
    """Credentials of a message are headers; OpenAPI names the one with the token."""
    checks = VaultCheck(Register(), frozenset(), 5)
    assert (checks.headers("maria", "right"), checks.headers("", "hvs.right")) == (PASSWORD, TOKEN)
    assert checks.scheme() == {"type": "apiKey", "in": "header", "name": "x-zato-vault-token"}
