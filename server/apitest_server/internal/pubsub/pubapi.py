"""Publish/subscribe by service: publishing, subscribing and taking messages in the name of endpoints."""

from apitest_server.internal.crud import Between
from apitest_server.internal.pubsub._named import CLUSTER, ENDPOINT, MESSAGE, OPTIONAL, TOPIC, PubSubService
from apitest_server.pubsub.clients import CLIENTS
from apitest_server.pubsub.message import publication
from apitest_server.pubsub.taking import taken
from apitest_server.service.elements import AsIs, Int
from apitest_server.wsx.client import current_client

AT_ONCE = 10_000  # messages in one answer, at most
_PUBLICATION = (
    AsIs("priority"), AsIs("expiration"), AsIs("has_gd"), AsIs("mime_type"), AsIs("correl_id"), AsIs("in_reply_to"),
    AsIs("ext_client_id"),
)  # fmt: skip


class PublishMessage(PubSubService):
    """Publishes a message to a topic, in the name of an endpoint, or else of who is calling.

    A client of a WebSocket channel, be it through a gateway, publishes in the name of the channel's endpoint.
    """

    name = "zato.pubsub.pubapi.publish-message"

    class SimpleIO:
        """With guaranteed delivery the message is on disk when this answers."""

        input_optional = (AsIs("data"), *TOPIC, *ENDPOINT, *_PUBLICATION, CLUSTER)
        output_required = ("msg_id",)

    async def handle(self) -> None:
        """The endpoint's permissions count; who calls without one may publish to all topics."""
        message = publication({name: self.given[name] for name in ("data", *(one.name for one in _PUBLICATION))})
        client = current_client.get()
        if client is not None:
            topic_name = self.given["topic_name"] or ""
            msg_id = await self.server.components[CLIENTS].publish(client.id, topic_name, message)
        else:
            publisher = self.endpoint() if self.is_named("endpoint") else self.channel.user or self.name
            msg_id = await self.broker.publish(self.topic().name, message, publisher)
        self.response.payload = {"msg_id": msg_id}


class Subscribe(PubSubService):
    """Subscribes an endpoint to a topic; a second time it answers with the same subscription."""

    name = "zato.pubsub.pubapi.subscribe"

    class SimpleIO:
        """How many messages wait, and the key to take them with."""

        input_optional = (*TOPIC, *ENDPOINT, CLUSTER)
        output_required = ("sub_key", Int("queue_depth"))

    async def handle(self) -> None:
        """The endpoint has to be permitted to."""
        made = await self.broker.subscribe(self.endpoint(), self.topic().name)
        self.response.payload = {"sub_key": made.sub_key, "queue_depth": made.queue_depth}


class GetMessages(PubSubService):
    """Takes what waits for a subscription: the highest priority first, then the oldest."""

    name = "zato.pubsub.pubapi.get-messages"

    class SimpleIO:
        """As many as ``limit``, and 32 MB of data, at most; they leave the queue once the answer was sent."""

        input_required = ("sub_key",)
        input_optional = (Between("limit", 1, AT_ONCE, default=AT_ONCE), CLUSTER)
        output_required = MESSAGE
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """404 where there is no such subscription."""
        sub_key = self.given["sub_key"]
        claimed = await taken(self.broker, sub_key, self.given["limit"])
        msg_ids = [message.msg_id for message in claimed]

        async def settle(arrived: bool) -> None:
            await (self.broker.confirm if arrived else self.broker.release)(sub_key, msg_ids)

        if self.request.http is not None:
            self.response.when_sent = settle
        else:  # Who invokes a service has the answer once it returns
            await settle(True)
        self.response.payload[:] = [message.external() for message in claimed]
