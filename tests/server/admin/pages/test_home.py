"""Tests of apitest_server.admin.pages.home."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from apitest_server import __version__
from apitest_server.admin import streaming
from apitest_server.admin.pages import home
from apitest_server.service.asgi import Received
from tests.server.admin.visitor import PREFIX, Visitor, visiting, words
from tests.server.asgi import scope


def test_what_the_server_is(visitor: Visitor) -> None:
    """Version, services, modules and figures."""
    text = words(visitor.get(""))
    for part in (
        f"apitest {__version__}",
        "Calls a second",
        "Errors a second",
        "WebSocket clients",
        "Internal services",
    ):
        assert part in text


def follow(visitor: Visitor, count: int, after_first: Any = None) -> list[dict[str, Any]]:
    """The first events of the stream; then the browser goes away."""
    events: list[dict[str, Any]] = []

    async def run() -> None:
        gone = asyncio.Event()

        async def receive() -> Received:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Mapping[str, Any]) -> None:
            lines = message.get("body", b"").decode().splitlines()
            events.extend(json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))
            if len(events) == 1 and after_first:
                await after_first()
            if len(events) >= count:
                gone.set()

        headers = {"Cookie": f"apitest-session={visitor.cookies['apitest-session']}"}
        async with asyncio.timeout(30):
            await visitor.client.app(scope("GET", PREFIX + "live", headers), receive, send)

    visitor.client.runner.run(run())
    return events


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures come twenty times a second."""
    monkeypatch.setattr(home, "_EVERY", 0.05)
    monkeypatch.setattr(streaming, "EVERY", 0.05)


@pytest.mark.usefixtures("often")
def test_figures_come_as_long_as_somebody_looks(visitor: Visitor) -> None:
    """They are those of the moment, and looking at them does not change them."""

    async def call() -> None:
        for _ in range(10):
            await visitor.client.app.invoke("zato.ping", {})

    first, *_, last = follow(visitor, 3)
    assert last["up_seconds"] > first["up_seconds"]
    assert abs(last["calls"] - first["calls"]) <= 1  # One may be under way while they are read
    first, second = follow(visitor, 2, call)
    assert abs(second["calls"] - first["calls"] - 10) <= 1


def test_what_waits(visitor: Visitor) -> None:
    """Topics, subscriptions and messages; without their module the page says so, and goes on."""
    visitor.client.result("zato.pubsub.topic.create", {"name": "/orders"})
    visitor.client.result("zato.pubsub.pubapi.publish-message", {"topic_name": "/orders", "data": 1})
    assert "Topics 1 Subscriptions 0 Guaranteed messages 0 Messages in memory 1" in words(visitor.get(""))
    [figures] = follow(visitor, 1)
    assert (figures["topics"], figures["messages"]) == (1, 1)


def test_without_publish_subscribe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says which line of server.conf enables it, and goes on."""
    with visiting(tmp_path, monkeypatch, "[deploy_internal]\npubsub = False\n") as visitor:
        page = words(visitor.get(""))
        assert "module pubsub is set to False in [deploy_internal]" in page
        assert "pubsub = True" in page
        [figures] = follow(visitor, 1)
        assert "messages" not in figures


@pytest.mark.usefixtures("often")
def test_the_stream_ends_with_the_session(visitor: Visitor) -> None:
    """Nobody goes on watching after signing out; the browser is told why."""

    async def sign_out() -> None:
        session = {"session": visitor.cookies["apitest-session"]}
        await visitor.client.app.invoke("zato.security.administrator.log-out", session)

    assert follow(visitor, 1000, sign_out)[-1] == {"why": "session"}
