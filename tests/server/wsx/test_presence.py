"""Tests of apitest_server.wsx.presence."""

import logging
from pathlib import Path
from typing import Any

import pytest

from apitest_server.wsx.channels import Connected
from apitest_server.wsx.presence import FOLLOWERS, Presence
from tests.server.wsx.serving import Listening, channel, run


class Recorder:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str]] = []

    def opened(self, client: Connected) -> None:
        self.told.append(("opened", client.user, client.client_id))

    def closed(self, client: Connected) -> None:
        self.told.append(("closed", client.user, client.client_id))


class Broken(Recorder):
    """Cannot be told anything."""

    def opened(self, client: Connected) -> None:
        raise RuntimeError("no room left")


def following(server: Listening, *followers: Recorder) -> None:
    presence: Presence = server.one()._backend.presence
    presence._followers = lambda: followers


def test_sessions_are_followed(tmp_path: Path) -> None:
    """From the first sign-in to the end of the connection; who signs in as another client is another one."""
    recorder = Recorder()

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await server.until(lambda: bool(list(server.web_sockets.clients())))
        following(server, recorder)
        await guest.sign_in("user1", "secret1", client_id="till-7")
        await guest.sign_in("user1", "secret1", client_id="till-7")
        await guest.sign_in("user1", "secret1", client_id="till-8")
        assert recorder.told == [
            ("opened", "user1", "till-7"),
            ("closed", "user1", "till-8"),
            ("opened", "user1", "till-8"),
        ]
        await guest.connection.close()
        await server.until(lambda: len(recorder.told) == 4)
        assert recorder.told[-1] == ("closed", "user1", "till-8")

    run(tmp_path, test, channel(security="basic"))


def test_a_connection_without_a_session_is_nobodys(tmp_path: Path) -> None:
    """Neither its coming nor its end is told."""
    recorder = Recorder()

    async def test(server: Listening) -> None:
        guest = await server.connect()
        await server.until(lambda: bool(list(server.web_sockets.clients())))
        following(server, recorder)
        await guest.sign_in("user1", "wrong")
        await server.until(lambda: not list(server.web_sockets.clients()))
        assert recorder.told == []

    run(tmp_path, test, channel(security="basic"))


def test_one_that_cannot_be_told_harms_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The client goes on, other followers are told, and the log has why."""
    recorder = Recorder()

    async def test(server: Listening) -> Any:
        guest = await server.connect()
        await server.until(lambda: bool(list(server.web_sockets.clients())))
        following(server, Broken(), recorder)
        await guest.sign_in()
        assert recorder.told == [("opened", "", "c1")]
        return await guest.invoke([1])

    with caplog.at_level(logging.ERROR):
        assert run(tmp_path, test, channel())["data"] == [1]
    assert "no room left" in caplog.text


def test_followers_are_asked_for_under_a_key(tmp_path: Path) -> None:
    """Which app.py fills."""

    async def test(server: Listening) -> None:
        assert callable(server.client.app.components[FOLLOWERS])

    run(tmp_path, test, channel())
