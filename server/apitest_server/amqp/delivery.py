"""One message of a queue, as the pipeline sees it, and what becomes of it once its service has answered."""

from typing import TYPE_CHECKING, NamedTuple

from apitest_server.amqp.message import PROPERTIES
from apitest_server.errors import HTTPError
from apitest_server.invoke.access_log import Origin
from apitest_server.invoke.message_body import payload_of
from apitest_server.invoke.pipeline import Route
from apitest_server.service.amqp import AMQPMessage
from apitest_server.service.messages import Request, Response

if TYPE_CHECKING:
    from aiormq.abc import DeliveredMessage


class Terms(NamedTuple):
    """What a channel does with messages.

    Attributes:
        name: of the channel.
        queue: where they come from.
        service: that is called.
        ack_mode: what becomes of those whose service fails: ``ack`` gives them back, ``reject`` rejects them.
        data_format: ``json``, or empty for text.
        where: the broker's address.
    """

    name: str
    queue: str
    service: str
    ack_mode: str
    data_format: str
    where: str


class Outcome(NamedTuple):
    """What becomes of a message.

    Attributes:
        status: of the call, as an HTTP status code.
        verdict: ``ack``, ``reject`` or ``requeue``.
        problem: why the service failed, if it did; else who decided.
        cid: of the call.
    """

    status: int
    verdict: str
    problem: str = ""
    cid: str = ""


class Delivery:
    """A message that is being answered."""

    __slots__ = ("_body", "_message", "_terms")

    def __init__(self, terms: Terms, delivered: "DeliveredMessage") -> None:
        self._terms = terms
        self._body = delivered.body
        self._message = message_of(delivered)

    def origin(self) -> Origin:
        """``AMQP``, the queue and the broker."""
        return Origin("AMQP", self._terms.queue, self._terms.where)

    def route(self) -> Route:
        """The channel's service."""
        return Route(self._terms.service, self._terms.name, "amqp")

    async def authenticate(self, security: str) -> str:
        """Nobody: who may send to the queue is up to the broker."""
        return ""

    async def read(self, user: str) -> Request:
        """The body, decoded, and what came with it."""
        return Request(payload_of(self._body, self._terms.data_format), self._body, amqp=self._message)

    def reply(self, response: Response, cid: str) -> Outcome:
        """The service has succeeded."""
        return Outcome(response.status_code, self._message.verdict or "ack", "the service says so", cid)

    def refuse(self, error: HTTPError, cid: str) -> Outcome:
        """The service has failed. What is wrong with a message stays wrong; what is away comes back."""
        verdict = self._message.verdict
        if not verdict:
            is_rejected = error.status == 400 or (self._terms.ack_mode == "reject" and error.status != 503)
            verdict = "reject" if is_rejected else "requeue"
        return Outcome(error.status, verdict, error.details, cid)


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
