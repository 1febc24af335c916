"""Answers that a WebSocket gives by itself to messages that come, as soon as they come."""

import json
from collections.abc import Callable

from apitest.clients.websocket.types import Message
from apitest.documents import json_pointer

_MARKER, _END = "[path ", "]"

Responder = Callable[[Message], str | None]
"""The answer to a message; None for a message that it does not answer."""


def responder(is_meant: Callable[[Message], bool], answer: object) -> Responder:
    """Answers the messages that are meant.

    Args:
        is_meant: whether a message is answered.
        answer: the JSON of the answer; a text in it such as ``"[path /id]"`` stands for what is there in the message.
    """

    def respond(message: Message) -> str | None:
        return json.dumps(_filled(answer, message.json())) if is_meant(message) else None

    return respond


def pointers(answer: object) -> list[str]:
    """The paths that an answer takes values from."""
    if isinstance(answer, dict | list):
        parts = answer.values() if isinstance(answer, dict) else answer
        return [pointer for part in parts for pointer in pointers(part)]
    pointer = _pointer(answer)
    return [] if pointer is None else [pointer]


def _pointer(part: object) -> str | None:
    """The path that a text names; None for all else."""
    if isinstance(part, str) and part.startswith(_MARKER) and part.endswith(_END):
        return part[len(_MARKER) : -len(_END)]
    return None


def _filled(part: object, document: object) -> object:
    """A part of an answer with values of the message in it; null where the message has none."""
    if isinstance(part, dict):
        return {name: _filled(value, document) for name, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, document) for value in part]
    pointer = _pointer(part)
    if pointer is None:
        return part
    found = json_pointer.find(document, pointer)
    return None if found is json_pointer.MISSING else found
