"""WebSockets: all messages that came over one, what was agreed on when it was opened, and how it was closed."""

from collections.abc import Callable

from apitest.clients.websocket import client
from apitest.clients.websocket.types import Closing, Message
from apitest.context import StepContext
from apitest.errors import CheckFailed
from apitest.language.sentence import Again
from apitest.steps import anew
from apitest.steps.subjects import jsonpath
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import DOCUMENTS, READ_FROM_TEXT, Kind, Subject


def find_in_messages(ctx: StepContext, query: str, websocket: str) -> Found:
    """What a JSONPath finds in the list of all messages so far; one that is not JSON is a text in it."""
    with client.used(ctx.zato, websocket) as connection:
        documents = [_document(message) for message in connection.messages.copy()]
    return jsonpath.below(ctx, documents, query, f'the messages from WebSocket "{websocket}"')


def find_number(ctx: StepContext, websocket: str) -> Found:
    """How many messages came so far, received by a step or not."""
    with client.used(ctx.zato, websocket) as connection:
        number = len(connection.messages)
    return Found(ctx, f'the number of messages from WebSocket "{websocket}"', [str(number)], is_text=True)


def find_close_code(ctx: StepContext, websocket: str) -> Found:
    """The code with which it was closed: 1005 for a Close frame without one, 1006 for none at all."""
    return _of_closing(ctx, websocket, "the close code", lambda closing: str(closing.code))


def find_close_reason(ctx: StepContext, websocket: str) -> Found:
    """The reason that came with the code; mostly empty."""
    return _of_closing(ctx, websocket, "the close reason", lambda closing: closing.reason)


def find_closing_side(ctx: StepContext, websocket: str) -> Found:
    """Who closed it: "server", "client", or "nobody" where the connection broke."""
    return _of_closing(ctx, websocket, "the side that closed", lambda closing: closing.by)


def find_subprotocol(ctx: StepContext, websocket: str) -> Found:
    """The subprotocol that the server chose."""
    return _of_handshake(ctx, websocket, "the subprotocol", "Sec-WebSocket-Protocol")


def find_header(ctx: StepContext, header: str, websocket: str) -> Found:
    """A header of the server's answer to the handshake."""
    return _of_handshake(ctx, websocket, f"header {header}", str(header))


def _of_handshake(ctx: StepContext, websocket: str, what: str, header: str) -> Found:
    with client.used(ctx.zato, websocket) as connection:
        value = connection.handshake.header(header)
    return _found(
        ctx, f'{what} of WebSocket "{websocket}"', value, f"There is no header {header} in the handshake's answer"
    )


def _of_closing(ctx: StepContext, websocket: str, what: str, tell: Callable[[Closing], str]) -> Found:
    with client.used(ctx.zato, websocket) as connection:
        closing: Closing | None = connection.closing
    value = None if closing is None else tell(closing)
    return _found(ctx, f'{what} of WebSocket "{websocket}"', value, f'WebSocket "{websocket}" is still open')


def _found(ctx: StepContext, place: str, value: str | None, absent: str) -> Found:
    found = [] if value is None else [value]
    return Found(ctx, place, found, absent=lambda: CheckFailed(absent, place), is_text=True)


def _document(message: Message) -> object:
    return message.json() if message.is_json() else message.data_text


def _subject(
    name: str, what: str, find: Callable[..., Found], takes: frozenset[Kind], *, again: Again = anew.BY_ITSELF
) -> Subject:
    """A subject of WebSockets: what it is, and the name of the WebSocket behind it."""
    example = what.replace("{query}", "$[0].type").replace("{header}", "X-Node")
    wording = f'{what} WebSocket "{{websocket}}" {{}}'
    raw = ("query",) if "{query}" in what else ()
    return Subject(name, (wording,), f'{example} WebSocket "feed" {{}}', find, takes, raw=raw, again=again)


_OF_HANDSHAKE = anew.stays("A handshake is over once a WebSocket is open", "Write the check without the words ahead")
_CAN_BE_ABSENT = READ_FROM_TEXT | {Kind.ABSENCE}

SUBJECTS = (
    _subject(
        "messages of a WebSocket",
        'JSONPath "{query}" of the messages from',
        find_in_messages,
        DOCUMENTS | {Kind.ABSENCE},
    ),
    _subject("number of messages", "the number of messages from", find_number, READ_FROM_TEXT),
    _subject("close code", "the close code of", find_close_code, _CAN_BE_ABSENT),
    _subject("close reason", "the close reason of", find_close_reason, _CAN_BE_ABSENT),
    _subject("side that closed a WebSocket", "the side that closed", find_closing_side, _CAN_BE_ABSENT),
    _subject("subprotocol", "the subprotocol of", find_subprotocol, _CAN_BE_ABSENT, again=_OF_HANDSHAKE),
    _subject("header of a handshake", 'header "{header}" of', find_header, _CAN_BE_ABSENT, again=_OF_HANDSHAKE),
)
