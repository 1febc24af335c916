"""Tests of apitest_server.security.outsiders."""

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.security.definitions import JWT, SIGNED, APIKey, BasicAuth, Checker
from apitest_server.security.outsiders import Outsiders
from apitest_server.security.passwords import Verifier
from apitest_server.security.signing import token
from apitest_server.security.vault import Known, VaultCheck
from apitest_server.security.verifying import Question
from tests.server.security.hashes import hashed

VERIFIER = Verifier()
HASHED = hashed("p")
TOKENS = SecurityDefinition("tokens", "jwt", secret="s" * 32, realm="t")
BASIC = {"authorization": "Basic dTpw"}  # u:p


def basic(username: str = "u", password: str = "p", realm: str = "r") -> BasicAuth:
    return BasicAuth(SecurityDefinition("a", "basic-auth", username, password, realm), VERIFIER)


def key(value: str, header: str) -> APIKey:
    return APIKey(SecurityDefinition("keys", "api-key", key=value, header=header), VERIFIER)


def outsiders(*checkers: Checker) -> Outsiders:
    return Outsiders(checkers, None, VERIFIER)


def test_the_challenge_is_that_of_all_definitions() -> None:
    """Each once; keys have none."""
    made = outsiders(basic(), key("k", "X-A"), basic("other"), JWT(TOKENS, VERIFIER))
    assert made.challenge == 'Basic realm="r", charset="UTF-8", Bearer realm="t"'
    assert outsiders().challenge == ""


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        (BASIC, "u"),
        ({**BASIC, "x-a": "k"}, "u"),
        ({"x-a": "k"}, ""),
        ({"x-b": "k"}, None),
        ({"authorization": "Bearer a"}, SIGNED),
        ({"authorization": "Bearer a", "x-a": "k"}, ""),
        ({"authorization": "nonsense"}, None),
    ],
)
def test_who_a_request_claims_to_be_does_not_depend_on_the_definition(
    headers: dict[str, str], expected: str | None
) -> None:
    """A name, nobody with a key, a signed token."""
    assert outsiders(key("k", "X-A"), basic()).claimed(headers) == expected


def test_a_refusal_costs_a_hash_where_another_one_would() -> None:
    """A key does where the keys of its header are hashed; what nothing would hash costs none."""
    made = outsiders(key("k", "X-Plain"), key(HASHED, "X-Hashed"), basic())
    token_check = JWT(TOKENS, VERIFIER)
    for checks in (None, basic("other"), token_check):
        assert made.check(checks, BASIC) == VERIFIER.refuse
        assert made.check(checks, {"x-hashed": "x"}) == VERIFIER.refuse
        assert made.check(checks, {"x-plain": "x"}) is None
    assert made.check(basic(), BASIC) == "u"
    assert VERIFIER.refuse() is None


def test_somebody_is_found_by_any_definition() -> None:
    """A password that has to be hashed is, once, by the definition that has the user's name."""
    made = outsiders(basic("other", HASHED), basic("u", HASHED), basic("u", hashed("x")), key("k", "X-A"))
    verdict = made.known({"authorization": "Basic dTpw"})
    assert callable(verdict)
    assert verdict() == "u"
    assert made.known({"x-a": "k"}) == "keys"
    assert made.known({"authorization": "Basic eDp4"}) == VERIFIER.refuse
    assert made.known({"x-a": "x"}) is None


def test_tokens_of_any_definition_are_known() -> None:
    """Of so many that a request does not take long."""
    several = [JWT(SecurityDefinition(f"{n}", "jwt", secret=f"{n}" * 32), VERIFIER) for n in range(100, 130)]
    for checks in several:
        checks.claims("x")
    made = outsiders(*several)
    for number, expected in ((100, "me"), (119, "me"), (120, None)):
        given = token(SecurityDefinition("a", "jwt", secret=f"{number}" * 32), "me", 60)
        assert made.known({"authorization": f"Bearer {given}"}) == expected


class Vault:
    """Knows everybody, and remembers who was asked about."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def by_token(self, token: str) -> Known:
        self.asked.append(token)
        return Known(token, frozenset())

    def by_password(self, username: str, password: str) -> Known:
        self.asked.append(username)
        return Known(username, frozenset())


def test_who_shows_a_token_of_vault_waits_for_vault_everywhere() -> None:
    """What else they call does not tell by its time which channel asks Vault; there its answer is not used."""
    vault = Vault()
    checks = VaultCheck(vault, frozenset(), 0)
    made, shown = outsiders(basic(), checks), {"x-vault-token": "t"}
    assert (made.claimed(shown), made.claimed({"x-zato-vault-username": "u"}), made.claimed({})) == ("", "u", None)
    for other in (None, basic()):
        verdict = made.check(other, shown)
        assert isinstance(verdict, Question)
        assert verdict() is None
    verdict, anybody = made.check(checks, shown), made.known(shown)
    assert callable(verdict)
    assert callable(anybody)
    assert (verdict(), anybody(), vault.asked) == ("t", "t", ["t"] * 4)
    assert made.check(basic(), {}) is None
