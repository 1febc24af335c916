"""Tests of apitest_server.security.definitions."""

import time

import jwt
import pytest
from argon2 import PasswordHasher

from apitest_server.config import SecurityDefinition
from apitest_server.security.definitions import JWT, SIGNED, APIKey, BasicAuth, Verdict, digest_of
from apitest_server.security.passwords import Verifier
from apitest_server.security.signing import token
from apitest_server.security.types import checker

SECRET = "a secret that is long enough for HS256"


def basic(password: str) -> BasicAuth:
    return BasicAuth(SecurityDefinition("a", "basic-auth", username="u", password=password), Verifier())


def found(verdict: Verdict) -> str | None:
    """The user, after what takes longer was done."""
    return verdict() if callable(verdict) else verdict


def test_basic_auth_wants_both_to_be_right() -> None:
    """A wrong user name and a wrong password are refused alike."""
    checker = basic("p")
    assert checker.check({"authorization": "Basic dTpw"}) == "u"
    for header in ("Basic dTpx", "Basic eDpw", "Bearer x", ""):
        assert checker.check({"authorization": header}) is None


def test_a_hashed_password_is_verified() -> None:
    """A password that starts with $argon2 is a hash of one."""
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("p")
    assert found(basic(hashed).check({"authorization": "Basic dTpw"})) == "u"
    assert found(basic(hashed).check({"authorization": "Basic dTpx"})) is None
    assert found(basic(hashed).check({"authorization": "Basic eDpw"})) is None
    assert found(basic("$argon2nonsense").check({"authorization": "Basic dTpw"})) is None


def test_a_hash_is_verified_elsewhere_and_once() -> None:
    """The first time it takes long; then the answer is known at once."""
    checker = basic(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("p"))
    first = checker.check({"authorization": "Basic dTpw"})
    assert callable(first)
    assert first() == "u"
    assert checker.check({"authorization": "Basic dTpw"}) == "u"


def test_an_api_key_is_in_its_header() -> None:
    """The header is the definition's; the name of its owner too."""
    checker = APIKey(SecurityDefinition("keys", "api-key", header="X-Key", key="k"), Verifier())
    assert checker.check({"x-key": "k"}) == "keys"
    assert checker.check({"x-key": "x"}) is None
    assert checker.check({}) is None


def test_credentials_of_a_message_stand_for_headers() -> None:
    """User name and password, or a secret that is the key or the token."""
    verifier = Verifier()
    key = APIKey(SecurityDefinition("keys", "api-key", header="X-Key", key="k"), verifier)
    jwt = JWT(SecurityDefinition("tokens", "jwt", secret="s" * 32), verifier)
    assert basic("p").check(basic("p").headers("u", "p")) == "u"
    assert basic("p").headers("u:p", "") == {}
    assert key.check(key.headers("anybody", "k")) == "keys"
    assert jwt.headers("anybody", "a.b.c") == {"authorization": "Bearer a.b.c"}


def test_a_hashed_api_key_is_verified() -> None:
    """As a password is."""
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("k")
    checker = APIKey(SecurityDefinition("keys", "api-key", key=hashed), Verifier())
    assert found(checker.check({"x-api-key": "k"})) == "keys"
    assert found(checker.check({"x-api-key": "x"})) is None


def test_who_claims_to_be_somebody_is_told_apart_from_who_does_not() -> None:
    """Only Basic Auth names somebody; a request without credentials is not an attempt."""
    key = APIKey(SecurityDefinition("keys", "api-key"), Verifier())
    tokens = JWT(SecurityDefinition("tokens", "jwt", secret=SECRET), Verifier())
    assert basic("p").claimed({"authorization": "Basic dTpx"}) == "u"
    assert key.claimed({"x-api-key": "x"}) == ""
    assert tokens.claimed({"authorization": "Bearer x"}) == SIGNED
    assert basic("p").claimed({}) is key.claimed({}) is tokens.claimed({}) is None


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
    checker = JWT(SecurityDefinition("tokens", "jwt", secret=SECRET, issuer="i", audience="a"), Verifier())
    token = jwt.encode({"jti": "x", "exp": int(time.time()) + 60, **claims}, secret, "HS256")
    assert found(checker.check({"authorization": f"Bearer {token}"})) == user


def test_a_jwt_without_a_signature_is_refused() -> None:
    """The algorithm `none` is refused."""
    checker = JWT(SecurityDefinition("tokens", "jwt", secret=SECRET), Verifier())
    token = jwt.encode({"sub": "me"}, "", "none")
    assert found(checker.check({"authorization": f"Bearer {token}"})) is None
    assert checker.check({}) is None


@pytest.mark.parametrize("claims", [{"jti": "x"}, {"exp": int(time.time()) + 60}])
def test_a_jwt_needs_an_id_and_a_time_to_expire(claims: dict[str, object]) -> None:
    """Without an ID it could not log out, without an end it would have to be remembered for ever."""
    checker = JWT(SecurityDefinition("tokens", "jwt", secret=SECRET), Verifier())
    assert checker.claims(jwt.encode({"sub": "me", **claims}, SECRET, "HS256")) is None


def test_a_revoked_token_is_refused() -> None:
    """It is known by the digest of its ID, whatever that ID is."""
    checker = JWT(SecurityDefinition("tokens", "jwt", secret=SECRET), Verifier())
    tokens = [jwt.encode({"jti": name, "exp": time.time() + 60}, SECRET, "HS256") for name in ("a" * 1000, "b")]
    checker.revoked = {digest_of({"jti": "a" * 1000})}
    assert checker.claims(tokens[0]) is None
    assert checker.claims(tokens[1]) is not None


def test_a_secret_is_read_with_the_first_token() -> None:
    """Reading it means loading a cryptography library."""
    read: list[str] = []

    def secret() -> str:
        read.append("once")
        return SECRET

    checks = checker(SecurityDefinition("tokens", "jwt"), Verifier(), secret)
    header = {
        "authorization": f"Bearer {jwt.encode({'sub': 'me', 'jti': 'x', 'exp': time.time() + 60}, SECRET, 'HS256')}"
    }
    assert read == []
    assert callable(checks.check(header))
    assert found(checks.check(header)) == "me"
    assert checks.check(header) == "me"
    assert read == ["once"]


def test_each_type_has_its_checker() -> None:
    """By the name that server.conf uses."""
    kinds = [type(checker(SecurityDefinition("x", kind), Verifier())) for kind in ("basic-auth", "api-key", "jwt")]
    assert kinds == [BasicAuth, APIKey, JWT]


def test_a_jwt_is_valid_by_the_clock_that_all_servers_share() -> None:
    """Not by the system's, which may differ from machine to machine; who has issued it may be some seconds ahead."""
    definition = SecurityDefinition("d", "jwt", secret="s" * 32)
    checks, now = JWT(definition, Verifier()), [1000.0]
    checks.now = lambda: now[0]
    issued = token(definition, "me", 60, now=1000)
    for moment, is_valid in ((994.0, False), (996.0, True), (1000.0, True), (1059.9, True), (1060.0, False)):
        now[0] = moment
        assert (checks.claims(issued) is not None) == is_valid
