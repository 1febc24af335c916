"""Endpoints and topics: what an endpoint may do, what it has done, and what it is subscribed to."""

from apitest_server.internal.crud.paging import page, searched
from apitest_server.internal.pubsub._named import CLUSTER, ENDPOINT, ENDPOINT_ITSELF, PAGE, PubSubService
from apitest_server.pubsub.directory import Endpoint
from apitest_server.pubsub.message import iso
from apitest_server.pubsub.topics import Right
from apitest_server.service.elements import Bool, Int, Text


class Get(PubSubService):
    """What an endpoint is: its patterns apart for publishing and subscribing, and how often it is subscribed."""

    name = "zato.pubsub.endpoint.get"

    class SimpleIO:
        """By ID or name."""

        input_optional = (*ENDPOINT_ITSELF, CLUSTER)
        output_required = (
            Int("id"), "name", Bool("is_active"), "endpoint_type", "role", "pub_patterns", "sub_patterns",
            Int("subscriptions"),
        )  # fmt: skip

    async def handle(self) -> None:
        """404 where there is no such endpoint."""
        one = self.endpoint()
        await self.broker.ready()
        self.response.payload = {
            "id": one.id,
            "name": one.name,
            "is_active": one.is_active,
            "endpoint_type": one.endpoint_type,
            "role": one.role,
            "pub_patterns": "\n".join(pattern.text for pattern in one.permissions.publish),
            "sub_patterns": "\n".join(pattern.text for pattern in one.permissions.subscribe),
            "subscriptions": len(self.broker.subscriptions.where(lambda each: each.endpoint_id == one.id)),
        }


class CheckPermission(PubSubService):
    """Whether an endpoint may publish and subscribe to a topic of a name, which does not have to exist, and why."""

    name = "zato.pubsub.endpoint.check-permission"

    class SimpleIO:
        """The patterns are those that match; ``reason`` is why it may not, where it may not do both."""

        input_required = ("topic_name",)
        input_optional = (*ENDPOINT, CLUSTER)
        output_required = (Bool("may_publish"), Bool("may_subscribe"), "pub_pattern", "sub_pattern", "reason")

    async def handle(self) -> None:
        """404 where there is no such endpoint."""
        one, name = self.endpoint(), self.given["topic_name"]
        pub, sub = _pattern(one, "pub", name), _pattern(one, "sub", name)
        told = {"may_publish": one.may("pub", name), "may_subscribe": one.may("sub", name)}
        self.response.payload = {**told, "pub_pattern": pub, "sub_pattern": sub, "reason": _reason(one, pub, sub)}


def _pattern(endpoint: Endpoint, right: Right, name: str) -> str:
    allowed = endpoint.permissions.publish if right == "pub" else endpoint.permissions.subscribe
    return next((pattern.text for pattern in allowed if pattern.matches(name)), "")


def _reason(endpoint: Endpoint, pub: str, sub: str) -> str:
    if not endpoint.is_active:
        return "The endpoint is not active"
    roles = endpoint.role.split("-")
    reasons = [
        f"Its role, {endpoint.role}, does not include {verb}" if role not in roles else f"No {role}= pattern matches"
        for role, verb, found in (("pub", "publishing", pub), ("sub", "subscribing", sub))
        if role not in roles or not found
    ]
    return "; ".join(reasons)


class GetTopicList(PubSubService):
    """The topics that an endpoint has published to since this server's start, the latest first."""

    name = "zato.pubsub.endpoint.get-topic-list"

    class SimpleIO:
        """By ID or name of the endpoint."""

        input_optional = (*ENDPOINT, *PAGE)
        output_required = (
            Int("topic_id"), "topic_name", Int("count"), "last_msg_id", "last_pub_time_iso", Bool("last_has_gd"),
        )  # fmt: skip

    async def handle(self) -> None:
        """404 where there is no such endpoint."""
        wanted, found = page(self.given), self.broker.record.topics(self.endpoint().name)
        topics = ((self.broker.topics.get(number), one) for number, one in found.items())
        rows = [
            {
                "topic_id": topic.id,
                "topic_name": topic.name,
                "count": one.count,
                "last_msg_id": one.last_msg_id,
                "last_pub_time_iso": iso(one.last_pub_time),
                "last_has_gd": one.last_has_gd,
            }
            for topic, one in topics
            if topic is not None
        ]
        rows.sort(key=lambda row: str(row["last_pub_time_iso"]), reverse=True)
        self.response.payload[:] = wanted.cut(rows)
        self.response.meta = wanted.meta(len(rows))


class _Permitted(PubSubService):
    right: Right

    class SimpleIO:
        """By ID or name of the endpoint; ``query`` are words in the names of topics."""

        input_optional = (*ENDPOINT, Text("query"), *PAGE)
        output_required = (Int("topic_id"), "topic_name", "sub_key", Bool("is_subscribed"))

    async def handle(self) -> None:
        """By name; 404 where there is no such endpoint."""
        wanted, endpoint, words = page(self.given), self.endpoint(), searched(self.given).casefold().split()
        await self.broker.ready()
        rows = []
        for topic in sorted(self.broker.topics.all(), key=lambda one: one.name):
            if endpoint.may(self.right, topic.name) and all(word in topic.name.casefold() for word in words):
                own = [one for one in self.broker.subscriptions.of_topic(topic.id) if one.endpoint_id == endpoint.id]
                key = own[0].sub_key if own else ""
                rows.append(
                    {"topic_id": topic.id, "topic_name": topic.name, "sub_key": key, "is_subscribed": bool(own)}
                )
        self.response.payload[:] = wanted.cut(rows)
        self.response.meta = wanted.meta(len(rows))


class GetTopicPubList(_Permitted):
    """The topics that an endpoint may publish to."""

    name = "zato.pubsub.endpoint.get-topic-pub-list"
    right = "pub"


class GetTopicSubList(_Permitted):
    """The topics that an endpoint may subscribe to, and whether it, or a client of it, is subscribed."""

    name = "zato.pubsub.endpoint.get-topic-sub-list"
    right = "sub"
