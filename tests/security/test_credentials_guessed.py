"""Nobody guesses passwords faster than the server lets them, and nobody shuts others out by guessing."""

import asyncio
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from apitest_server.cluster.local import token
from apitest_server.config import SecurityDefinition
from apitest_server.errors import Unauthorized
from apitest_server.security import authentication as module
from apitest_server.security import passwords
from apitest_server.security.authentication import Authentication
from apitest_server.security.definitions import BasicAuth
from apitest_server.security.passwords import Verifier, hashed
from apitest_server.security.throttle import FREE, FREE_OF_A_PLACE, LONGEST, place_of
from tests.server.asgi import scope, served


def basic(username: str, password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{username}:{password}'.encode()).decode()}"}


def request(username: str, password: str, address: str = "127.0.0.1") -> dict[str, Any]:
    return {**scope("GET", "/", basic(username, password)), "client": (address, 1)}


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long callers were made to wait; nobody really does, and nothing is hashed."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(module.asyncio, "sleep", sleep)
    monkeypatch.setattr(passwords, "_fits", lambda stored, given: False)
    return found


def test_a_right_password_with_a_wrong_name_looks_like_a_wrong_password() -> None:
    """Both take a hash, also where the password was used before and is remembered."""
    definition = SecurityDefinition("a", "basic-auth", username="u", password=hashed("p"))
    verifier = Verifier()
    checks = BasicAuth(definition, verifier)
    right = {name.lower(): value for name, value in basic("u", "p").items()}
    first = checks.check(right)
    assert callable(first)
    assert first() == "u"
    assert checks.check(right) == "u"
    for username, password in (("x", "p"), ("u", "x"), ("x", "x"), ("", "p")):
        verdict = checks.check({name.lower(): value for name, value in basic(username, password).items()})
        assert callable(verdict)
        assert verdict() is None


def test_made_up_names_do_not_evade_the_throttle(waited: list[float]) -> None:
    """All names of one address are slowed down together, and one that is being guessed is not forgotten for them."""
    authentication = Authentication([SecurityDefinition("a", "basic-auth", username="u", password="p")])

    async def guess() -> None:
        for number in range(FREE_OF_A_PLACE + 30):
            with pytest.raises(Unauthorized):
                await authentication.user("a", request(f"name {number}", "x"))
        assert waited[-1] == LONGEST
        assert await authentication.user("a", request("u", "p")) == "u"
        before = len(waited)
        with pytest.raises(Unauthorized):
            await authentication.user("a", request("name", "x", "10.0.0.1"))
        assert len(waited) == before

    asyncio.run(guess())


def test_a_long_name_takes_no_more_memory_than_a_short_one(waited: list[float]) -> None:
    """Callers are remembered in 16 bytes."""
    authentication = Authentication([SecurityDefinition("a", "basic-auth", username="u", password="p")])

    async def guess() -> None:
        for number in range(20):
            with pytest.raises(Unauthorized):
                await authentication.user("a", request("n" * 200_000 + str(number), "x"))

    asyncio.run(guess())
    assert {len(caller) for caller in authentication._callers._failures} == {16}


def test_neither_the_command_line_nor_a_known_password_waits_for_guesses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guesses from the same address hold up neither who has the server's key, nor an administrator at work."""
    monkeypatch.setenv("APITEST_ADMIN_PASSWORD", "right")
    with served(tmp_path) as client:
        path = "/zato/json/zato.ping"
        assert client.get(path, **basic("admin", "right")).status == 200
        for number in range(FREE):
            assert client.get(path, **basic(f"name {number}", "x")).status == 401
            assert client.get(path, Authorization="Bearer local.1.x").status == 401
        delays: list[float] = []

        async def sleep(seconds: float) -> None:
            delays.append(seconds)

        monkeypatch.setattr(module, "_AT_ONCE", 0)  # As if others waited
        monkeypatch.setattr(module.asyncio, "sleep", sleep)
        assert client.get(path, **basic("admin", "right")).status == 200
        assert client.get(path, Authorization=f"Bearer {token(client.app.odb.key)}").status == 200
        assert delays == []
        assert client.get(path, **basic("name", "x")).status == 429


def test_one_network_is_one_place() -> None:
    """Whoever has an IPv6 network has all of its addresses."""
    assert place_of("2001:db8::1") == place_of("2001:db8::ffff:1") != place_of("2001:db8:0:1::1")
    assert place_of("::ffff:10.0.0.1") == place_of("10.0.0.1") != place_of("10.0.0.2")
    assert place_of("") == ""
