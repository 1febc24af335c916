"""Tests of apitest_server.pubsub.delivery."""

import asyncio
from collections.abc import Sequence

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.pubsub import delivery
from apitest_server.pubsub.delivery import Pusher
from apitest_server.pubsub.message import Message
from tests.server.pubsub.place import until
from tests.server.pubsub.test_message import MESSAGE


class Source:
    """Has one message, and may be away."""

    def __init__(self) -> None:
        self.waiting = [MESSAGE]
        self.away = 0
        self.happened: list[str] = []

    async def claim(self, sub_key: str, limit: int = 1, *, is_pushed: bool = False) -> list[Message]:
        if self.away:
            self.away -= 1
            raise ServiceUnavailable("away")
        claimed, self.waiting = self.waiting, []
        return claimed

    async def confirm(self, sub_key: str, msg_ids: Sequence[str]) -> None:
        self.happened.append("confirmed")

    async def release(self, sub_key: str, msg_ids: Sequence[str]) -> None:
        self.waiting = [MESSAGE]
        self.happened.append("released")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "FIRST", 0.001)


def test_a_source_that_is_away_is_asked_again() -> None:
    """Until it is there."""

    async def scenario() -> list[str]:
        source = Source()
        source.away = 3

        async def deliver(messages: Sequence[Message]) -> None:
            source.happened.append("delivered")

        pusher = Pusher(source, "k", deliver, lambda: None)
        await until(lambda: "confirmed" in source.happened)
        pusher.end()
        return source.happened

    assert asyncio.run(scenario()) == ["delivered", "confirmed"]


def test_what_is_being_delivered_at_the_end_goes_back() -> None:
    """Nothing is delivered after it; who is replaced is told."""
    told: list[str] = []

    async def scenario() -> list[str]:
        source = Source()
        begun = asyncio.Event()

        async def deliver(messages: Sequence[Message]) -> None:
            begun.set()
            await asyncio.Event().wait()

        pusher = Pusher(source, "k", deliver, lambda: told.append("replaced"))
        await begun.wait()
        pusher.replace()
        await until(lambda: bool(source.happened))
        pusher.wake()
        await asyncio.sleep(0)
        return source.happened

    assert asyncio.run(scenario()) == ["released"]
    assert told == ["replaced"]
