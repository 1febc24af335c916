"""Sentences that open, use and close WebSockets."""

from apitest.checks.mismatch import written
from apitest.clients import files
from apitest.clients.websocket import client, opening
from apitest.clients.websocket import settings as websocket_settings
from apitest.clients.websocket.settings import WebSocketSettings
from apitest.clients.websocket.types import BINARY, PING, TEXT
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.language.literals import integer, json_value, utf8
from apitest.language.registry import given, when
from apitest.steps import documents
from apitest.steps.lookup import doc_string

_CLOSE_CODES = "Write 1000, 1001, 1003, 1007 to 1011, or a code from 3000 to 4999"
_MESSAGE = "The message"
_LONGEST_REASON = 123  # bytes that a Close frame has room for


@given('I connect to WebSocket "{url}" as "{name}"')
def connect(ctx: StepContext, url: object, name: str) -> None:
    """Opens a WebSocket, which is closed at the end of the scenario; further steps call it by the name.

    The URL starts with ws:// or wss://; a path alone starts at the address. Headers, query parameters, cookies,
    authentication, API keys, TLS and the timeout are those of requests.

    Example:
        I connect to WebSocket "ws://localhost:8080/feed" as "feed"
    """
    opening.connect(ctx.zato, str(url), str(name))


@given('WebSocket subprotocol is "{names}"', 'WebSocket subprotocols are "{names}"')
def subprotocols(ctx: StepContext, names: object) -> None:
    """Offers subprotocols, with commas between them, to the servers that WebSockets connect to from now on.

    Example:
        WebSocket subprotocols are "graphql-transport-ws, graphql-ws"
    """
    ctx.zato.change(WebSocketSettings, subprotocols=websocket_settings.subprotocols(str(names)))


@given("WebSocket pings are not answered")
def do_not_answer_pings(ctx: StepContext) -> None:
    """Leaves pings of servers without an answer, on WebSockets that are opened from now on.

    Example:
        WebSocket pings are not answered
    """
    ctx.zato.change(WebSocketSettings, answers_pings=False)


@when('I send "{message}" to WebSocket "{name}"')
def send(ctx: StepContext, message: object, name: str) -> None:
    """Sends a text message.

    Example:
        I send "Hello" to WebSocket "feed"
    """
    _send(ctx, name, TEXT, utf8(written(message), _MESSAGE))


@when('I send to WebSocket "{name}"')
def send_text(ctx: StepContext, name: str) -> None:
    '''Sends the doc string as a text message, with the values of ${NAME}, #{name} and @{name} put in.

    Example:
        I send to WebSocket "feed"
            """
            Hello, #{name}
            """
    '''
    _send(ctx, name, TEXT, utf8(doc_string(ctx), _MESSAGE))


@when('I send JSON to WebSocket "{name}"')
def send_json(ctx: StepContext, name: str) -> None:
    '''Sends the doc string as a text message; refuses it if it is not valid JSON.

    Example:
        I send JSON to WebSocket "feed"
            """
            {"type": "subscribe", "topic": "#{topic}"}
            """
    '''
    text = doc_string(ctx)
    json_value(text, "the message")
    _send(ctx, name, TEXT, utf8(text, _MESSAGE))


@when('I send JSON from "{file}" to WebSocket "{name}"')
def send_json_file(ctx: StepContext, file: str, name: str) -> None:
    """Sends a file of json/request as a text message; refuses it if it is not valid JSON.

    The values of ${NAME}, #{name} and @{name} in it are put in.

    Example:
        I send JSON from "subscribe.json" to WebSocket "feed"
    """
    path = documents.request_file(ctx, "JSON", str(file))
    text = files.text_of(documents.with_values(ctx, path, "JSON"), str(path))
    json_value(text, f"the file {file}")
    _send(ctx, name, TEXT, text.encode())


@when('I send text from "{file}" to WebSocket "{name}"')
def send_text_file(ctx: StepContext, file: str, name: str) -> None:
    """Sends a file of raw/request as a text message.

    Example:
        I send text from "greeting.txt" to WebSocket "feed"
    """
    _send(ctx, name, TEXT, files.read(documents.request_file(ctx, "RAW", str(file))).encode())


@when('I send binary from "{file}" to WebSocket "{name}"')
def send_binary_file(ctx: StepContext, file: str, name: str) -> None:
    """Sends a file of raw/request as a binary message.

    Example:
        I send binary from "photo.png" to WebSocket "feed"
    """
    _send(ctx, name, BINARY, files.read_bytes(documents.request_file(ctx, "RAW", str(file))))


@when('I send bytes "{digits}" to WebSocket "{name}"')
def send_bytes(ctx: StepContext, digits: object, name: str) -> None:
    """Sends a binary message, its bytes written as hexadecimal digits.

    Example:
        I send bytes "00 ff 10" to WebSocket "feed"
    """
    _send(ctx, name, BINARY, _bytes(str(digits)))


@when('I send bytes to WebSocket "{name}"')
def send_bytes_text(ctx: StepContext, name: str) -> None:
    '''Sends a binary message, its bytes written as hexadecimal digits in the doc string.

    Example:
        I send bytes to WebSocket "feed"
            """
            00 ff 10 20
            1b 1c
            """
    '''
    _send(ctx, name, BINARY, _bytes(doc_string(ctx)))


@when('I send a ping to WebSocket "{name}"')
def send_ping(ctx: StepContext, name: str) -> None:
    """Sends a ping, and does not wait for the answer.

    Example:
        I send a ping to WebSocket "feed"
    """
    _send(ctx, name, PING, b"")


@given('I close WebSocket "{name}"')
def close(ctx: StepContext, name: str) -> None:
    """Closes a WebSocket with code 1000.

    Example:
        I close WebSocket "feed"
    """
    with client.used(ctx.zato, name) as connection:
        connection.close()


@given('I close WebSocket "{name}" with code "{code}"')
def close_with_code(ctx: StepContext, name: str, code: object) -> None:
    """Closes a WebSocket, and tells the server a code.

    Example:
        I close WebSocket "feed" with code "4001"
    """
    close_with_reason(ctx, name, code, "")


@given('I close WebSocket "{name}" with code "{code}" and reason "{reason}"')
def close_with_reason(ctx: StepContext, name: str, code: object, reason: object) -> None:
    """Closes a WebSocket, and tells the server a code and a reason.

    Example:
        I close WebSocket "feed" with code "4001" and reason "no longer needed"
    """
    number, text = integer(code), str(reason)
    if not (number in (1000, 1001, 1003) or 1007 <= number <= 1011 or 3000 <= number < 5000):
        raise BadValue(f"A client cannot close a WebSocket with code {code}", fix=_CLOSE_CODES)
    if len(utf8(text, "The reason")) > _LONGEST_REASON:
        raise BadValue(f"The reason has more than {_LONGEST_REASON} bytes", fix="Write a shorter one")
    with client.used(ctx.zato, name) as connection:
        connection.close(number, text)


def _send(ctx: StepContext, name: str, kind: str, data: bytes) -> None:
    with client.used(ctx.zato, name) as connection:
        connection.send(kind, data, client.timeout(ctx.zato))


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        raise BadValue(
            f'"{digits}" is not a row of bytes', fix='Write two hexadecimal digits each: "00 ff 10"'
        ) from None
