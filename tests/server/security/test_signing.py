"""Tests of apitest_server.security.signing."""

from apitest_server.config import SecurityDefinition
from apitest_server.security.definitions import JWT
from apitest_server.security.passwords import Verifier
from apitest_server.security.signing import token

SECRET = "a secret that is long enough for HS256"


def test_a_token_is_accepted_by_its_definition_only() -> None:
    """Each has an ID of its own and expires after its lifetime."""
    definition = SecurityDefinition("a", "jwt", secret=SECRET, issuer="i", audience="x")
    checks = JWT(definition, Verifier())
    one, two = (checks.claims(token(definition, "me", 60)) for _ in range(2))
    assert one is not None
    assert two is not None
    assert (one["sub"], one["exp"] - one["iat"], one["iss"], one["aud"]) == ("me", 60, "i", "x")
    assert one["jti"] != two["jti"]
    other = SecurityDefinition("a", "jwt", secret=SECRET, issuer="j", audience="x")
    assert checks.claims(token(other, "me", 60)) is None
    assert checks.claims(token(definition, "me", -1)) is None
