"""One message of a queue, as the pipeline sees it, and what becomes of it once its service has answered."""

from typing import TYPE_CHECKING

from apitest_server.amqp.message import PROPERTIES
from apitest_server.errors import HTTPError
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.message_body import payload_of
from apitest_server.invoke.pipeline import Route
from apitest_server.messaging.delivery import HANDLED, RETRIED, SKIPPED, Delivery, Terms
from apitest_server.service.amqp import AMQPMessage
from apitest_server.service.messages import Request

if TYPE_CHECKING:
    from aiormq.abc import DeliveredMessage

_DECIDED = {"ack": HANDLED, "reject": SKIPPED, "requeue": RETRIED}  # By a service


class AMQPDelivery(Delivery):
    """A message that is being answered."""

    __slots__ = ("_body", "_message", "_queue", "_terms")

    def __init__(self, terms: Terms, queue: str, delivered: "DeliveredMessage") -> None:
        super().__init__(Route(terms.service, terms.name, "amqp"))
        self._terms = terms
        self._queue = queue
        self._body = delivered.body
        self._message = message_of(delivered)

    def origin(self) -> Origin:
        """``AMQP``, the queue and the broker."""
        return Origin("AMQP", self._queue, self._terms.address)

    async def read(self, user: str) -> Request:
        """The body, decoded, and what came with it."""
        return Request(payload_of(self._body, self._terms.data_format), self._body, amqp=self._message)

    def verdict(self, error: HTTPError | None) -> str:
        """The service may decide, whether it has failed or not."""
        if self._message.verdict:
            return _DECIDED[self._message.verdict]
        return HANDLED if error is None else self._terms.verdict(error)


def message_of(delivered: "DeliveredMessage") -> AMQPMessage:
    """What a service finds of a message."""
    properties, delivery = delivered.header.properties, delivered.delivery
    found: dict[str, object] = {}
    for name, own in PROPERTIES.items():
        value = getattr(properties, own, None)
        if value not in (None, ""):
            found[name] = value
    return AMQPMessage(
        exchange=delivered.exchange or "",
        routing_key=delivered.routing_key or "",
        redelivered=bool(delivered.redelivered),
        consumer_tag=getattr(delivery, "consumer_tag", "") or "",
        headers=dict(properties.headers or {}),
        properties=found,
    )
