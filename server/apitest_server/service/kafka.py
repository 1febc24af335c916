"""PURE  What a service finds as ``self.request.kafka``, where a message of a Kafka topic has called it."""

import msgspec


class KafkaMessage(msgspec.Struct, frozen=True):
    """A message of a topic, next to its value, which is ``self.request.payload``.

    Attributes:
        topic: where it was.
        partition: of the topic.
        offset: in the partition.
        key: that it was sent with, as text, or as bytes where it is not UTF-8; ``None`` without one.
        headers: the application's own, as text or bytes; of those with the same name the last one.
        timestamp: when it was sent, in milliseconds since 1970; 0 where that is not known.
    """

    topic: str
    partition: int
    offset: int
    key: str | bytes | None = None
    headers: dict[str, str | bytes | None] = {}
    timestamp: int = 0
