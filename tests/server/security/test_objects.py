"""Tests of apitest_server.security.objects."""

import asyncio
from typing import Any

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.errors import Unauthorized
from apitest_server.odb import StoredObject
from apitest_server.security.authentication import Authentication, key_of
from apitest_server.security.definitions import digest_of
from apitest_server.security.objects import RevokedTokens, SecurityObjects, declared_id
from tests.server.asgi import scope

STAFF = SecurityDefinition("staff", "basic-auth", username="u", password="p")


def stored(number: int, kind: str, secrets: dict[str, str], **fields: Any) -> StoredObject:
    return StoredObject(number, kind, f"n{number}", fields, secrets)


def user(objects: SecurityObjects, number: int, **headers: str) -> str:
    return asyncio.run(objects.authentication.user(objects.key(number), scope("GET", "/", headers)))


def test_definitions_of_the_odb_check_requests() -> None:
    """From when they are put until they are removed, or put there as not active."""
    objects = SecurityObjects(Authentication())
    item = stored(1, "security.basic-auth", {"password": "p"}, username="u")
    objects.load([item, stored(2, "security.apikey", {"password": "k"}, header="X-Key")])
    assert user(objects, 1, Authorization="Basic dTpw") == "u"
    assert user(objects, 2, X_Key="k") == "n2"
    objects.put(stored(1, "security.basic-auth", {"password": "p"}, username="u", is_active=False))
    with pytest.raises(Unauthorized):
        user(objects, 1, Authorization="Basic dTpw")
    objects.put(item)
    assert user(objects, 1, Authorization="Basic dTpw") == "u"
    objects.remove(item)
    assert objects.items.keys() == {2}
    with pytest.raises(Unauthorized):
        user(objects, 1, Authorization="Basic dTpw")


def test_definitions_of_server_conf_have_ids() -> None:
    """Negative ones, the same at each start, that lead to them."""
    objects = SecurityObjects(Authentication([STAFF, SecurityDefinition("keys", "api-key", key="k")]))
    rows = list(objects.declared("security.basic-auth"))
    assert [(row["id"], row["name"], row["username"]) for row in rows] == [(declared_id("staff"), "staff", "u")]
    assert rows[0]["id"] < 0
    assert len(list(objects.declared())) == 2
    assert objects.key(rows[0]["id"]) == "staff"
    assert objects.definition(rows[0]["id"]) is STAFF
    assert objects.key(1) == key_of(1)


def test_a_definition_is_read_with_its_secrets_to_call_others() -> None:
    """One that is not there is none."""
    objects = SecurityObjects(Authentication())
    objects.put(stored(1, "security.jwt", {"password": "p", "secret": "s"}, username="u", issuer="i"))
    found = objects.definition(1)
    assert found is not None
    assert (found.type, found.username, found.secret, found.issuer) == ("jwt", "u", "s", "i")
    assert objects.definition(2) is None


def test_tokens_that_logged_out_stay_out_when_the_definition_changes() -> None:
    """All definitions look at the same tokens."""
    objects = SecurityObjects(Authentication())
    revoked = RevokedTokens(objects.authentication.revoked)
    item = stored(1, "security.jwt", {"secret": "a secret that is long enough for HS256"}, username="u")
    token = StoredObject(2, "security.revoked-token", digest_of({"jti": "x"}), {"expires": 10**10})
    objects.put(item)
    revoked.load([token])
    objects.put(item)
    (checks,) = objects.authentication.tokens()
    assert token.name in checks.revoked
    revoked.remove(token)
    assert token.name not in checks.revoked
