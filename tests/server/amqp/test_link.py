"""Tests of apitest_server.amqp.link."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest

from apitest_server.amqp import link as module
from apitest_server.amqp.broker import Broker, Lost
from apitest_server.amqp.link import Link, over
from apitest_server.errors import ServiceUnavailable
from apitest_server.invoke.backoff import Backoff
from tests.ports import free_port
from tests.server.amqp.brokers import Rabbit
from tests.server.amqp.test_broker import of
from tests.server.messaging.waiting import LONGEST

NOWHERE = Broker("127.0.0.1", 1, "/", "me", "secret", 0, 0)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again at once."""
    monkeypatch.setattr(module, "AGAIN", Backoff(2**31, 0.01, 1, 0.01))


class Uses:
    """What is done with connections: it ends whenever it is told to."""

    def __init__(self) -> None:
        self.began = 0
        self.now = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self, connection: Any, opened: Callable[[], None]) -> None:
        self.began += 1
        if self.error is not None:
            raise self.error
        opened()
        await over(self.link, connection.closing, self.now.wait())

    async def linked(self, broker: Broker) -> Link:
        self.link = Link(broker, "AMQP channel `orders`", "test", self)
        self.link.start()
        return self.link

    async def times(self, number: int) -> None:
        async with asyncio.timeout(LONGEST):
            while self.began < number or not self.link.is_open:
                await asyncio.sleep(0.01)


def test_a_broker_that_is_away_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """It is tried again and again; who wants to use it is told why that is not possible."""

    async def test() -> None:
        link = await Uses().linked(Broker("127.0.0.1", free_port(), "/", "me", "secret", 0, 0))
        for _ in range(5):
            with pytest.raises(ServiceUnavailable, match="AMQP channel `orders` is not connected: ") as caught:
                await link.connection(LONGEST)
            assert "secret" not in caught.value.details
            attempt = link.attempt
            async with asyncio.timeout(LONGEST):
                while link.attempt is attempt:
                    await asyncio.sleep(0.01)
        assert not link.is_open
        await link.close(LONGEST)

    asyncio.run(test())
    (line,) = [message for message in caplog.messages if "is not connected" in message]
    assert "to amqp://me@127.0.0.1:" in line
    assert line.endswith("it is tried again (0 earlier failures were not logged)")


def test_before_it_is_started_it_is_being_connected() -> None:
    """And it can be closed."""

    async def test() -> None:
        link = Link(NOWHERE, "AMQP channel `orders`", "test", Uses())
        with pytest.raises(ServiceUnavailable, match="it is being connected"):
            await link.connection(LONGEST)
        await link.close(LONGEST)

    asyncio.run(test())


@pytest.mark.rabbitmq
def test_a_lost_connection_is_opened_again(rabbit: Rabbit, caplog: pytest.LogCaptureFixture) -> None:
    """Whether the broker closes it, or what uses it is over, or fails."""
    caplog.set_level(logging.INFO)

    async def test() -> None:
        uses = Uses()
        link = await uses.linked(of(rabbit))
        await uses.times(1)
        connection = await link.connection(LONGEST)
        await connection.close()
        await uses.times(2)
        uses.now.set()
        async with asyncio.timeout(LONGEST):
            while uses.began < 3:
                await asyncio.sleep(0.01)
        uses.now.clear()
        for error in (Lost("the queue is gone"), ServiceUnavailable("Not now"), RuntimeError("A mistake")):
            uses.error, began = error, uses.began
            async with asyncio.timeout(LONGEST):
                while uses.began < began + 2:
                    await asyncio.sleep(0.01)
            assert link.failure in (str(error), "it failed here; the log has the details")
        uses.error = None
        await uses.times(uses.began)
        await link.close(LONGEST)
        assert not link.is_open

    asyncio.run(test())
    assert len([one for one in caplog.messages if "it is tried again (" in one]) == 1
    assert "AMQP channel `orders` failed; it is tried again" in caplog.messages


@pytest.mark.rabbitmq
def test_who_does_not_leave_is_cancelled(rabbit: Rabbit) -> None:
    """After the time that it may take."""
    cancelled = []

    async def never(connection: Any, opened: Callable[[], None]) -> None:
        opened()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(1)
            raise

    async def test() -> None:
        link = Link(of(rabbit), "AMQP channel `orders`", "test", never)
        link.start()
        await link.connection(LONGEST)
        await link.close(0.05)

    asyncio.run(test())
    assert cancelled == [1]


def test_what_lasts_makes_failures_news_again(caplog: pytest.LogCaptureFixture) -> None:
    """After a minute the waiting times begin anew, too."""

    async def test() -> None:
        link = Link(NOWHERE, "AMQP channel `orders`", "test", Uses())
        patience = module.Patience(Backoff(9, 1, 2, 30))
        for lasted in (0.0, 0.0, 90.0, 90.0):
            patience.next()
            link._opened_at = asyncio.get_running_loop().time() - lasted if lasted else 0.0
            link._lasted(patience)
        assert patience.wait == 1

    asyncio.run(test())
    assert len(caplog.messages) == 1
