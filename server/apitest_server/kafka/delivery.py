"""One message of a topic, as the pipeline sees it, and what becomes of it once its service has answered."""

from typing import TYPE_CHECKING, NamedTuple

from apitest_server.errors import HTTPError
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.message_body import payload_of
from apitest_server.invoke.pipeline import Route
from apitest_server.service.kafka import KafkaMessage
from apitest_server.service.messages import Request, Response

if TYPE_CHECKING:
    from confluent_kafka import Message


class Terms(NamedTuple):
    """What a channel does with messages.

    Attributes:
        name: of the channel.
        service: that is called.
        on_failure: what becomes of messages whose service fails: ``retry`` or ``skip``.
        data_format: ``json``, or empty for text.
        address: of the brokers.
    """

    name: str
    service: str
    on_failure: str
    data_format: str
    address: str


class Outcome(NamedTuple):
    """What becomes of a message.

    Attributes:
        status: of the call, as an HTTP status code.
        verdict: ``handled``, ``skipped``, or ``retried``: the service is called again.
        problem: why the service failed, if it did.
        cid: of the call.
    """

    status: int
    verdict: str
    problem: str = ""
    cid: str = ""


class Delivery:
    """A message that is being answered."""

    __slots__ = ("_body", "_message", "_terms")

    def __init__(self, terms: Terms, message: "Message") -> None:
        self._terms = terms
        self._body = message.value() or b""
        self._message = message_of(message)

    def origin(self) -> Origin:
        """``KAFKA``, the topic and the brokers."""
        return Origin("KAFKA", self._message.topic, self._terms.address)

    def route(self) -> Route:
        """The channel's service."""
        return Route(self._terms.service, self._terms.name, "kafka")

    async def authenticate(self, security: str) -> str:
        """Nobody: who may send to the topic is up to the brokers."""
        return ""

    async def read(self, user: str) -> Request:
        """The value, decoded, and what came with it."""
        return Request(payload_of(self._body, self._terms.data_format), self._body, kafka=self._message)

    def reply(self, response: Response, cid: str) -> Outcome:
        """The service has succeeded."""
        return Outcome(response.status_code, "handled", "", cid)

    def refuse(self, error: HTTPError, cid: str) -> Outcome:
        """The service has failed. What is wrong with a message stays wrong; what is away comes back."""
        is_skipped = error.status == 400 or (self._terms.on_failure == "skip" and error.status != 503)
        return Outcome(error.status, "skipped" if is_skipped else "retried", error.details or str(error), cid)


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
