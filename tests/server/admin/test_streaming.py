"""Tests of apitest_server.admin.streaming."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest

from apitest_server.admin import streaming
from apitest_server.admin.answers import Stream
from apitest_server.admin.calls import Refused
from apitest_server.admin.streaming import send_stream
from apitest_server.errors import ServiceUnavailable, Unauthorized
from apitest_server.service.asgi import Received


async def forever() -> AsyncIterator[bytes]:
    yield b'{"a": 1}'
    await asyncio.Event().wait()


def sent(
    events: AsyncIterator[bytes],
    look: Callable[[int], None],
    until: Callable[[list[str]], bool] | None = None,
    leaving: bool = False,
) -> list[str]:
    """The blocks that a browser gets; it goes away once it has enough, if that is said."""

    async def run() -> list[str]:
        blocks: list[str] = []
        gone, leaves, looks = asyncio.Event(), asyncio.Event(), iter(range(1000))

        async def receive() -> Received:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Mapping[str, Any]) -> None:
            blocks.extend(part for part in message.get("body", b"").decode().split("\n\n") if part)
            if until and until(blocks):
                (leaves if leaving else gone).set()

        async def looked() -> None:
            look(next(looks))

        async with asyncio.timeout(60):
            await send_stream(Stream(events), looked, leaves, receive, send)
        return blocks

    return asyncio.run(run())


@pytest.mark.parametrize(("error", "why"), [(Unauthorized(), "session"), (ServiceUnavailable(), "")])
def test_it_ends_with_the_session(monkeypatch: pytest.MonkeyPatch, error: Any, why: str) -> None:
    """And says so; where it cannot be told whether there still is one, that is not what is said."""
    monkeypatch.setattr(streaming, "EVERY", 0.0)

    def look(count: int) -> None:
        if count > 5:
            raise Refused(error, "cid")

    first, end = sent(forever(), look)
    assert first == 'data: {"a": 1}'
    assert end == f"event: end\ndata: {json.dumps({'why': why})}"


def test_a_silent_one_is_kept_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """With comments, until the browser goes away: then nothing is sent any more."""
    monkeypatch.setattr(streaming, "EVERY", 0.0)
    blocks = sent(forever(), lambda count: None, lambda blocks: blocks.count(":") == 3)
    assert blocks[0] == 'data: {"a": 1}'
    assert set(blocks[1:]) == {":"}


def test_a_server_that_stops_does_not_wait_for_who_looks() -> None:
    """The browser is told that it is over, and tries again."""
    blocks = sent(forever(), lambda count: None, lambda blocks: len(blocks) == 1, leaving=True)
    assert blocks == ['data: {"a": 1}', 'event: end\ndata: {"why": ""}']


def test_one_that_fails_is_logged_and_ends(caplog: pytest.LogCaptureFixture) -> None:
    """The browser tries again."""

    async def broken() -> AsyncIterator[bytes]:
        yield b"1"
        raise RuntimeError("of ours")

    with caplog.at_level(logging.ERROR):
        assert sent(broken(), lambda count: None) == ["data: 1", 'event: end\ndata: {"why": ""}']
    assert "of ours" in caplog.text
