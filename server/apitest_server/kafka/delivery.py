"""One message of a topic, as the pipeline sees it, and what becomes of it once its service has answered."""

from typing import TYPE_CHECKING

from apitest_server.errors import HTTPError
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.message_body import payload_of
from apitest_server.invoke.pipeline import Route
from apitest_server.messaging.delivery import HANDLED, Delivery, Terms
from apitest_server.service.kafka import KafkaMessage
from apitest_server.service.messages import Request

if TYPE_CHECKING:
    from confluent_kafka import Message


class KafkaDelivery(Delivery):
    """A message that is being answered."""

    __slots__ = ("_body", "_message", "_terms")

    def __init__(self, terms: Terms, message: "Message") -> None:
        super().__init__(Route(terms.service, terms.name, "kafka"))
        self._terms = terms
        self._body = message.value() or b""
        self._message = message_of(message)

    def origin(self) -> Origin:
        """``KAFKA``, the topic and the brokers."""
        return Origin("KAFKA", self._message.topic, self._terms.address)

    async def read(self, user: str) -> Request:
        """The value, decoded, and what came with it."""
        return Request(payload_of(self._body, self._terms.data_format), self._body, kafka=self._message)

    def verdict(self, error: HTTPError | None) -> str:
        """A consumer may call the service again."""
        return HANDLED if error is None else self._terms.verdict(error)


def message_of(message: "Message") -> KafkaMessage:
    """What a service finds of a message."""
    kind, moment = message.timestamp()
    headers = message.headers() or []
    pairs = headers.items() if isinstance(headers, dict) else headers
    return KafkaMessage(
        topic=message.topic() or "",
        partition=message.partition() or 0,
        offset=message.offset() or 0,
        key=_text(message.key()),
        headers={name: _text(value) for name, value in pairs},
        timestamp=moment if kind else 0,
    )


def _text(value: str | bytes | None) -> str | bytes | None:
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value
