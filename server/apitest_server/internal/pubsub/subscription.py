"""Subscriptions, as administrators make, list, change and end them."""

from apitest_server.errors import InputError
from apitest_server.internal.crud.paging import page, searched
from apitest_server.internal.pubsub._named import (
    CLUSTER,
    ENDPOINT,
    PAGE,
    QUEUE_ROW,
    SUBSCRIPTION_ROW,
    TOPIC,
    PubSubService,
)
from apitest_server.pubsub.client_names import subscriber
from apitest_server.pubsub.message import iso
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.service.elements import Bool, Int, Text


class GetList(PubSubService):
    """Lists subscriptions: all, those to a topic, of an endpoint, or those that the words of ``query`` are found in."""

    name = "zato.pubsub.subscription.get-list"

    class SimpleIO:
        """In the order in which they were made."""

        input_optional = (*TOPIC, *ENDPOINT, Text("query"), *PAGE)
        output_required = QUEUE_ROW

    async def handle(self) -> None:
        """With how many messages wait for each; on which page they are is in the response's ``meta``."""
        wanted = page(self.given)
        topic = self.topic() if self.is_named("topic") else None
        endpoint = self.endpoint() if self.is_named("endpoint") else None
        words = searched(self.given).casefold().split()
        await self.broker.ready()

        def fits(one: Subscription) -> bool:
            return topic in (None, self.broker.topics.get(one.topic_id)) and endpoint in (
                None,
                self.broker.endpoints.get(one.endpoint_id),
            )

        found = self.broker.subscriptions.where(fits)
        if words:
            found = [one for one in found if self._has(one, words)]
        depths = await self.contents.queue_depths()
        self.response.payload[:] = [self.queue_row(one, depths) for one in wanted.cut(found)]
        self.response.meta = wanted.meta(len(found))

    def _has(self, one: Subscription, words: list[str]) -> bool:
        text = "\n".join(map(str, self.row(one).values())).casefold()
        return all(word in text for word in words)


class GetDeliveredList(PubSubService):
    """What a subscriber has received from this server since its start, as far as it remembers: the latest first."""

    name = "zato.pubsub.subscription.get-delivered-list"

    class SimpleIO:
        """By the key of the subscription; when the subscriber has acknowledged each message."""

        input_required = ("sub_key",)
        input_optional = PAGE
        output_required = ("msg_id", "delivered_time_iso")

    async def handle(self) -> None:
        """404 where there is no such subscription."""
        wanted = page(self.given)
        one = await self.broker.subscription(self.given["sub_key"])
        found = self.broker.record.arrivals(one.sub_key)
        self.response.payload[:] = [
            {"msg_id": msg_id, "delivered_time_iso": iso(when)} for msg_id, when in wanted.cut(found)
        ]
        self.response.meta = wanted.meta(len(found))


class Get(PubSubService):
    """Returns a subscription, found by its key."""

    name = "zato.pubsub.subscription.get"

    class SimpleIO:
        """As in lists."""

        input_required = ("sub_key",)
        input_optional = (CLUSTER,)
        output_required = SUBSCRIPTION_ROW

    async def handle(self) -> None:
        """404 where there is none."""
        self.response.payload = self.row(await self.broker.subscription(self.given["sub_key"]))


class Create(PubSubService):
    """Subscribes an endpoint of any type to a topic; of a WebSocket channel it is one client, by its ID."""

    name = "zato.pubsub.subscription.create"

    class SimpleIO:
        """``ext_client_id`` and ``username`` are of a WebSocket client: what it has chosen, and who it signs in as.

        A second time it answers with the subscription that there is, and ``is_new`` is false.
        """

        input_optional = (
            *TOPIC, *ENDPOINT, Text("ext_client_id"), Text("username"), Bool("wrap_one_msg_in_list", default=False),
            CLUSTER,
        )  # fmt: skip
        output_required = ("sub_key", Int("queue_depth"), Bool("is_new"))

    async def handle(self) -> None:
        """The endpoint has to be permitted to."""
        endpoint, client_id = self.endpoint(), self.given["ext_client_id"]
        if (endpoint.endpoint_type == "wsx") != bool(client_id):
            verb = "is needed by" if not client_id else "must not be given for"
            raise InputError("ext_client_id", f"{verb} an endpoint of the type {endpoint.endpoint_type}")
        made = await self.broker.subscribe(
            endpoint,
            self.topic().name,
            client_id=subscriber(self.given["username"], client_id),
            wrap_one_msg_in_list=self.given["wrap_one_msg_in_list"],
        )
        self.response.payload = {"sub_key": made.sub_key, "queue_depth": made.queue_depth, "is_new": made.is_new}


class Edit(PubSubService):
    """Changes how messages of a subscription are delivered; its key, its time and what waits for it stay."""

    name = "zato.pubsub.subscription.edit"

    class SimpleIO:
        """``wrap_one_msg_in_list`` is whether the client is given a list also of one message."""

        input_required = ("sub_key", Bool("wrap_one_msg_in_list"))
        input_optional = (CLUSTER,)
        output_required = SUBSCRIPTION_ROW

    async def handle(self) -> None:
        """404 where there is none."""
        one = await self.broker.subscription(self.given["sub_key"])
        topic, endpoint = self.broker.topics.get(one.topic_id), self.broker.endpoints.get(one.endpoint_id)
        if topic is not None and endpoint is not None:
            wrap = self.given["wrap_one_msg_in_list"]
            await self.broker.subscribe(endpoint, topic.name, client_id=one.client_id, wrap_one_msg_in_list=wrap)
        self.response.payload = self.row(await self.broker.subscription(one.sub_key))


class Delete(PubSubService):
    """Ends a subscription; what waits for it alone is deleted."""

    name = "zato.pubsub.subscription.delete"

    class SimpleIO:
        """Its key."""

        input_required = ("sub_key",)
        input_optional = (CLUSTER,)
        output_required = ("sub_key",)

    async def handle(self) -> None:
        """404 where there is none."""
        one = await self.broker.subscription(self.given["sub_key"])
        await self.broker.unsubscribe(one.sub_key)
        self.response.payload = {"sub_key": one.sub_key}


class DeleteAll(PubSubService):
    """Ends all subscriptions of an endpoint, those to one topic where it is named."""

    name = "zato.pubsub.subscription.delete-all"

    class SimpleIO:
        """How many there were."""

        input_optional = (*ENDPOINT, *TOPIC, CLUSTER)
        output_required = (Int("deleted"),)

    async def handle(self) -> None:
        """404 where there is no such endpoint or topic."""
        endpoint, topic = self.endpoint(), self.topic() if self.is_named("topic") else None
        await self.broker.ready()
        found = self.broker.subscriptions.where(
            lambda one: one.endpoint_id == endpoint.id and (topic is None or one.topic_id == topic.id)
        )
        self.response.payload = {"deleted": await self.broker.unsubscribe(*(one.sub_key for one in found))}
