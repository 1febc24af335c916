"""A server in the test's process beside a real broker: what the broker has to be told, and waiting for both."""

import asyncio
from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import Any

from confluent_kafka import Consumer, Message, Producer
from confluent_kafka.admin import AdminClient, NewTopic

from tests.server.asgi import Client

LONGEST = 90.0  # seconds that anything may take


class Topics:
    """The broker, as other clients of it see it."""

    def __init__(self, where: Mapping[str, str]) -> None:
        self._where = where

    @property
    def plain(self) -> dict[str, Any]:
        """The fields of a channel or connection that leads to it."""
        return {"address": self._where["APITEST_KAFKA_ADDRESS"]}

    @property
    def over_tls(self) -> dict[str, Any]:
        """The same with TLS, where somebody signs in; without the password."""
        return {
            "address": self._where["APITEST_KAFKA_TLS_ADDRESS"],
            "username": self._where["APITEST_KAFKA_USERNAME"],
            "use_tls": True,
            "ca_certs": self._where["APITEST_KAFKA_AUTHORITY"],
        }

    @property
    def password(self) -> str:
        return self._where["APITEST_KAFKA_PASSWORD"]

    @property
    def _settings(self) -> dict[str, Any]:
        return {"bootstrap.servers": self.plain["address"], "log_level": 0}

    def new(self, partitions: int = 1, name: str = "") -> str:
        """The name of a new topic."""
        name = name or f"topic-{token_hex(6)}"
        admin = AdminClient(self._settings)  # Which has to live until it has an answer
        for made in admin.create_topics([NewTopic(name, partitions, 1)]).values():
            made.result(LONGEST)
        return name

    def shares(self, group: str) -> list[int]:
        """How many partitions each consumer of a group has."""
        admin = AdminClient(self._settings)
        found = admin.describe_consumer_groups([group])[group].result(LONGEST)
        return [len(member.assignment.topic_partitions) for member in found.members if member.assignment]

    def put(self, topic: str, *values: str | bytes, **more: Any) -> None:
        """Sends messages to a topic."""
        producer = Producer(self._settings)
        for value in values:
            producer.produce(topic, value, **more)
        assert producer.flush(LONGEST) == 0

    def got(self, topic: str, count: int) -> list[Message]:
        """The first messages of a topic."""
        settings = {**self._settings, "group.id": token_hex(6), "auto.offset.reset": "earliest"}
        consumer = Consumer(settings)
        consumer.subscribe([topic])
        try:
            found = consumer.consume(count, LONGEST)
        finally:
            consumer.close()
        assert not [message for message in found if message.error()]
        return found


def until(client: Client, holds: Callable[[], Any]) -> Any:
    """What a function returns, once that is true; meanwhile the server works."""

    async def wait() -> Any:
        async with asyncio.timeout(LONGEST):
            while not (found := holds()):
                await asyncio.sleep(0.02)
        return found

    return client.runner.run(wait())
