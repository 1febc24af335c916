"""PURE  What a service finds as ``self.request.amqp``, where a message of an AMQP queue has called it."""

from typing import Any

import msgspec


class AMQPMessage(msgspec.Struct):
    """A message of a queue, next to its body, which is ``self.request.payload``.

    Attributes:
        exchange: that it was sent to.
        routing_key: that it was sent with.
        redelivered: whether it was delivered before, to anybody.
        consumer_tag: of the consumer that got it.
        headers: the application's own.
        properties: ``content_type``, ``correlation_id``, ``reply_to`` …; those that it has.
        verdict: what becomes of it if the service has decided that: ``ack``, ``reject`` or ``requeue``.
    """

    exchange: str = ""
    routing_key: str = ""
    redelivered: bool = False
    consumer_tag: str = ""
    headers: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    verdict: str = ""

    def ack(self) -> None:
        """Acknowledges the message once the service has ended, also if it fails."""
        self.verdict = "ack"

    def reject(self) -> None:
        """Rejects the message once the service has ended: it goes to the queue's dead-letter exchange, or nowhere."""
        self.verdict = "reject"

    def requeue(self) -> None:
        """Gives the message back to the queue once the service has ended; after a while it comes again."""
        self.verdict = "requeue"
