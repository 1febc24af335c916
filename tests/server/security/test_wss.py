"""Tests of apitest_server.security.wss."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.security.nonces import Nonces
from apitest_server.security.passwords import Verifier
from apitest_server.security.username_token import UsernameToken, found_in, with_token
from apitest_server.security.wss import WSS
from tests.server.security.envelopes import PASSWORD, signed

CLEAR = SecurityDefinition("a", "wss", "maria", PASSWORD)
DIGEST = replace(CLEAR, password_type="digest")
LAX = {"reject_empty_nonce_creat": False, "reject_stale_tokens": False}
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def made(definition: SecurityDefinition, nonces: Nonces | None = None) -> WSS:
    checks = WSS(definition, Verifier())
    checks.now = NOW.timestamp
    checks.nonces = nonces or Nonces()
    return checks


def headers(body: bytes) -> dict[str, str]:
    token = found_in(body)
    assert token is not None
    return with_token({}, token)


def shown(**options: object) -> dict[str, str]:
    return headers(signed(**{"at": NOW, **options}))  # type: ignore[arg-type]


def test_who_shows_the_password_is_known_once() -> None:
    """In the way that the definition asks for; a message that comes a second time is refused."""
    for definition in (CLEAR, DIGEST):
        checks = made(definition)
        token = shown(is_digest=definition.shows_digest)
        assert checks.claimed(token) == "maria"
        assert [checks.check(token), checks.check(token)] == ["maria", None]
        assert checks.check(shown(is_digest=not definition.shows_digest)) is None


@pytest.mark.parametrize("definition", [CLEAR, DIGEST])
def test_others_are_refused(definition: SecurityDefinition) -> None:
    """Wrong passwords, wrong names, nobody."""
    checks, is_digest = made(definition), definition.shows_digest
    for wrong in ({"password": "wrong"}, {"username": "mario"}):
        assert checks.check(shown(is_digest=is_digest, **wrong)) is None
    assert (checks.check({}), checks.claimed({})) == (None, None)
    broken = UsernameToken("maria", "x", is_digest=True, nonce="?", created="2026-01-31T12:00:00Z")
    assert checks.check(with_token({}, broken)) is None


def test_what_is_too_old_is_refused() -> None:
    """And what is of the future; unless the definition does not mind."""
    for seconds, expected in ((-301, None), (-299, "maria"), (59, "maria"), (61, None)):
        token = shown(at=NOW + timedelta(seconds=seconds))
        assert made(CLEAR).check(token) == expected, seconds
        assert made(replace(CLEAR, reject_stale_tokens=False)).check(token) == "maria"
    unreadable = UsernameToken("maria", PASSWORD, nonce="QUE=", created="noon")
    assert made(CLEAR).check(with_token({}, unreadable)) is None


def test_nonce_and_time_have_to_be_there() -> None:
    """Unless the definition does not mind; then nothing tells that a message comes again."""
    token = with_token({}, UsernameToken("maria", PASSWORD))
    assert made(CLEAR).check(token) is None
    checks = made(replace(CLEAR, **LAX))  # type: ignore[arg-type]
    assert [checks.check(token), checks.check(token)] == ["maria", "maria"]


def test_a_changed_definition_remembers_what_was_used() -> None:
    """The nonces are the server's."""
    nonces, token = Nonces(), shown()
    assert made(CLEAR, nonces).check(token) == "maria"
    assert made(replace(CLEAR, reject_expiry_limit=600), nonces).check(token) is None


def test_the_log_may_learn_why() -> None:
    """What is wrong first; of a token that would be good, that it was used before."""
    checks = made(CLEAR)
    once = shown()
    assert checks.check(once) == "maria"
    told = (
        ({}, "no username token"),
        (shown(username="mario"), "another user"),
        (shown(is_digest=True), "password_type `clear_text`"),
        (shown(password="wrong"), "password is not that"),
        (shown(at=NOW + timedelta(seconds=61)), "too old or too new"),
        (once, "used before"),
    )
    for token, problem in told:
        assert checks.check(token) is None
        assert problem in checks.problem(token)
        assert PASSWORD not in checks.problem(token)


def test_it_has_no_headers() -> None:
    """Messages that are not SOAP cannot show it."""
    checks = made(CLEAR)
    assert (checks.headers("maria", PASSWORD), checks.challenge, checks.scheme()["scheme"]) == ({}, "", "wsse")
