"""An AMQP channel: consumers of a queue, each of which calls a service with one message after the other."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from random import random
from typing import TYPE_CHECKING

from apitest_server.amqp.broker import Broker, Lost
from apitest_server.amqp.delivery import AMQPDelivery
from apitest_server.amqp.link import Link, over
from apitest_server.invoke.backoff import Backoff
from apitest_server.invoke.patience import Patience
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.messaging.channel import Channel
from apitest_server.messaging.delivery import HANDLED, RETRIED, SKIPPED, Outcome, Terms

if TYPE_CHECKING:
    from aiormq import Connection
    from aiormq.abc import AbstractChannel, DeliveredMessage

logger = logging.getLogger("apitest.amqp")
_RETRIES = Backoff(2**31, 1, 2, 60)  # Of messages whose service failed


class AMQPChannel(Channel):
    """One channel.

    Attributes:
        queue: that it consumes.
        link: its connection.
    """

    def __init__(
        self, terms: Terms, queue: str, broker: Broker, pipeline: Pipeline, tag: str, size: tuple[int, int], client: str
    ) -> None:  # fmt: skip
        """Takes what it works with; consumes once it is started.

        Args:
            terms: what it does with messages.
            queue: where they come from.
            broker: whose queue it is.
            pipeline: calls services.
            tag: what the tags of its consumers begin with.
            size: how many consumers there are, and how many messages each holds that are not acknowledged yet.
            client: what the broker lists the connection as.
        """
        super().__init__("AMQP", terms, pipeline, logger)
        self.queue = queue
        self.link = Link(broker, self.title, client, self._consume)
        self._tag = tag
        self._consumers, self._prefetch = size

    def start(self, after: asyncio.Event | None = None) -> None:
        """Consumes, on the event loop."""
        self.link.start()

    async def close(self, seconds: float) -> None:
        """Ends once the services that were called have, at the latest after so many seconds."""
        await self.link.close(seconds)

    def status(self) -> dict[str, object]:
        """What it is doing, and what has become of its messages since it began."""
        return {
            "is_connected": self.link.is_open,
            "last_problem": self.link.failure,
            "acknowledged": self.counts[HANDLED],
            "rejected": self.counts[SKIPPED],
            "requeued": self.counts[RETRIED],
        }

    async def _consume(self, connection: "Connection", opened: Callable[[], None]) -> None:
        consumers = [
            await Consumer.begun(connection, self, f"{self._tag}{number}", self._prefetch)
            for number in range(1, self._consumers + 1)
        ]
        opened()
        working = [asyncio.ensure_future(consumer.work()) for consumer in consumers]
        ends = [end for consumer in consumers for end in (consumer.channel.closing, consumer.cancelled)]
        try:
            await over(self.link, connection.closing, *ends, *map(asyncio.shield, working))
        finally:
            for consumer in consumers:
                consumer.stop()
            await asyncio.gather(*working, return_exceptions=True)  # What was begun is ended, and acknowledged


class Consumer:
    """One consumer: its messages wait for each other.

    Attributes:
        channel: of AMQP.
        cancelled: done if the broker does not want to send anything any longer: the queue is gone.
    """

    def __init__(self, channel: "AbstractChannel", owner: AMQPChannel) -> None:
        self.channel = channel
        self.cancelled: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._owner = owner
        self._loss = f"a message of queue `{owner.queue}` was rejected"
        self._came: asyncio.Queue[DeliveredMessage | None] = asyncio.Queue()
        self._stopped = asyncio.Event()
        self._patience = Patience(_RETRIES)

    @classmethod
    async def begun(cls, connection: "Connection", owner: AMQPChannel, tag: str, prefetch: int) -> "Consumer":
        """A consumer that messages come to."""
        channel = await connection.channel(publisher_confirms=False)
        consumer = cls(channel, owner)
        channel.on_consumer_cancel_callbacks.add(lambda frame: consumer._gone())
        await channel.basic_qos(prefetch_count=prefetch)
        await channel.basic_consume(owner.queue, consumer._came.put, consumer_tag=tag)
        return consumer

    def stop(self) -> None:
        """Begins with no other message; those that wait go back to the queue when the connection is closed."""
        self._stopped.set()
        self._came.put_nowait(None)

    async def work(self) -> None:
        """Calls the service with one message after the other, until it is stopped."""
        while not self._stopped.is_set():
            message = await self._came.get()
            if message is not None and not self._stopped.is_set():
                delivery = AMQPDelivery(self._owner.terms, self._owner.queue, message)
                await self._settle(message, await self._owner.answered(delivery, self._loss))

    async def _settle(self, message: "DeliveredMessage", outcome: Outcome) -> None:
        tag = message.delivery_tag
        assert tag is not None  # It was delivered
        if outcome.verdict == RETRIED:  # Else it would come again at once, and again
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), self._patience.next(random()))  # noqa: S311
        else:
            self._patience.reset()
        settle = {
            HANDLED: partial(self.channel.basic_ack, tag),
            SKIPPED: partial(self.channel.basic_reject, tag, requeue=False),
            RETRIED: partial(self.channel.basic_reject, tag, requeue=True),
        }
        if not self.channel.is_closed:  # Else the broker has taken it back already
            with suppress(Exception):
                await settle[outcome.verdict]()

    def _gone(self) -> None:
        if not self.cancelled.done():
            self.cancelled.set_exception(Lost(f"the queue `{self._owner.queue}` is gone"))
