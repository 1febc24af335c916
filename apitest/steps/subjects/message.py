"""The message that a step received last, of a WebSocket or of publish/subscribe: as text, as JSON, as XML, as bytes."""

from apitest.clients.pubsub.message import PubSubMessage
from apitest.clients.websocket import client
from apitest.context import StepContext
from apitest.errors import CheckFailed
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.steps import anew
from apitest.steps.subjects import jsonpath, path, xpath
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import DOCUMENTS, READ_FROM_TEXT, Kind, Subject

_WHERE = "the message"
_RECEIVE = 'Receive one before: When "…" receives a message on topic "/…"'


def find_path(ctx: StepContext, path_: str) -> Found:
    """The value that a JSON Pointer names in the message."""
    return path.below(ctx, client.latest(ctx.zato).json(), str(path_), _WHERE)


def find_json(ctx: StepContext) -> Found:
    """The message as a whole."""
    return Found(ctx, "the JSON of the message", [client.latest(ctx.zato).json()])


def find_jsonpath(ctx: StepContext, query: str) -> Found:
    """What a JSONPath finds in the message."""
    return jsonpath.below(ctx, client.latest(ctx.zato).json(), query, _WHERE)


def find_xpath(ctx: StepContext, xpath_: str) -> Found:
    """The texts of all that an XPath finds in the message."""
    return xpath.below(ctx, client.latest(ctx.zato).xml(), str(xpath_), _WHERE)


def find_text(ctx: StepContext) -> Found:
    """The message as text, whatever its type."""
    return Found(ctx, "the text of the message", [client.latest(ctx.zato).data_text], is_text=True)


def find_bytes(ctx: StepContext) -> Found:
    """The bytes of the message, each as two hexadecimal digits."""
    return Found(ctx, "the bytes of the message", [client.latest(ctx.zato).body.hex(" ")], is_text=True)


def find_type(ctx: StepContext) -> Found:
    """Whether it is a text or a binary message."""
    return Found(ctx, "the type of the message", [client.latest(ctx.zato).type], is_text=True)


def find_property(ctx: StepContext, property_: str) -> Found:
    """What came with the data of a message of publish/subscribe, such as its priority.

    Raises:
        CheckFailed: the message that was received last is not one of these.
    """
    message, name = client.latest(ctx.zato), str(property_)
    if not isinstance(message, PubSubMessage):
        raise CheckFailed("Only messages of publish/subscribe have properties", message.described(), _RECEIVE)
    properties, place = message.properties, f"property {name} of the message"

    def absent() -> CheckFailed:
        fix = did_you_mean(near_misses(name, properties)) or f"There are: {', '.join(properties)}"
        return CheckFailed(f'The message has no property "{name}"', message.described(), fix)

    return Found(ctx, place, [properties[name]] if name in properties else [], absent=absent)


PATH = Subject(
    "path of a message",
    ('the message\'s path "{path_}" {}', 'the message\'s JSON Pointer "{path_}" {}'),
    'the message\'s path "/order/total" {}',
    find_path,
    DOCUMENTS | {Kind.ABSENCE},
    again=anew.MESSAGE,
)
JSON = Subject(
    "JSON of a message", ("the message's JSON {}",), "the message's JSON {}", find_json, DOCUMENTS, again=anew.MESSAGE
)
JSONPATH = Subject(
    "JSONPath of a message",
    ('the message\'s JSONPath "{query}" {}',),
    'the message\'s JSONPath "$.order.total" {}',
    find_jsonpath,
    DOCUMENTS | {Kind.ABSENCE},
    raw=("query",),
    again=anew.MESSAGE,
)
XPATH = Subject(
    "XPath of a message",
    ('the message\'s XPath "{xpath_}" {}',),
    'the message\'s XPath "//order/total" {}',
    find_xpath,
    READ_FROM_TEXT | {Kind.SIZE, Kind.ABSENCE},
    again=anew.MESSAGE,
)
TEXT = Subject(
    "text of a message",
    ("the message's text {}",),
    "the message's text {}",
    find_text,
    READ_FROM_TEXT,
    again=anew.MESSAGE,
)
BYTES = Subject(
    "bytes of a message",
    ("the message's bytes {}",),
    "the message's bytes {}",
    find_bytes,
    READ_FROM_TEXT,
    again=anew.MESSAGE,
)
TYPE = Subject(
    "type of a message",
    ("the message's type {}",),
    "the message's type {}",
    find_type,
    READ_FROM_TEXT,
    again=anew.MESSAGE,
)
PROPERTY = Subject(
    "property of a message",
    ('the message\'s property "{property_}" {}',),
    'the message\'s property "priority" {}',
    find_property,
    DOCUMENTS | {Kind.ABSENCE},
    again=anew.MESSAGE,
)

SUBJECTS = (PATH, JSON, JSONPATH, XPATH, TEXT, BYTES, TYPE, PROPERTY)
