"""Sentences that receive messages of WebSockets, and check how a WebSocket behaves."""

import os
from collections.abc import Callable

from apitest.checks.mismatch import written
from apitest.clients.websocket import answering, client, opening
from apitest.clients.websocket.types import PING, SERVER, Message
from apitest.context import StepContext
from apitest.documents import json_pointer
from apitest.errors import CheckFailed
from apitest.language.literals import json_value
from apitest.language.registry import given, then, when
from apitest.language.shortening import cut
from apitest.steps import status
from apitest.steps.attempts import limit as limit_of
from apitest.steps.lookup import doc_string
from apitest.steps.predicates.predicate import some
from apitest.steps.subjects.path import is_meant

_SWITCHING_PROTOCOLS = 101


@when('I receive the next message from WebSocket "{name}"')
def receive_next(ctx: StepContext, name: str) -> None:
    """Waits for the next message that no step received yet; checks of "the message" look at it from now on.

    It may have come already. The time to wait is that of `timeout is`.

    Example:
        I receive the next message from WebSocket "feed"
    """
    _receive(ctx, name, None, _any, "a message")


@when('I receive the next message from WebSocket "{name}" within "{seconds}" seconds')
def receive_next_within(ctx: StepContext, name: str, seconds: object) -> None:
    """Waits so many seconds for the next message that no step received yet.

    Example:
        I receive the next message from WebSocket "feed" within "5" seconds
    """
    _receive(ctx, name, seconds, _any, "a message")


@when('I receive a message from WebSocket "{name}" whose path "{path}" is "{value}"')
def receive_by_path(ctx: StepContext, name: str, path: str, value: object) -> None:
    """Waits for a message in JSON that has this value there; other messages can still be received afterwards.

    All that came and that no step received yet are looked at, the oldest first.

    Example:
        I receive a message from WebSocket "feed" whose path "/type" is "order"
    """
    _receive(ctx, name, None, _by_path(path, value), _named(path, value))


@when('I receive a message from WebSocket "{name}" whose path "{path}" is "{value}" within "{seconds}" seconds')
def receive_by_path_within(ctx: StepContext, name: str, path: str, value: object, seconds: object) -> None:
    """Waits so many seconds for a message in JSON that has this value there.

    Example:
        I receive a message from WebSocket "feed" whose path "/type" is "order" within "5" seconds
    """
    _receive(ctx, name, seconds, _by_path(path, value), _named(path, value))


@when('I receive a message from WebSocket "{name}" that contains "{text}"')
def receive_by_text(ctx: StepContext, name: str, text: object) -> None:
    """Waits for a message with this text in it; other messages can still be received afterwards.

    Example:
        I receive a message from WebSocket "feed" that contains "order"
    """
    _receive(ctx, name, None, _by_text(text), f'a message that contains "{written(text)}"')


@when('I receive a message from WebSocket "{name}" that contains "{text}" within "{seconds}" seconds')
def receive_by_text_within(ctx: StepContext, name: str, text: object, seconds: object) -> None:
    """Waits so many seconds for a message with this text in it.

    Example:
        I receive a message from WebSocket "feed" that contains "order" within "5" seconds
    """
    _receive(ctx, name, seconds, _by_text(text), f'a message that contains "{written(text)}"')


@given('messages from WebSocket "{name}" whose path "{path}" is "{value}" are answered with')
def answer_by_itself(ctx: StepContext, name: str, path: str, value: object) -> None:
    '''Answers such messages with the JSON of the doc string, as soon as they come, whatever the scenario is doing.

    A text such as "[path /id]" in it stands for what the message has at that path. The messages can
    be received as well.

    Example:
        messages from WebSocket "feed" whose path "/method" is "ping" are answered with
            """
            {"id": "[path /id]", "result": "pong"}
            """
    '''
    answer = json_value(doc_string(ctx), "the answer")
    for pointer in (str(path), *answering.pointers(answer)):
        json_pointer.find({}, pointer)  # where it is malformed, that is a mistake of the test
    with client.used(ctx.zato, name) as connection:
        connection.responders.append(answering.responder(_by_path(path, value), answer))


@then('no message comes from WebSocket "{name}" within "{seconds}" seconds')
def no_message(ctx: StepContext, name: str, seconds: object) -> None:
    """Checks that no message comes for so long, and that no message is left that no step received.

    Example:
        no message comes from WebSocket "feed" within "0.5" seconds
    """
    _receive_none(ctx, name, seconds, _any, "a message")


@then('no message whose path "{path}" is "{value}" comes from WebSocket "{name}" within "{seconds}" seconds')
def no_message_by_path(ctx: StepContext, path: str, value: object, name: str, seconds: object) -> None:
    """Checks that no such message comes for so long, and that none is left that no step received.

    Example:
        no message whose path "/type" is "error" comes from WebSocket "feed" within "0.5" seconds
    """
    _receive_none(ctx, name, seconds, _by_path(path, value), _named(path, value))


@then('WebSocket "{name}" answers a ping within "{seconds}" seconds')
def answers_a_ping(ctx: StepContext, name: str, seconds: object) -> None:
    """Sends a ping, and checks that its answer comes in time.

    Example:
        WebSocket "feed" answers a ping within "5" seconds
    """
    limit, payload = limit_of(seconds), os.urandom(4).hex().encode()
    with client.used(ctx.zato, name) as connection:
        connection.send(PING, payload, limit)
        if not connection.pong(payload, limit):
            connection.check_open()
            raise CheckFailed(f"No pong came within {seconds} seconds", connection.where)


@then('WebSocket "{name}" sends a ping within "{seconds}" seconds')
def sends_a_ping(ctx: StepContext, name: str, seconds: object) -> None:
    """Checks that the server sends a ping in this time, or has sent one since the last of these checks.

    Example:
        WebSocket "feed" sends a ping within "30" seconds
    """
    with client.used(ctx.zato, name) as connection:
        if not connection.take_ping(limit_of(seconds)):
            connection.check_open()
            raise CheckFailed(f"No ping came within {seconds} seconds", connection.where)


@then('WebSocket "{name}" is open')
def is_open(ctx: StepContext, name: str) -> None:
    """Checks that neither end has closed the WebSocket.

    Example:
        WebSocket "feed" is open
    """
    with client.used(ctx.zato, name) as connection:
        connection.check_open()


@then('the server closes WebSocket "{name}" within "{seconds}" seconds')
def server_closes(ctx: StepContext, name: str, seconds: object) -> None:
    """Checks that the server closes the WebSocket in this time, or has closed it before.

    Example:
        the server closes WebSocket "feed" within "5" seconds
    """
    with client.used(ctx.zato, name) as connection:
        if not connection.wait_for_end(limit_of(seconds)):
            raise CheckFailed(f"The server does not close it within {seconds} seconds", connection.where)
        if connection.closing and connection.closing.by != SERVER:
            raise CheckFailed(f"The server did not close it: {connection.closing}", connection.where)


@then('connecting to WebSocket "{url}" is refused with status "{code}"')
def is_refused(ctx: StepContext, url: object, code: object) -> None:
    """Checks that the server answers the handshake with this status, instead of opening a WebSocket.

    Example:
        connecting to WebSocket "ws://localhost:8080/feed" is refused with status "401"
    """
    answer = opening.asked(ctx.zato, str(url))
    if answer.status == _SWITCHING_PROTOCOLS or not status.fits(answer.status, code):
        actual = f"{answer.status} {answer.reason}".strip()
        raise CheckFailed("The handshake is not refused like this", str(url), expected=str(code), actual=actual)


def _receive(ctx: StepContext, name: str, seconds: object, is_meant: Callable[[Message], bool], what: str) -> None:
    limit = client.timeout(ctx.zato) if seconds is None else limit_of(seconds)
    if client.receive(ctx.zato, name, is_meant, limit) is None:
        problem = f"{what[0].upper()}{what[1:]} did not come within {limit:g} seconds"
        raise CheckFailed(problem, f'WebSocket "{name}"', client.left_over(ctx.zato, name))


def _receive_none(ctx: StepContext, name: str, seconds: object, is_meant: Callable[[Message], bool], what: str) -> None:
    limit = limit_of(seconds)
    with client.used(ctx.zato, name) as connection:
        found = connection.find(is_meant, limit)
    if found is not None:
        raise CheckFailed(f"There is {what}", connection.where, actual=cut(" ".join(found.data_text.split())))


def _any(message: Message) -> bool:
    return True


def _by_path(path: str, value: object) -> Callable[[Message], bool]:
    pointer = str(path)
    return lambda message: message.is_json() and is_meant(json_pointer.find(message.json(), pointer), value)


def _named(path: str, value: object) -> str:
    return f'a message whose path {path} is "{written(value)}"'


def _by_text(text: object) -> Callable[[Message], bool]:
    part = some(text, "The text")
    return lambda message: part in message.data_text
