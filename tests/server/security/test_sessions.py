"""Tests of apitest_server.security.sessions."""

import asyncio
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.cluster.passes import Passes
from apitest_server.config import SecurityDefinition
from apitest_server.errors import TooManyRequests, Unauthorized
from apitest_server.odb import ODB
from apitest_server.odb.live import LiveObjects
from apitest_server.security import throttle
from apitest_server.security.administrators import KEY, Administrators
from apitest_server.security.authentication import Authentication
from apitest_server.security.devices import Devices
from apitest_server.security.groups import Group
from apitest_server.security.objects import RevokedTokens, SecurityObjects
from apitest_server.security.passwords import hashed
from apitest_server.security.sessions import LIFETIME, Sessions
from apitest_server.security.tokens import KIND, Tokens


class World:
    """Sessions, and what they depend on."""

    def __init__(self, directory: Path) -> None:
        self.odb = ODB("", directory)
        live = LiveObjects()
        self.authentication = Authentication()
        passes, verifier = Passes(self.odb.key, "this", lambda: 0.0), self.authentication.verifier
        self.callers = Group(self.authentication.checkers, verifier)
        self.administrators = Administrators(verifier, self.odb.key, passes, self.callers)
        self.administrators.passwords = {"maría": hashed("right")}
        self.authentication.define(KEY, self.administrators)
        live.register({KIND: lambda: RevokedTokens(self.authentication.revoked)})
        live.load(self.odb.load())
        tokens = Tokens(SecurityObjects(self.authentication), self.odb, live)
        self.sessions = Sessions(self.authentication, self.administrators, self.odb.key, tokens)

    def log_in(self, password: str = "right") -> str:
        return asyncio.run(self.sessions.log_in("maría", password, "127.0.0.1"))[0]

    def user(self, session: str) -> str:
        return asyncio.run(self.sessions.read(session)).user


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """With one administrator."""
    made = World(tmp_path)
    yield made
    made.authentication.close()
    made.odb.close()


def test_who_may_call_without_being_an_administrator_has_no_session(world: World) -> None:
    """Also with the right password."""
    definition = SecurityDefinition(name="caller", type="basic-auth", username="maria", password="right")
    world.authentication.define("x", world.authentication.made(definition))
    world.callers.put(1, "caller", "x")
    assert world.administrators.check(world.administrators.headers("maria", "right")) == "caller"
    with pytest.raises(Unauthorized):
        asyncio.run(world.sessions.log_in("maria", "right", "127.0.0.1"))


def test_a_session_is_valid_until_it_is_ended(world: World) -> None:
    """Another one of the same user goes on."""
    first, second = world.log_in(), world.log_in()
    assert (world.user(first), world.user(second)) == ("maría", "maría")
    asyncio.run(world.sessions.log_out(first))
    with pytest.raises(Unauthorized):
        world.user(first)
    assert world.user(second) == "maría"


def test_wrong_passwords_are_slowed_down(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Attempts beside one that waits are refused."""
    monkeypatch.setattr(throttle, "LONGEST", 0.2)  # as long as an event loop needs to refuse the others

    async def many() -> list[object]:
        attempts = (world.sessions.log_in("maría", "wrong", "127.0.0.1") for _ in range(20))
        return await asyncio.gather(*attempts, return_exceptions=True)

    with pytest.raises(Unauthorized):
        world.log_in("wrong")
    asyncio.run(many())
    assert any(isinstance(result, TooManyRequests) for result in asyncio.run(many()))


def test_guesses_do_not_lock_a_known_device_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long somebody at the same address goes on guessing; what another user's device shows is worth nothing."""
    monkeypatch.setattr(throttle, "LONGEST", 3600.0)
    monkeypatch.setattr(throttle, "FIRST", 3600.0)
    devices = world.authentication.devices = Devices(world.odb.key)
    shown = world.sessions.device("maría", "")
    assert world.sessions.device("maría", shown) == shown != world.sessions.device("maría", shown + "0")
    for _ in range(throttle.FREE):
        with pytest.raises(Unauthorized):
            world.log_in("wrong")

    async def beside_a_guess() -> None:
        guess = asyncio.create_task(world.sessions.log_in("maría", "wrong", "127.0.0.1"))
        await asyncio.sleep(0)
        for device in ("", devices.new("you")):
            with pytest.raises(TooManyRequests):
                await world.sessions.log_in("maría", "right", "127.0.0.1", device)
        assert (await world.sessions.log_in("maría", "right", "127.0.0.1", shown))[1].user == "maría"
        assert not guess.done()
        guess.cancel()

    asyncio.run(beside_a_guess())


def test_it_ends_with_the_password_and_with_the_administrator(world: World) -> None:
    """Neither needs to be told to it."""
    session = world.log_in()
    before = dict(world.administrators.passwords)
    for passwords in ({"maría": hashed("new")}, {}):
        world.administrators.passwords = passwords
        with pytest.raises(Unauthorized):
            world.user(session)
    world.administrators.passwords = before
    assert world.user(session) == "maría"


def test_it_ends_by_itself(world: World) -> None:
    """After twelve hours."""
    session, now = world.log_in(), time.time()
    world.authentication.now = lambda: now + LIFETIME + 1
    with pytest.raises(Unauthorized):
        world.user(session)


def test_nothing_about_it_can_be_changed(world: World) -> None:
    """Not one of its parts."""
    session = world.log_in()
    name, expires, digest, mac = session.split(".")
    other = urlsafe_b64encode(b"other").decode()
    changed = [
        f"{other}.{expires}.{digest}.{mac}", f"{name}.{int(expires) + 1}.{digest}.{mac}", f"{name}.{expires}.x.{mac}",
        f"{name}.{expires}.{digest}.{'0' * len(mac)}", f"{name}.{expires}.{digest}.é", f"{name}.{expires}.{digest}",
        f"{name}.x.{digest}.{mac}", f"{name}.{'9' * 20}.{digest}.{mac}", f"/w==.{expires}.{digest}.{mac}", "", ".",
        f"a.{expires}.{digest}.{mac}", "x" * 3000,
    ]  # fmt: skip
    for one in changed:
        with pytest.raises(Unauthorized):
            world.user(one)
