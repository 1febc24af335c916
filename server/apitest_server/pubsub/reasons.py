"""PURE  Why a message was not delivered to a subscriber: what is known of both -> the reason, in words."""

from typing import Literal, NamedTuple

from apitest_server.pubsub.directory import Endpoint, Topic
from apitest_server.pubsub.message import Message, iso
from apitest_server.pubsub.places import Place
from apitest_server.pubsub.subscriptions import Subscription

State = Literal["delivered", "delivering", "waiting", "held back", "dead letter", "expired", "not for it", "gone"]


class Facts(NamedTuple):
    """What is known.

    Attributes:
        now: in seconds since 1970.
        message: as the topic has it; ``None`` if it is not there any more.
        subscription: the subscriber's.
        topic: that the subscription is to.
        endpoint: that the subscription is of.
        place: the message in the subscriber's queue; ``None`` if it is not there.
        ahead: how many messages the subscriber gets before this one.
        is_connected: whether messages are pushed to the subscriber by this server.
        elsewhere: the name of the other server that the subscriber is connected to; empty if there is none.
        arrived: when the subscriber acknowledged it, as far as this server knows.
    """

    now: float
    message: Message | None
    subscription: Subscription
    topic: Topic
    endpoint: Endpoint
    place: Place | None = None
    ahead: int = 0
    is_connected: bool = False
    elsewhere: str = ""
    arrived: float | None = None


def reason(facts: Facts) -> tuple[State, str]:
    """What has become of the message, and why."""
    if facts.arrived is not None:
        return "delivered", f"It was delivered: the subscriber acknowledged it at {iso(facts.arrived)}."
    message = facts.message
    if message is None:
        return "gone", (
            "The message is not there any more: all its subscribers have got it, it has expired, it was deleted, "
            "or the topic was full and dropped its oldest messages."
        )
    if message.topic_id != facts.topic.id:
        return "not for it", (
            f"The message was published to the topic `{message.topic_name}`, and the subscription is to "
            f"`{facts.topic.name}`."
        )
    if message.expires_at <= facts.now:
        return "expired", f"It expired at {iso(message.expires_at)} before it could be delivered."
    if facts.place is None:
        return _not_in_queue(message, facts.subscription)
    return _in_queue(facts, facts.place)


def _not_in_queue(message: Message, subscription: Subscription) -> tuple[State, str]:
    if message.pub_time < subscription.created:
        return "not for it", (
            f"It was published at {iso(message.pub_time)}, before the subscription was made at "
            f"{iso(subscription.created)}, and others were subscribed to the topic already."
        )
    return (
        "delivered",
        "It has left the subscriber's queue: it was delivered to this subscriber, or taken out of its queue.",
    )


def _in_queue(facts: Facts, place: Place) -> tuple[State, str]:
    endpoint, name, sent = facts.endpoint, facts.topic.name, place.message.delivery_count
    if place.is_claimed:
        return "delivering", f"It is being delivered now, attempt {sent}; the subscriber has not acknowledged it yet."
    if place.dead_since is not None:
        last = f" The last time: {place.problem.rstrip('.')}." if place.problem else ""
        return "dead letter", (
            f"It was sent {_times(sent)} without being acknowledged, and was given up at {iso(place.dead_since)}; the "
            f"messages behind it are delivered.{last} `zato.pubsub.dead-letter.retry` sends it again."
        )
    if not endpoint.is_active:
        return "held back", f"The endpoint `{endpoint.name}` is not active; it gets the message once it is."
    if not endpoint.may("sub", name):
        return (
            "held back",
            f"The endpoint `{endpoint.name}` may not subscribe to `{name}` any more; it may once it is permitted.",
        )
    before = f"{facts.ahead} messages come before it" if facts.ahead != 1 else "1 message comes before it"
    problem = f" The last time: {place.problem.rstrip('.')}." if place.problem else ""
    tried = f" It was sent {_times(sent)} without being acknowledged.{problem}" if sent else ""
    if endpoint.endpoint_type == "rest":
        return "waiting", f"It waits until the endpoint `{endpoint.name}` takes its messages; {before}.{tried}"
    if not facts.is_connected:
        who = "The service" if endpoint.endpoint_type == "service" else "The client"
        where = f"connected to the server `{facts.elsewhere}`, which delivers to it" if facts.elsewhere else ""
        return "waiting", f"{who} of the subscription is {where or 'not connected'}; {before}.{tried}"
    if place.due > facts.now:
        hook = facts.topic.hook_service_name
        return "waiting", f"The hook service `{hook}` of the topic skipped it; it is asked again at {iso(place.due)}."
    return "waiting", f"It waits for its turn; {before}.{tried}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
