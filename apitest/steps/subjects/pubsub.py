"""All messages that a client of publish/subscribe got on a topic."""

from apitest.clients.pubsub import client
from apitest.context import StepContext
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


MESSAGES = Subject(
    "messages of publish/subscribe",
    ('JSONPath "{query}" of the messages that "{who}" got on topic "{topic}" {}',),
    'JSONPath "$[*].data.id" of the messages that "till" got on topic "/orders" {}',
    find_in_messages,
    DOCUMENTS | {Kind.ABSENCE},
    raw=("query",),
    again=True,  # to look again is to take in what came meanwhile
)
NUMBER = Subject(
    "number of messages of publish/subscribe",
    ('the number of messages that "{who}" got on topic "{topic}" {}',),
    'the number of messages that "till" got on topic "/orders" {}',
    find_number,
    READ_FROM_TEXT,
    again=True,  # to look again is to take in what came meanwhile
)

SUBJECTS = (MESSAGES, NUMBER)
