"""Tests of apitest_server.security.groups."""

from collections.abc import Mapping

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.security.credentials import basic_value
from apitest_server.security.definitions import APIKey, BasicAuth, Checker
from apitest_server.security.groups import Group
from apitest_server.security.passwords import Verifier
from tests.server.security.hashes import hashed

VERIFIER = Verifier()
HASHED = {"one": hashed("one's"), "same": hashed("first"), "again": hashed("second")}


def basic(username: str, password: str) -> BasicAuth:
    return BasicAuth(SecurityDefinition("a", "basic-auth", username, password), VERIFIER)


CHECKERS: dict[str, Checker] = {
    "key-one": basic("one", HASHED["one"]),
    "key-same": basic("same", HASHED["same"]),
    "key-again": basic("same", HASHED["again"]),
    "key-plain": basic("plain", "as it is"),
    "key-api": APIKey(SecurityDefinition("api", "api-key", key="k"), VERIFIER),
    "key-nobody": basic("nobody", "of no endpoint"),
}


def group(checkers: Mapping[str, Checker] = CHECKERS) -> Group:
    made = Group(lambda: checkers, VERIFIER)
    for number, name in enumerate(("one", "same", "again", "plain", "api")):
        made.put(number, f"Endpoint {name}", f"key-{name}")
    return made


def user(checks: Group, username: str, password: str) -> str | None:
    verdict = checks.check(checks.headers(username, password))
    return verdict() if callable(verdict) else verdict


@pytest.mark.parametrize(
    ("username", "password", "expected"),
    [
        ("one", "one's", "Endpoint one"),
        ("same", "first", "Endpoint same"),
        ("same", "second", "Endpoint again"),
        ("plain", "as it is", "Endpoint plain"),
        ("one", "first", None),
        ("plain", "", None),
        ("nobody", "of no endpoint", None),
        ("unknown", "x", None),
        ("a:b", "x", None),
    ],
)
def test_who_shows_the_credentials_of_a_member_is_that_member(
    username: str, password: str, expected: str | None
) -> None:
    """Also where two definitions share a user name; nobody is who has those of another definition."""
    assert user(group(), username, password) == expected


def test_members_come_and_go() -> None:
    """A member that is forgotten, or whose definition is gone, is nobody at once."""
    checkers = [CHECKERS]
    made = Group(lambda: checkers[0], VERIFIER)
    assert user(made, "one", "one's") is None
    made.put(1, "Endpoint one", "key-one")
    assert user(made, "one", "one's") == "Endpoint one"
    made.put(1, "Renamed", "key-one")
    assert user(made, "one", "one's") == "Renamed"
    checkers[0] = {"key-plain": CHECKERS["key-plain"]}
    assert user(made, "one", "one's") is None
    checkers[0] = CHECKERS
    made.remove(1)
    made.remove(2)
    assert user(made, "one", "one's") is None


def test_other_credentials_are_not_looked_at() -> None:
    """Nobody is claimed without Basic Auth; a key is none."""
    made = group()
    assert made.claimed({}) is made.check({}) is None
    assert made.check({"x-api-key": "k"}) is None
    assert made.claimed({"authorization": basic_value("one", "x")}) == "one"
    assert made.scheme() == {"type": "http", "scheme": "basic"}
