"""The REST API of publish/subscribe: what endpoints call with their own credentials.

To everybody who may not do what they ask for, the answer is one and the same 403: who has no credentials, wrong ones or
none of an endpoint, who has no permission, and who asks for a topic or a message that is not there.
"""

from collections.abc import Mapping

from apitest_server.errors import BadRequest, Forbidden, NotFound
from apitest_server.internal.pubsub._elsewhere import elsewhere
from apitest_server.internal.pubsub.message import changes
from apitest_server.pubsub.broker import PUBSUB, Broker
from apitest_server.pubsub.contents import Contents
from apitest_server.pubsub.directory import Endpoint, Topic
from apitest_server.pubsub.message import Message, publication
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.pubsub.taking import taken
from apitest_server.pubsub.topics import Right, name_in_path
from apitest_server.security.groups import ENDPOINTS
from apitest_server.service.base import Service

AT_ONCE = 10_000  # messages in one answer, at most


class _OfEndpoint(Service):
    """What endpoints call."""

    @property
    def broker(self) -> Broker:
        """Publish/subscribe."""
        return self.server.components[PUBSUB]

    def endpoint(self) -> Endpoint:
        """Who is calling.

        Raises:
            Forbidden: no endpoint.
        """
        if self.channel.security != ENDPOINTS:
            raise Forbidden
        try:
            return self.broker.endpoints.named(self.channel.user)
        except NotFound:
            raise Forbidden from None

    @property
    def sub_key(self) -> str:
        """The key in the query string, or nothing."""
        return self.request.http.GET.get("sub_key", "") if self.request.http else ""

    def topic(self, endpoint: Endpoint, right: Right) -> Topic:
        """The topic in the path.

        Raises:
            Forbidden: there is none, or the endpoint may not do this with it.
        """
        name = name_in_path(self.request.http.params["topic_name"] if self.request.http else "")
        try:
            topic = self.broker.topics.named(name)
        except NotFound:
            raise Forbidden from None
        if not endpoint.may(right, name):
            raise Forbidden
        return topic

    async def subscription(self, endpoint: Endpoint, topic: Topic) -> Subscription | None:
        """The endpoint's subscription to a topic; none where the query string has the key of another one."""
        await self.broker.ready()
        found = self.broker.find(endpoint, topic.name)
        return found if found is not None and self.sub_key in ("", found.sub_key) else None


class TopicService(_OfEndpoint):
    """Publishes to a topic, and takes messages from it: ``/zato/pubsub/topic/{topic_name}``."""

    name = "zato.pubsub.pubapi.topic-service"

    async def handle_POST(self) -> None:  # noqa: N802 - as services have it
        """Publishes the body's ``data``; with ``?sub_key=`` in the address it takes messages."""
        if self.sub_key:
            await self._take()
            return
        endpoint = self.endpoint()
        topic = self.topic(endpoint, "pub")
        payload = self.request.payload
        if not isinstance(payload, Mapping):
            raise BadRequest("The request body must be a JSON object with the key `data`")
        msg_id = await self.broker.publish(topic.name, publication(payload), endpoint)
        self.response.payload = {"msg_id": msg_id}

    async def handle_PATCH(self) -> None:  # noqa: N802 - as services have it
        """Takes what waits: the highest priority first, then the oldest."""
        await self._take()

    async def _take(self) -> None:
        endpoint = self.endpoint()
        topic = self.topic(endpoint, "sub")
        found = await self.subscription(endpoint, topic)
        if found is None:
            raise BadRequest(f"You are not subscribed to topic `{topic.name}`")
        sub_key = found.sub_key
        claimed = await taken(self.broker, sub_key, AT_ONCE)
        msg_ids = [message.msg_id for message in claimed]

        async def settle(arrived: bool) -> None:
            await (self.broker.confirm if arrived else self.broker.release)(sub_key, msg_ids)

        if msg_ids:
            self.response.when_sent = settle
        self.response.payload = [message.external() for message in claimed]


class SubscribeService(_OfEndpoint):
    """Subscribes to a topic, and unsubscribes: ``/zato/pubsub/subscribe/topic/{topic_name}``."""

    name = "zato.pubsub.pubapi.subscribe-service"

    async def handle_POST(self) -> None:  # noqa: N802 - as services have it
        """Returns ``sub_key`` and ``queue_depth``; nothing where the endpoint is subscribed already."""
        endpoint = self.endpoint()
        topic = self.topic(endpoint, "sub")
        made = await self.broker.subscribe(endpoint, topic.name)
        told = {"sub_key": made.sub_key, "queue_depth": made.queue_depth}
        self.response.payload = told if made.is_new else {}

    async def handle_DELETE(self) -> None:  # noqa: N802 - as services have it
        """Returns nothing, also where there is no subscription."""
        endpoint = self.endpoint()
        found = await self.subscription(endpoint, self.topic(endpoint, "sub"))
        if found is not None:
            await self.broker.unsubscribe(found.sub_key)
        self.response.payload = {}


class MessageService(_OfEndpoint):
    """Reads, changes and deletes one message: ``/zato/pubsub/msg/{msg_id}``."""

    name = "zato.pubsub.pubapi.message-service"

    async def handle_GET(self) -> None:  # noqa: N802 - as services have it
        """For endpoints that may subscribe to the message's topic, or publish to it."""
        message = await self._message("sub", "pub")
        self.response.payload = message.external() if isinstance(message, Message) else message

    async def handle_PATCH(self) -> None:  # noqa: N802 - as services have it
        """Changes the data, priority, expiration or MIME type; for endpoints that may publish to its topic."""
        message, payload = await self._message("pub"), self.request.payload
        if not isinstance(payload, Mapping):
            raise BadRequest("The request body must be a JSON object with what is to change, `data` for example")
        if isinstance(message, Message):
            self.response.payload = (await Contents(self.broker).change(message, changes(payload))).external()
        else:
            self.response.payload = await self._elsewhere("update", changes(payload))

    async def handle_DELETE(self) -> None:  # noqa: N802 - as services have it
        """Whoever waits for it; for endpoints that may publish to its topic."""
        message = await self._message("pub")
        if isinstance(message, Message):
            await Contents(self.broker).delete([message.msg_id])
            self.response.payload = message.external()
        else:
            await self._elsewhere("delete", {})
            self.response.payload = message

    @property
    def _msg_id(self) -> str:
        return self.request.http.params["msg_id"] if self.request.http else ""

    async def _message(self, *rights: Right) -> Message | dict[str, object]:
        """The message, or as endpoints see it where another server has it in its memory."""
        endpoint = self.endpoint()
        found: Message | dict[str, object]
        try:
            found = await Contents(self.broker).message(self._msg_id)
            topic = self.broker.topics.get(found.topic_id)  # It may have another name than when it was published to
            if topic is None:
                raise Forbidden
            name = topic.name
        except NotFound:
            found = await self._elsewhere("get", {})
            name = str(found["topic_name"])
        if not any(endpoint.may(right, name) for right in rights):
            raise Forbidden
        return found

    async def _elsewhere(self, verb: str, given: Mapping[str, object]) -> dict[str, object]:
        service = f"zato.pubsub.message.{verb}"
        found = await elsewhere(self.server, service, {"msg_id": self._msg_id, **given})
        if found is None:
            raise Forbidden
        return {name: value for name, value in found.items() if name != "publisher"}
