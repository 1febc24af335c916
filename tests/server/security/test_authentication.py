"""Tests of apitest_server.security.authentication."""

import asyncio
from collections.abc import Awaitable, Callable
from threading import Event
from typing import Any

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.errors import ServiceUnavailable, TooManyRequests, Unauthorized
from apitest_server.security import throttle, verifying
from apitest_server.security.authentication import Authentication, key_of
from apitest_server.security.outsiders import ANYBODY
from apitest_server.security.passwords import hashed
from apitest_server.security.types import checker
from tests.server.asgi import scope

USER = SecurityDefinition("users", "basic-auth", username="u", password="p")
SIGNED_IN = scope("GET", "/", {"Authorization": "Basic dTpw"})
MISTYPED = scope("GET", "/", {"Authorization": "Basic dTpx"})
KEY = SecurityDefinition("keys", "api-key", key="k")
RIGHT = scope("GET", "/", {"X-API-Key": "k"})
WRONG = scope("GET", "/", {"X-API-Key": "x"})
ME = ("key", "me", "127.0.0.1")


def run(act: Callable[[Authentication], Awaitable[Any]], *definitions: SecurityDefinition) -> Any:
    authentication = Authentication(definitions or [KEY])

    async def main() -> Any:
        try:
            return await act(authentication)
        finally:
            authentication.close()

    return asyncio.run(main())


def test_definitions_are_known_by_name_and_take_effect_at_once() -> None:
    """A definition that was put in the place of another one counts for the next request."""

    async def act(authentication: Authentication) -> None:
        assert await authentication.user("keys", RIGHT) == "keys"
        new = SecurityDefinition("keys", "api-key", key="new")
        authentication.define("keys", checker(new, authentication.verifier))
        with pytest.raises(Unauthorized) as caught:
            await authentication.user("keys", RIGHT)
        assert caught.value.headers == {}
        authentication.remove("keys")
        assert authentication.checker("keys") is None
        with pytest.raises(Unauthorized):
            await authentication.user("keys", scope("GET", "/", {"X-API-Key": "new"}))

    run(act)


def test_credentials_of_a_message_are_checked_as_those_of_headers() -> None:
    """Nothing is told of what is wrong: the credentials, that there are none, or the definition."""

    async def act(authentication: Authentication) -> None:
        assert await authentication.sign_in("keys", "", "k", "10.0.0.1") == "keys"
        for key, secret in (("keys", "x"), ("keys", ""), ("unknown", "k")):
            with pytest.raises(Unauthorized) as caught:
                await authentication.sign_in(key, "", secret, "10.0.0.1")
            assert (caught.value.details, caught.value.headers) == ("Unauthorized", {})

    run(act)


def test_a_hash_is_verified_in_a_thread() -> None:
    """Right and wrong passwords, and a request without any."""
    definition = SecurityDefinition("a", "basic-auth", username="u", password=hashed("p"))

    async def act(authentication: Authentication) -> None:
        assert await authentication.user("a", scope("GET", "/", {"Authorization": "Basic dTpw"})) == "u"
        for headers in ({"Authorization": "Basic dTpx"}, {}):
            with pytest.raises(Unauthorized) as caught:
                await authentication.user("a", scope("GET", "/", headers))
            assert caught.value.headers["WWW-Authenticate"].startswith("Basic realm=")

    run(act, definition)


def test_no_name_is_like_the_key_of_an_id() -> None:
    """Names of server.conf are printable."""
    assert not key_of(1).isprintable()
    assert key_of(1) != key_of(2)


def test_who_keeps_failing_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each wrong attempt waits longer, right ones too; another caller does not wait."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)

    async def act(authentication: Authentication) -> None:
        for _ in range(throttle.FREE + 2):
            with pytest.raises(Unauthorized):
                await authentication.user("users", MISTYPED)
        assert waited == [throttle.FIRST, 2 * throttle.FIRST]
        await authentication.user("users", {**SIGNED_IN, "client": ("10.0.0.1", 1)})
        assert len(waited) == 2
        await authentication.user("users", SIGNED_IN)
        assert len(waited) == 3
        await authentication.user("users", SIGNED_IN)
        assert len(waited) == 3

    run(act, USER)


def test_attempts_side_by_side_do_not_help() -> None:
    """While one attempt waits, further ones of the same caller are refused unseen."""

    async def act(authentication: Authentication) -> None:
        authentication._callers = throttle.Throttle(free=0)
        with pytest.raises(Unauthorized):
            await authentication.user("users", MISTYPED)
        first = asyncio.ensure_future(authentication.user("users", SIGNED_IN))
        await asyncio.sleep(0)
        with pytest.raises(TooManyRequests) as caught:
            await authentication.user("users", SIGNED_IN)
        assert caught.value.headers == {"Retry-After": "1"}
        assert await first == "u"

    run(act, USER)


def test_wrong_keys_do_not_slow_down_who_has_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key names nobody: all who have one would wait for a single one who has not."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)

    async def act(authentication: Authentication) -> None:
        for _ in range(throttle.FREE_OF_A_PLACE + 1):
            with pytest.raises(Unauthorized):
                await authentication.user("keys", WRONG)
        assert waited == [throttle.FIRST]
        assert await authentication.user("keys", RIGHT) == "keys"
        assert waited == [throttle.FIRST]

    run(act)


def test_who_is_known_by_any_definition_is_somebody() -> None:
    """Others are refused with the challenges of all definitions, whatever they asked for."""
    token = SecurityDefinition("tokens", "jwt", secret="s" * 32)

    async def act(authentication: Authentication) -> None:
        assert await authentication.user(ANYBODY, RIGHT) == "keys"
        assert await authentication.user(ANYBODY, SIGNED_IN) == "u"
        for key in ("keys", "users", "tokens", "gone", ANYBODY):
            for refused in (scope("GET", "/"), WRONG, MISTYPED):
                with pytest.raises(Unauthorized) as caught:
                    await authentication.user(key, refused)
                challenges = 'Basic realm="apitest", charset="UTF-8", Bearer realm="apitest"'
                assert caught.value.headers == {"WWW-Authenticate": challenges}

    run(act, KEY, USER, token)


def test_a_flood_of_passwords_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many wait to be verified."""
    monkeypatch.setattr(verifying, "_WAITING", 1)
    over = Event()

    async def act(authentication: Authentication) -> None:
        first = asyncio.ensure_future(authentication.attempt(ME, lambda: lambda: over.wait(20) and "me"))
        await asyncio.sleep(0)
        with pytest.raises(ServiceUnavailable):
            await authentication.attempt(ME, lambda: lambda: "me")
        over.set()
        assert await first == "me"

    run(act)
