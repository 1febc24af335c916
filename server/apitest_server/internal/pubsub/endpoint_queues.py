"""The queues of endpoints: what waits for their subscriptions, looked at, cleared and deleted."""

from collections.abc import Mapping

from apitest_server.errors import InputError, NotFound
from apitest_server.internal.crud.paging import page, searched
from apitest_server.internal.pubsub._named import (
    CLUSTER,
    ENDPOINT,
    LISTED,
    MESSAGES,
    OPTIONAL,
    PAGE,
    PLACED,
    QUEUE_ROW,
    SUBSCRIPTION_ID,
    PubSubService,
    told,
)
from apitest_server.internal.pubsub.subscription import Delete
from apitest_server.pubsub.directory import Endpoint
from apitest_server.pubsub.places import Place
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.service.elements import Bool, Int, Text

_QUEUE = (*QUEUE_ROW, Int("dead_letters"))


class GetEndpointQueueList(PubSubService):
    """The queues of an endpoint, one for each of its subscriptions, and how many messages wait in each."""

    name = "zato.pubsub.endpoint.get-endpoint-queue-list"

    class SimpleIO:
        """By ID or name of the endpoint."""

        input_optional = (*ENDPOINT, *PAGE)
        output_required = _QUEUE

    async def handle(self) -> None:
        """404 where there is no such endpoint."""
        wanted, endpoint = page(self.given), self.endpoint()
        depths, dead = await self.contents.queue_depths(), await self.contents.dead_counts()
        found = self.broker.subscriptions.where(lambda one: one.endpoint_id == endpoint.id)
        self.response.payload[:] = [_queue_row(self.queue_row(one, depths), dead) for one in wanted.cut(found)]
        self.response.meta = wanted.meta(len(found))


class GetEndpointQueue(PubSubService):
    """One queue, and how many messages wait in it."""

    name = "zato.pubsub.endpoint.get-endpoint-queue"

    class SimpleIO:
        """By the key of the subscription, or by its ID."""

        input_optional = ("sub_key", SUBSCRIPTION_ID, CLUSTER)
        output_required = _QUEUE

    async def handle(self) -> None:
        """404 where there is no such subscription."""
        one = await self._subscription()
        depths, dead = await self.contents.queue_depths(), await self.contents.dead_counts()
        self.response.payload = _queue_row(self.queue_row(one, depths), dead)

    async def _subscription(self) -> Subscription:
        key, number = self.given["sub_key"], self.given["sub_id"]
        if not key and number is None:
            raise InputError("sub_key", "or `id` is required")
        if not key:
            await self.broker.ready()
            found = self.broker.subscriptions.where(lambda one: one.id == number)
            if not found:
                raise NotFound(f"There is no subscription with ID {number}")
            return found[0]
        return await self.broker.subscription(key)


class ClearEndpointQueue(PubSubService):
    """Takes everything out of a queue; other subscribers get their messages still."""

    name = "zato.pubsub.endpoint.clear-endpoint-queue"

    class SimpleIO:
        """By the key of the subscription."""

        input_required = ("sub_key",)
        input_optional = (CLUSTER,)
        output_required = ("sub_key", Int("deleted"))

    async def handle(self) -> None:
        """Returns how many messages there were; 404 where there is no such subscription."""
        one = await self.broker.subscription(self.given["sub_key"])
        self.response.payload = {"sub_key": one.sub_key, "deleted": await self.contents.clear_queue(one)}


class DeleteEndpointQueue(Delete):
    """Deletes a queue, which ends its subscription; what waits in it alone is deleted."""

    name = "zato.pubsub.endpoint.delete-endpoint-queue"


class _QueueMessages(PubSubService):
    gd: bool

    class SimpleIO:
        """By the key of the subscription; ``is_in_delivery`` is whether the subscriber is being sent it now."""

        input_required = ("sub_key",)
        input_optional = MESSAGES
        output_required = (*LISTED, *PLACED)
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """In the order of delivery; they stay where they are. 404 where there is no such subscription."""
        wanted, cut = self.cut()
        one = await self.broker.subscription(self.given["sub_key"])
        places, total = await self.contents.of_queue(one, self.gd, cut)
        self.response.payload[:] = [place_row(place) for place in places]
        self.response.meta = wanted.meta(total)


def place_row(place: Place) -> dict[str, object]:
    """A message in a queue, as administrators see it."""
    is_dead = place.dead_since is not None
    return {**told(place.message), "is_in_delivery": place.is_claimed, "is_dead_letter": is_dead}


def _queue_row(row: dict[str, object], dead: Mapping[str, int]) -> dict[str, object]:
    return {**row, "dead_letters": dead.get(str(row["sub_key"]), 0)}


class GetEndpointQueueMessagesGD(_QueueMessages):
    """Looks at the messages with guaranteed delivery that wait in a queue, and does not take them."""

    name = "zato.pubsub.endpoint.get-endpoint-queue-messages-gd"
    gd = True


class GetEndpointQueueMessagesNonGD(_QueueMessages):
    """Looks at the messages without guaranteed delivery that wait in a queue on this server, and does not take them."""

    name = "zato.pubsub.endpoint.get-endpoint-queue-messages-non-gd"
    gd = False


class GetEndpointSummaryList(PubSubService):
    """All endpoints by name: what they are, how many subscriptions they have, and how much waits for them."""

    name = "zato.pubsub.endpoint.get-endpoint-summary-list"

    class SimpleIO:
        """Those that the words of ``query`` are found in, by page."""

        input_optional = (Text("query"), *PAGE)
        output_required = (
            Int("id"), "name", Bool("is_active"), "endpoint_type", "role", Int("subscriptions"),
            Int("current_depth_gd"), Int("current_depth_non_gd"), Int("dead_letters"),
        )  # fmt: skip

    async def handle(self) -> None:
        """On which page they are is in the response's ``meta``."""
        wanted, words = page(self.given), searched(self.given).casefold().split()
        depths, dead = await self.contents.queue_depths(), await self.contents.dead_counts()
        found = [one for one in self.broker.endpoints.all() if all(word in one.name.casefold() for word in words)]
        ordered = sorted(found, key=lambda one: one.name)
        self.response.payload[:] = [self._summary(endpoint, depths, dead) for endpoint in wanted.cut(ordered)]
        self.response.meta = wanted.meta(len(found))

    def _summary(
        self, endpoint: Endpoint, depths: Mapping[str, tuple[int, int]], dead: Mapping[str, int]
    ) -> dict[str, object]:
        keys = [one.sub_key for one in self.broker.subscriptions.where(lambda one: one.endpoint_id == endpoint.id)]
        return {
            "id": endpoint.id,
            "name": endpoint.name,
            "is_active": endpoint.is_active,
            "endpoint_type": endpoint.endpoint_type,
            "role": endpoint.role,
            "subscriptions": len(keys),
            "current_depth_gd": sum(depths.get(key, (0, 0))[0] for key in keys),
            "current_depth_non_gd": sum(depths.get(key, (0, 0))[1] for key in keys),
            "dead_letters": sum(dead.get(key, 0) for key in keys),
        }
