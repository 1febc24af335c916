"""Tests of apitest_server.security.definitions."""

import time

import jwt
import pytest
from argon2 import PasswordHasher

from apitest_server.config import SecurityDefinition
from apitest_server.security.definitions import JWT, APIKey, BasicAuth

SECRET = "a secret that is long enough for HS256"


def basic(password: str) -> BasicAuth:
    return BasicAuth(SecurityDefinition("a", "basic-auth", username="u", password=password))


def test_basic_auth_wants_both_to_be_right() -> None:
    """A wrong user name and a wrong password are refused alike."""
    checker = basic("p")
    assert checker.check({"authorization": "Basic dTpw"}) == "u"
    for header in ("Basic dTpx", "Basic eDpw", "Bearer x", ""):
        assert checker.check({"authorization": header}) is None


def test_a_hashed_password_is_verified() -> None:
    """A password that starts with $argon2 is a hash of one."""
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("p")
    assert basic(hashed).check({"authorization": "Basic dTpw"}) == "u"
    assert basic(hashed).check({"authorization": "Basic dTpx"}) is None
    assert basic("$argon2nonsense").check({"authorization": "Basic dTpw"}) is None


def test_an_api_key_is_in_its_header() -> None:
    """The header is the definition's; the name of its owner too."""
    checker = APIKey(SecurityDefinition("keys", "api-key", header="X-Key", key="k"))
    assert checker.check({"x-key": "k"}) == "keys"
    assert checker.check({"x-key": "x"}) is None
    assert checker.check({}) is None


@pytest.mark.parametrize(
    ("claims", "secret", "user"),
    [
        ({"sub": "me", "iss": "i", "aud": "a"}, SECRET, "me"),
        ({"iss": "i", "aud": "a"}, SECRET, "tokens"),
        ({"sub": "me", "iss": "x", "aud": "a"}, SECRET, None),
        ({"sub": "me", "iss": "i"}, SECRET, None),
        ({"sub": "me", "iss": "i", "aud": "a"}, "another secret that is long enough", None),
        ({"sub": "me", "iss": "i", "aud": "a", "exp": int(time.time()) - 60}, SECRET, None),
    ],
)
def test_a_jwt_has_to_be_right_in_everything(claims: dict[str, object], secret: str, user: str | None) -> None:
    """Signature, expiry, issuer and audience are checked."""
    checker = JWT(SecurityDefinition("tokens", "jwt", secret=SECRET, issuer="i", audience="a"))
    token = jwt.encode(claims, secret, "HS256")
    assert checker.check({"authorization": f"Bearer {token}"}) == user


def test_a_jwt_without_a_signature_is_refused() -> None:
    """The algorithm `none` is no way around."""
    checker = JWT(SecurityDefinition("tokens", "jwt", secret=SECRET))
    token = jwt.encode({"sub": "me"}, "", "none")
    assert checker.check({"authorization": f"Bearer {token}"}) is None
    assert checker.check({}) is None
