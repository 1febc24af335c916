"""Tests of apitest_server.wsx.taps."""

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from apitest_server.errors import NotFound, TooManyRequests
from apitest_server.wsx import taps as module
from apitest_server.wsx.taps import MOST, Taps
from tests.server.wsx.serving import Listening, channel, run


def client(number: str, channel_id: int = 1) -> Any:
    return SimpleNamespace(id=number, channel=SimpleNamespace(number=channel_id), socket=SimpleNamespace(tap=None))


def test_frames_are_seen_without_their_secrets(tmp_path: Path) -> None:
    """Those of a client from its first one; neither its password nor its token is among them."""

    async def test(server: Listening) -> None:
        taps = server.web_sockets.taps
        tap = taps.start(server.channel().number, "", 100)
        guest = await server.connect()
        await guest.sign_in("user1", "secret1")
        await guest.invoke({"a": "Zoë", "password": "hidden-1"})
        await guest.connection.send(["{", '"password": "hidden-2"}'])
        await guest.next()
        await guest.connection.ping(b"hello")
        await guest.connection.close()
        await server.until(lambda: not list(server.web_sockets.clients()))
        frames, dropped = await taps.read(tap.id, 0.0)
        kinds = [(frame.direction, frame.kind) for frame in frames]
        assert kinds[:4] == [("in", "text"), ("out", "text")] * 2
        assert kinds[4:7] == [("in", "text"), ("in", "continuation"), ("in", "continuation")]
        assert kinds[7:] == [("out", "text"), ("in", "ping"), ("in", "close")]
        shown = "\n".join(frame.data for frame in frames)
        assert "Zoë" in shown
        for secret in ("secret1", guest.token, "hidden-1", "hidden-2"):
            assert secret not in shown
        assert dropped == 0
        assert all(frame.size >= len(frame.data) - 50 for frame in frames)

    run(tmp_path, test, channel(security="basic"))


def test_only_those_who_are_watched_pay() -> None:
    """A connection, or all of a channel, also those that come later; nobody any more once it is stopped."""

    async def test() -> None:
        taps, one, two, other = Taps(), client("ws.1"), client("ws.2"), client("ws.3", 2)
        taps.clients = lambda: [one, other]
        connection = taps.start(None, "ws.3", 10)
        everyone = taps.start(1, "", 10)
        taps.met(two)
        assert all(each.socket.tap is not None for each in (one, two, other))
        taps.clients = lambda: [one, two, other]
        taps.stop(everyone.id)
        assert [each.socket.tap is None for each in (one, two, other)] == [True, True, False]
        taps.stop(connection.id)
        assert other.socket.tap is None
        with pytest.raises(NotFound, match="There is no tap with ID"):
            taps.stop(connection.id)

    asyncio.run(test())


def test_a_tap_keeps_only_so_much() -> None:
    """The newest frames, each cut; it says how many are missing."""

    async def test() -> None:
        taps, one = Taps(), client("ws.1")
        taps.clients = lambda: [one]
        tap = taps.start(1, "", 3)
        for number in range(5):
            one.socket.tap("<", 1, json.dumps({"n": number, "text": "x" * 50_000}).encode(), 50_000)
        frames, dropped = await taps.read(tap.id, 0.0)
        assert ([frame.data[:8] for frame in frames], dropped) == (['{"n": 2,', '{"n": 3,', '{"n": 4,'], 2)
        assert max(len(frame.data) for frame in frames) <= 2000
        assert await taps.read(tap.id, 0.0) == ([], 0)
        for _ in range(MOST - 1):
            taps.start(1, "", 1)
        with pytest.raises(TooManyRequests):
            taps.start(1, "", 1)

    asyncio.run(test())


def test_who_reads_can_wait() -> None:
    """Until a frame comes, or the time is over."""

    async def test() -> None:
        taps, one = Taps(), client("ws.1")
        taps.clients = lambda: [one]
        tap = taps.start(1, "", 3)
        reading = asyncio.create_task(taps.read(tap.id, 10.0))
        await asyncio.sleep(0)
        one.socket.tap(">", 10, b"", 0)
        [frame] = (await reading)[0]
        assert (frame.direction, frame.kind, frame.pub_client_id) == ("out", "pong", "ws.1")
        assert await taps.read(tap.id, 0.001) == ([], 0)

    asyncio.run(test())


def test_a_tap_that_nobody_reads_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while, and not before."""
    monkeypatch.setattr(module, "IDLE", 0.05)

    async def test() -> None:
        taps, one = Taps(), client("ws.1")
        taps.clients = lambda: [one]
        tap, stopped = taps.start(1, "", 3), taps.start(1, "", 3)
        taps.stop(stopped.id)
        await taps.read(tap.id, 0.06)
        assert one.socket.tap is not None
        while one.socket.tap is not None:
            await asyncio.sleep(0.005)
        with pytest.raises(NotFound):
            await taps.read(tap.id, 0.0)

    asyncio.run(test())
