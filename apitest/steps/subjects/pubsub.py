"""Publish/subscribe: all messages that a client got on a topic, and what a server says of topics and subscribers."""

from apitest.clients import zato
from apitest.clients.pubsub import client
from apitest.context import StepContext
from apitest.documents.display import show
from apitest.errors import CheckFailed
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.steps import anew
from apitest.steps.subjects import jsonpath
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import DOCUMENTS, READ_FROM_TEXT, Kind, Subject


def find_in_messages(ctx: StepContext, query: str, who: str, topic: str) -> Found:
    """What a JSONPath finds in the list of all messages so far, each with its properties and its data."""
    documents = [message.document() for message in client.received(ctx.zato, str(who), str(topic))]
    return jsonpath.below(ctx, documents, query, f'the messages that "{who}" got on topic {topic}')


def find_number(ctx: StepContext, who: str, topic: str) -> Found:
    """How many messages came so far, received by a step or not; one that is delivered again counts again."""
    number = len(client.received(ctx.zato, str(who), str(topic)))
    place = f'the number of messages that "{who}" got on topic {topic}'
    return Found(ctx, place, [str(number)], is_text=True)


def find_in_subscribers(ctx: StepContext, query: str, topic: str, conn_name: object) -> Found:
    """What a JSONPath finds in the list of all subscriptions to a topic, as the server's admin API has it.

    A row has ``endpoint_name``, ``sub_key``, ``current_depth_gd``, ``current_depth_non_gd``; WSX: ``ext_client_id``.
    """
    return jsonpath.below(ctx, _subscribers(ctx, topic, conn_name), query, f"the subscribers of topic {topic}")


def find_number_of_subscribers(ctx: StepContext, topic: str, conn_name: object) -> Found:
    """How many subscriptions there are to a topic, as the server's admin API has it."""
    number = len(_subscribers(ctx, topic, conn_name))
    return Found(ctx, f"the number of subscribers of topic {topic}", [str(number)], is_text=True)


def find_topic_depth(ctx: StepContext, topic: str, conn_name: object) -> Found:
    """How many messages a topic holds that somebody has still to get, as the server's admin API has it."""
    found = zato.call(ctx.zato, conn_name, "zato.pubsub.topic.get", {"topic_name": client.checked(topic)})
    return Found(ctx, f"the depth of topic {topic}", [str(_depth(found))], is_text=True)


def find_queue_depth(ctx: StepContext, endpoint: str, topic: str, conn_name: object) -> Found:
    """How many messages wait for an endpoint that is subscribed to a topic, as the server's admin API has it."""
    place = f"the queue depth of endpoint {endpoint} on topic {topic}"
    rows = _subscribers(ctx, topic, conn_name)
    own = [row for row in rows if row.get("endpoint_name") == str(endpoint)]

    def absent() -> CheckFailed:
        names = [str(row.get("endpoint_name")) for row in rows]
        near = did_you_mean(near_misses(str(endpoint), names))
        fix = near or f"Subscribed are: {', '.join(dict.fromkeys(names)) or 'no endpoints'}"
        return CheckFailed(f'The endpoint "{endpoint}" is not subscribed to topic "{topic}"', place, fix)

    return Found(ctx, place, [str(sum(map(_depth, own)))] if own else [], absent=absent, is_text=True)


def _subscribers(ctx: StepContext, topic: str, conn_name: object) -> list[dict[str, object]]:
    service, request = "zato.pubsub.topic.get-subscriber-list", {"topic_name": client.checked(topic)}
    found = zato.call(ctx.zato, conn_name, service, request)
    if not isinstance(found, list):
        raise CheckFailed(f"{service} did not return a list", f"topic {topic}", actual=show(found))
    return [row for row in found if isinstance(row, dict)]


def _depth(row: object) -> int:
    """How many messages there are, those with guaranteed delivery and those without."""
    depths = [row.get(f"current_depth_{kind}") for kind in ("gd", "non_gd")] if isinstance(row, dict) else [None]
    numbers = [each for each in depths if isinstance(each, int)]
    if len(numbers) < len(depths):
        raise CheckFailed("The server did not say how many messages there are", actual=show(row))
    return sum(numbers)


MESSAGES = Subject(
    "messages of publish/subscribe",
    ('JSONPath "{query}" of the messages that "{who}" got on topic "{topic}" {}',),
    'JSONPath "$[*].data.id" of the messages that "till" got on topic "/orders" {}',
    find_in_messages,
    DOCUMENTS | {Kind.ABSENCE},
    raw=("query",),
    again=anew.BY_ITSELF,  # to look again is to take in what came meanwhile
)
NUMBER = Subject(
    "number of messages of publish/subscribe",
    ('the number of messages that "{who}" got on topic "{topic}" {}',),
    'the number of messages that "till" got on topic "/orders" {}',
    find_number,
    READ_FROM_TEXT,
    again=anew.BY_ITSELF,  # to look again is to take in what came meanwhile
)

SUBSCRIBERS = Subject(
    "subscribers of a topic",
    ('JSONPath "{query}" of the subscribers of topic "{topic}" {}, using Zato "{conn_name}"',),
    'JSONPath "$[*].endpoint_name" of the subscribers of topic "/orders" {}, using Zato "esb"',
    find_in_subscribers,
    DOCUMENTS | {Kind.ABSENCE},
    raw=("query",),
    again=anew.BY_ITSELF,
)
NUMBER_OF_SUBSCRIBERS = Subject(
    "number of subscribers",
    ('the number of subscribers of topic "{topic}" {}, using Zato "{conn_name}"',),
    'the number of subscribers of topic "/orders" {}, using Zato "esb"',
    find_number_of_subscribers,
    READ_FROM_TEXT,
    again=anew.BY_ITSELF,
)
TOPIC_DEPTH = Subject(
    "depth of a topic",
    ('the depth of topic "{topic}" {}, using Zato "{conn_name}"',),
    'the depth of topic "/orders" {}, using Zato "esb"',
    find_topic_depth,
    READ_FROM_TEXT,
    again=anew.BY_ITSELF,
)
QUEUE_DEPTH = Subject(
    "queue depth",
    ('the queue depth of endpoint "{endpoint}" on topic "{topic}" {}, using Zato "{conn_name}"',),
    'the queue depth of endpoint "till" on topic "/orders" {}, using Zato "esb"',
    find_queue_depth,
    READ_FROM_TEXT | {Kind.ABSENCE},
    again=anew.BY_ITSELF,
)

SUBJECTS = (MESSAGES, NUMBER, SUBSCRIBERS, NUMBER_OF_SUBSCRIBERS, TOPIC_DEPTH, QUEUE_DEPTH)
