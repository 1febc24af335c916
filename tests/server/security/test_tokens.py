"""Tests of apitest_server.security.tokens."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from time import time

import pytest

from apitest_server.errors import Unauthorized
from apitest_server.odb import ODB, StoredObject
from apitest_server.odb.live import LiveObjects
from apitest_server.security.authentication import Authentication, key_of
from apitest_server.security.objects import RevokedTokens, SecurityObjects
from apitest_server.security.tokens import KIND, Tokens
from tests.server.asgi import scope
from tests.server.security.hashes import hashed

SECRETS = {"password": hashed("p"), "secret": "a secret that is long enough for HS256"}


_opened: list[ODB] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Every ODB that a test has opened is closed after it."""
    yield
    while _opened:
        _opened.pop().close()


def tokens(directory: Path, **fields: str) -> Tokens:
    odb, live = ODB("", directory), LiveObjects()
    _opened.append(odb)
    objects = SecurityObjects(Authentication())
    live.register({KIND: lambda: RevokedTokens(objects.authentication.revoked)})
    live.load(odb.load())
    objects.put(StoredObject(1, "security.jwt", "n", {"username": "u", "ttl": 5, **fields}, SECRETS))
    return Tokens(objects, odb, live)


def log_in(tokens: Tokens, username: str = "u", password: str = "p") -> str:
    return asyncio.run(tokens.log_in(username, password, "127.0.0.1"))


def user(tokens: Tokens, token: str) -> str:
    request = scope("GET", "/", {"Authorization": f"Bearer {token}"})
    return asyncio.run(tokens.objects.authentication.user(key_of(1), request))


@pytest.mark.parametrize("fields", [{}, {"issuer": "i"}, {"audience": "a", "issuer": "i"}])
def test_a_token_is_accepted_until_it_logs_out(tmp_path: Path, fields: dict[str, str]) -> None:
    """Whatever the definition wants to see in it."""
    made = tokens(tmp_path, **fields)
    token = log_in(made)
    assert user(made, token) == "u"
    asyncio.run(made.log_out(token))
    with pytest.raises(Unauthorized):
        user(made, token)
    assert user(made, log_in(made)) == "u"
    again = tokens(tmp_path, **fields)
    with pytest.raises(Unauthorized):
        user(again, token)


def test_expired_tokens_are_forgotten(tmp_path: Path) -> None:
    """At the next log-out, in the ODB as well."""
    made = tokens(tmp_path)
    one, two = log_in(made), log_in(made)
    asyncio.run(made.log_out(one))
    made.objects.authentication.now = lambda: time() + 6 * 60
    made._revoke("digest", time() + 3600)
    made.objects.authentication.now = time
    assert [item.name for item in made._odb.load()] == list(made.objects.authentication.revoked) == ["digest"]
    assert user(made, two) == "u"


@pytest.mark.parametrize(("username", "password"), [("u", "x"), ("x", "p"), ("", "")])
def test_wrong_credentials_get_no_token(tmp_path: Path, username: str, password: str) -> None:
    """A user that does not exist and a wrong password are refused alike."""
    with pytest.raises(Unauthorized):
        log_in(tokens(tmp_path), username, password)


def test_only_a_valid_token_can_log_out(tmp_path: Path) -> None:
    """Another one is refused."""
    with pytest.raises(Unauthorized):
        asyncio.run(tokens(tmp_path).log_out("nonsense"))
