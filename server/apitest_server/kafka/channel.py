"""A Kafka channel: consumers of topics, each of which calls a service with one message after the other."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING

from apitest_server.invoke.pipeline import Pipeline
from apitest_server.kafka.consumer import Consumer
from apitest_server.kafka.delivery import KafkaDelivery
from apitest_server.kafka.link import Link
from apitest_server.kafka.place import Place
from apitest_server.messaging.channel import Channel
from apitest_server.messaging.delivery import Outcome, Terms

if TYPE_CHECKING:
    from confluent_kafka import Consumer as Driver
    from confluent_kafka import Message

logger = logging.getLogger("apitest.kafka")
_SETTINGS = {
    "enable.auto.commit": True,  # Of what is stored: messages that were handled
    "enable.auto.offset.store": False,
    "auto.commit.interval.ms": 500,
    "session.timeout.ms": 10_000,  # After so long the others of the group take over from a server that is gone
    "heartbeat.interval.ms": 2000,
    "allow.auto.create.topics": False,
}


class KafkaChannel(Channel):
    """One channel.

    Attributes:
        links: those of its consumers.
    """

    def __init__(
        self, terms: Terms, place: Place, pipeline: Pipeline, topics: Sequence[str], group: Mapping[str, object],
        size: int, client: str,
    ) -> None:  # fmt: skip
        """Takes what it works with; consumes once it is started.

        Args:
            terms: what it does with messages.
            place: where the brokers are.
            pipeline: calls services.
            topics: whose messages they are.
            group: settings of the driver about the group of consumers.
            size: how many consumers there are.
            client: what the brokers list them as.
        """
        super().__init__("Kafka", terms, pipeline, logger)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.links: list[Link[Driver]] = []
        for number in range(1, size + 1):
            consumer = Consumer(topics, self._begun)
            link = Link(
                place, self.title if size == 1 else f"{self.title} ({number})", client, consumer, {**_SETTINGS, **group}
            )
            consumer.link = link
            self.links.append(link)

    def start(self, after: asyncio.Event | None = None) -> None:
        """Consumes, with services that are called on this event loop."""
        self._loop = asyncio.get_running_loop()
        for link in self.links:
            link.start()

    async def close(self, seconds: float) -> None:
        """Ends once the services that were called have, at the latest after so many seconds."""
        await asyncio.gather(*(link.close(seconds) for link in self.links))

    def status(self) -> dict[str, object]:
        """What it is doing, and what has become of its messages since it began."""
        return {
            "is_connected": all(link.is_open for link in self.links),
            "last_problem": next((link.failure for link in self.links if link.failure), ""),
            **self.counts,
        }

    def _begun(self, message: "Message") -> "Future[Outcome]":
        """Calls the service with a message, on the event loop."""
        where = f"{message.topic()}[{message.partition()}]@{message.offset()}"
        work = self.answered(KafkaDelivery(self.terms, message), f"the message {where} is skipped")
        assert self._loop is not None  # It was started
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop)
        except RuntimeError:  # The event loop is closed: a service took longer than a server waits that stops
            work.close()
            raise CancelledError from None
