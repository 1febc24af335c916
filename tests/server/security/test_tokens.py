"""Tests of apitest_server.security.tokens."""

import asyncio

import pytest

from apitest_server.errors import Unauthorized
from apitest_server.odb import StoredObject
from apitest_server.security.authentication import Authentication, key_of
from apitest_server.security.objects import SecurityObjects
from apitest_server.security.passwords import hashed
from apitest_server.security.tokens import Tokens
from tests.server.asgi import scope

SECRETS = {"password": hashed("p"), "secret": "a secret that is long enough for HS256"}


def tokens(**fields: str) -> Tokens:
    objects = SecurityObjects(Authentication())
    objects.put(StoredObject(1, "security.jwt", "n", {"username": "u", "ttl": 5, **fields}, SECRETS))
    return Tokens(objects)


def log_in(tokens: Tokens, username: str = "u", password: str = "p") -> str:
    return asyncio.run(tokens.log_in(username, password, "127.0.0.1"))


def user(tokens: Tokens, token: str) -> str:
    request = scope("GET", "/", {"Authorization": f"Bearer {token}"})
    return asyncio.run(tokens.objects.authentication.user(key_of(1), request))


@pytest.mark.parametrize("fields", [{}, {"issuer": "i"}, {"audience": "a", "issuer": "i"}])
def test_a_token_is_accepted_until_it_logs_out(fields: dict[str, str]) -> None:
    """Whatever the definition wants to see in it."""
    made = tokens(**fields)
    token = log_in(made)
    assert user(made, token) == "u"
    made.log_out(token)
    with pytest.raises(Unauthorized):
        user(made, token)
    assert user(made, log_in(made)) == "u"


@pytest.mark.parametrize(("username", "password"), [("u", "x"), ("x", "p"), ("", "")])
def test_wrong_credentials_get_no_token(username: str, password: str) -> None:
    """A user that does not exist and a wrong password are refused alike."""
    with pytest.raises(Unauthorized):
        log_in(tokens(), username, password)


def test_only_a_valid_token_can_log_out() -> None:
    """Another one is refused."""
    with pytest.raises(Unauthorized):
        tokens().log_out("nonsense")
