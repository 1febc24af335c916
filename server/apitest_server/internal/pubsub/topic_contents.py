"""What topics hold and who uses them: messages, depths, publishers and subscribers."""

from collections.abc import Iterable

from apitest_server.internal.crud.paging import page, searched
from apitest_server.internal.pubsub._named import (
    CLUSTER,
    LISTED,
    MESSAGES,
    OPTIONAL,
    PAGE,
    SUBSCRIPTION_ROW,
    TOPIC_ITSELF,
    PubSubService,
)
from apitest_server.pubsub.directory import Topic
from apitest_server.pubsub.message import iso
from apitest_server.service.elements import Bool, Int, Text

_SUMMARY = (
    Int("id"), "name", Bool("is_active"), Bool("has_gd"), Int("current_depth_gd"), Int("current_depth_non_gd"),
    Int("max_depth_gd"), Int("max_depth_non_gd"), Int("subscribers"), "last_pub_time_iso", "last_pub_msg_id",
    "last_publisher",
)  # fmt: skip


class _Summary(PubSubService):
    async def summaries(self, topics: Iterable[Topic]) -> list[dict[str, object]]:
        """What is known of topics now; the last publication is that of this server, since its start."""
        depths = await self.contents.topic_depths()
        return [self._summary(one, depths.get(one.id, (0, 0))) for one in topics]

    def _summary(self, one: Topic, depth: tuple[int, int]) -> dict[str, object]:
        latest = next(iter(self.broker.record.publishers(one.id)), None)
        return {
            "id": one.id,
            "name": one.name,
            "is_active": one.is_active,
            "has_gd": one.has_gd,
            "current_depth_gd": depth[0],
            "current_depth_non_gd": depth[1],
            "max_depth_gd": one.max_depth_gd,
            "max_depth_non_gd": one.max_depth_non_gd,
            "subscribers": len(self.broker.subscriptions.of_topic(one.id)),
            "last_pub_time_iso": iso(latest.last_pub_time) if latest else "",
            "last_pub_msg_id": latest.last_msg_id if latest else "",
            "last_publisher": latest.publisher if latest else "",
        }


class Get(_Summary):
    """What is known of a topic now: how many messages it holds, who published last, how many are subscribed."""

    name = "zato.pubsub.topic.get"

    class SimpleIO:
        """By ID or name."""

        input_optional = (*TOPIC_ITSELF, CLUSTER)
        output_required = _SUMMARY

    async def handle(self) -> None:
        """404 where there is no such topic."""
        [self.response.payload] = await self.summaries([self.topic()])


class GetSummaryList(_Summary):
    """The same of all topics, by name."""

    name = "zato.pubsub.topic.get-summary-list"

    class SimpleIO:
        """Those that the words of ``query`` are found in, by page."""

        input_optional = (Text("query"), *PAGE)
        output_required = _SUMMARY

    async def handle(self) -> None:
        """On which page they are is in the response's ``meta``."""
        wanted, words = page(self.given), searched(self.given).casefold().split()
        found = [one for one in self.broker.topics.all() if all(word in one.name.casefold() for word in words)]
        ordered = sorted(found, key=lambda one: one.name)
        self.response.payload[:] = await self.summaries(wanted.cut(ordered))
        self.response.meta = wanted.meta(len(found))


class GetTotals(PubSubService):
    """How many topics, subscriptions and messages there are, all together."""

    name = "zato.pubsub.topic.get-totals"

    class SimpleIO:
        """``waiting`` counts a message for each subscriber that has still to get it, the others count it once."""

        input_optional = (CLUSTER,)
        output_required = (
            Int("topics"), Int("subscriptions"), Int("current_depth_gd"), Int("current_depth_non_gd"), Int("waiting"),
        )  # fmt: skip

    async def handle(self) -> None:
        """Messages without guaranteed delivery are those of this server."""
        await self.broker.ready()
        topics, queues = await self.contents.topic_depths(), await self.contents.queue_depths()
        self.response.payload = {
            "topics": len(topics),
            "subscriptions": len(queues),
            "current_depth_gd": sum(gd for gd, _ in topics.values()),
            "current_depth_non_gd": sum(others for _, others in topics.values()),
            "waiting": sum(gd + others for gd, others in queues.values()),
        }


class Clear(PubSubService):
    """Deletes all messages of a topic, whoever waits for them."""

    name = "zato.pubsub.topic.clear"

    class SimpleIO:
        """By ID or name."""

        input_optional = (*TOPIC_ITSELF, CLUSTER)
        output_required = (Int("deleted"),)

    async def handle(self) -> None:
        """Returns how many there were; 404 where there is no such topic."""
        self.response.payload = {"deleted": await self.contents.clear_topic(self.topic())}


class GetPublisherList(PubSubService):
    """Who has published to a topic since this server's start, the latest first."""

    name = "zato.pubsub.topic.get-publisher-list"

    class SimpleIO:
        """By ID or name of the topic."""

        input_optional = (*TOPIC_ITSELF, CLUSTER)
        output_required = (
            "publisher", Int("count"), "last_msg_id", "last_pub_time_iso", Bool("last_has_gd"), Text("ext_client_id"),
        )  # fmt: skip

    async def handle(self) -> None:
        """404 where there is no such topic."""
        found = self.broker.record.publishers(self.topic().id)
        self.response.payload[:] = [
            {
                "publisher": one.publisher,
                "count": one.count,
                "last_msg_id": one.last_msg_id,
                "last_pub_time_iso": iso(one.last_pub_time),
                "last_has_gd": one.last_has_gd,
                "ext_client_id": one.ext_client_id,
            }
            for one in found
        ]


class GetSubscriberList(PubSubService):
    """Who is subscribed to a topic, and how many messages wait for each."""

    name = "zato.pubsub.topic.get-subscriber-list"

    class SimpleIO:
        """By ID or name of the topic."""

        input_optional = (*TOPIC_ITSELF, *PAGE)
        output_required = (*SUBSCRIPTION_ROW, Int("current_depth_gd"), Int("current_depth_non_gd"))

    async def handle(self) -> None:
        """404 where there is no such topic."""
        wanted, topic = page(self.given), self.topic()
        depths = await self.contents.queue_depths()
        found = self.broker.subscriptions.where(lambda one: one.topic_id == topic.id)
        self.response.payload[:] = [self.queue_row(one, depths) for one in wanted.cut(found)]
        self.response.meta = wanted.meta(len(found))


class _GetMessageList(PubSubService):
    gd: bool

    class SimpleIO:
        """By ID or name of the topic."""

        input_optional = (*TOPIC_ITSELF, *MESSAGES)
        output_required = LISTED
        output_optional = OPTIONAL

    async def handle(self) -> None:
        """The oldest first; they stay where they are. 404 where there is no such topic."""
        wanted, cut = self.cut()
        messages, total = await self.contents.of_topic(self.topic(), self.gd, cut)
        self.show(messages, wanted, total)


class GetGDMessageList(_GetMessageList):
    """Messages with guaranteed delivery that a topic holds: those that somebody has still to get."""

    name = "zato.pubsub.topic.get-gd-message-list"
    gd = True


class GetNonGDMessageList(_GetMessageList):
    """Messages without guaranteed delivery that a topic holds in the memory of this server."""

    name = "zato.pubsub.topic.get-non-gd-message-list"
    gd = False
