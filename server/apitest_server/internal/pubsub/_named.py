"""What services of publish/subscribe have in common: how topics, endpoints and subscriptions are named and shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from apitest_server.errors import InputError, NotFound
from apitest_server.internal.crud.field_types import LARGEST_ID, Between
from apitest_server.internal.crud.paging import Page, page, searched
from apitest_server.pubsub.broker import PUBSUB, Broker
from apitest_server.pubsub.client_names import who
from apitest_server.pubsub.contents import Contents
from apitest_server.pubsub.directory import Endpoint, Topic
from apitest_server.pubsub.message import Message, iso
from apitest_server.pubsub.places import Cut
from apitest_server.pubsub.subscriptions import Subscription
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Bool, Int, Text

CLUSTER = Int("cluster_id")  # Clients send it; there is one cluster
PAGE = (Int("cur_page"), Int("page_size"), Bool("paginate"), CLUSTER)
TOPIC = (Between("topic_id", 0, LARGEST_ID), Text("topic_name"))
ENDPOINT = (Between("endpoint_id", 0, LARGEST_ID), Text("endpoint_name"))


class _OwnID(Between):
    """The ID of what a service is about, which some clients call just that."""

    also = "id"


class _OwnName(Text):
    """Its name, likewise."""

    also = "name"


SUBSCRIPTION_ID = _OwnID("sub_id", 0, LARGEST_ID)
TOPIC_ITSELF = (_OwnID("topic_id", 0, LARGEST_ID), _OwnName("topic_name"))
ENDPOINT_ITSELF = (_OwnID("endpoint_id", 0, LARGEST_ID), _OwnName("endpoint_name"))
SUBSCRIPTION_ROW = (
    Int("id"), "sub_key", Int("topic_id"), "topic_name", Int("endpoint_id"), "endpoint_name", "endpoint_type",
    Text("ext_client_id"), "username", "creation_time_iso", Bool("wrap_one_msg_in_list"), Bool("is_connected"),
)  # fmt: skip
QUEUE_ROW = (*SUBSCRIPTION_ROW, Int("current_depth_gd"), Int("current_depth_non_gd"))
MESSAGE = (
    "msg_id", "topic_name", "sub_key", AsIs("data"), "mime_type", Int("size"), Int("priority"), Int("expiration"),
    Bool("has_gd"), Int("delivery_count"), "pub_time_iso", "recv_time_iso", "expiration_time_iso",
)  # fmt: skip
OPTIONAL = (Text("correl_id"), "in_reply_to", Text("ext_client_id"))  # Of a message that was published with them
LISTED = ("publisher", *MESSAGE)
PLACED = (Bool("is_in_delivery"), Bool("is_dead_letter"))  # Of a message in a queue
MESSAGES = (Text("query"), *PAGE)  # A page of messages; words in IDs and in names of publishers


def told(message: Message) -> dict[str, object]:
    """A message as administrators see it."""
    return {**message.external(), "publisher": message.publisher}


class PubSubService(Service):
    """What administrators call: topics by ``topic_name`` or ``topic_id``, endpoints likewise."""

    @property
    def broker(self) -> Broker:
        """Publish/subscribe."""
        return self.server.components[PUBSUB]

    @property
    def given(self) -> Mapping[str, Any]:
        """The input."""
        fields: Mapping[str, Any] = self.request.input
        return fields

    def topic(self) -> Topic:
        """The topic that the input names.

        Raises:
            NotFound: there is none.
        """
        name, number = self.given.get("topic_name"), self.given.get("topic_id")
        if name:
            return self.broker.topics.named(name)
        if number is None:
            raise InputError("topic_name", "or `topic_id` is required")
        found = self.broker.topics.get(number)
        if found is None:
            raise NotFound(f"There is no topic with ID {number}")
        return found

    def endpoint(self) -> Endpoint:
        """The endpoint that the input names.

        Raises:
            NotFound: there is none.
        """
        name, number = self.given.get("endpoint_name"), self.given.get("endpoint_id")
        if name:
            return self.broker.endpoints.named(name)
        if number is None:
            raise InputError("endpoint_name", "or `endpoint_id` is required")
        found = self.broker.endpoints.get(number)
        if found is None:
            raise NotFound(f"There is no endpoint with ID {number}")
        return found

    def is_named(self, what: str) -> bool:
        """Whether the input names one at all; ``what`` is ``topic`` or ``endpoint``."""
        return bool(self.given.get(f"{what}_name")) or self.given.get(f"{what}_id") is not None

    @property
    def contents(self) -> Contents:
        """What topics and queues hold."""
        return Contents(self.broker)

    def cut(self) -> tuple[Page, Cut]:
        """The page that the input asks for, and what that is of a list of messages."""
        wanted = page(self.given)
        return wanted, Cut(tuple(searched(self.given).split()), wanted.start, wanted.size)

    def show(self, messages: Iterable[Message], wanted: Page, total: int) -> None:
        """Returns a page of messages, as administrators see them."""
        self.response.payload[:] = [told(message) for message in messages]
        self.response.meta = wanted.meta(total)

    def row(self, one: Subscription) -> dict[str, object]:
        """A subscription as services return it."""
        topic, endpoint = self.broker.topics.get(one.topic_id), self.broker.endpoints.get(one.endpoint_id)
        username, client_id = who(one.client_id)
        return {
            "id": one.id,
            "sub_key": one.sub_key,
            "topic_id": one.topic_id,
            "topic_name": topic.name if topic else "",
            "endpoint_id": one.endpoint_id,
            "endpoint_name": endpoint.name if endpoint else "",
            "endpoint_type": one.endpoint_type,
            "ext_client_id": client_id,
            "username": username,
            "creation_time_iso": iso(one.created),
            "wrap_one_msg_in_list": one.wrap_one_msg_in_list,
            "is_connected": self.broker.is_attached(one.sub_key) or bool(self.broker.attached_elsewhere(one.sub_key)),
        }

    def queue_row(self, one: Subscription, depths: Mapping[str, tuple[int, int]]) -> dict[str, object]:
        """A subscription, and how many messages wait for it."""
        gd, others = depths.get(one.sub_key, (0, 0))
        return {**self.row(one), "current_depth_gd": gd, "current_depth_non_gd": others}
