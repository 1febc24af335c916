"""A server in the test's process beside a real broker: what the broker has to be told."""

from collections.abc import Mapping
from secrets import token_hex
from time import monotonic
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer
from confluent_kafka.admin import AdminClient, NewTopic

from tests.server.messaging.waiting import LONGEST

# What a broker answers about a group while it decides who looks after it, which takes time with its first group
NOT_YET = {
    *(KafkaError.COORDINATOR_LOAD_IN_PROGRESS, KafkaError.COORDINATOR_NOT_AVAILABLE, KafkaError.NOT_COORDINATOR),
    KafkaError.UNKNOWN_TOPIC_OR_PART,  # of a topic that is a moment old
}


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

    def shares(self, group: str) -> list[int] | None:
        """How many partitions each consumer of a group has; None while the broker does not know yet."""
        admin = AdminClient(self._settings)
        try:
            found = admin.describe_consumer_groups([group])[group].result(LONGEST)
        except KafkaException as error:
            if error.args[0].code() not in NOT_YET:
                raise
            return None
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
        found: list[Message] = []
        end = monotonic() + LONGEST
        try:
            while len(found) < count and monotonic() < end:
                came = consumer.consume(count - len(found), 1.0)
                wrong = [message.error() for message in came if message.error()]
                assert not [error for error in wrong if error.code() not in NOT_YET], wrong
                found += [message for message in came if not message.error()]
        finally:
            consumer.close()
        return found
