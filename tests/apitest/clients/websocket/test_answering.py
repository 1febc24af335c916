"""Answers that a WebSocket gives by itself."""

import json

from apitest.clients.websocket.answering import pointers, responder
from apitest.clients.websocket.types import TEXT, Message


def test_values_of_the_message() -> None:
    """A text that names a path stands for what is there, with its type; null stands for nothing."""
    answer = {"id": "[path /id]", "parts": ["[path /a/0]", "[path /none]", "path /id", 5], "all": "[path ]"}
    respond = responder(lambda message: True, answer)
    said = respond(Message(TEXT, b'{"id": 7, "a": [{"b": "\xc3\xa4"}]}', 0.0))
    assert said is not None and json.loads(said) == {
        "id": 7,
        "parts": [{"b": "ä"}, None, "path /id", 5],
        "all": {"id": 7, "a": [{"b": "ä"}]},
    }


def test_messages_that_are_not_meant() -> None:
    """Only messages that are meant are answered."""
    respond = responder(lambda message: message.data == "[]", "yes")
    assert respond(Message(TEXT, b"[]", 0.0)) == '"yes"'
    assert respond(Message(TEXT, b"not JSON", 0.0)) is None


def test_pointers() -> None:
    """The paths that an answer uses are known before a message comes."""
    assert pointers({"a": ["[path /a]", {"b": "[path /b/0]"}], "c": "/d", "e": None}) == ["/a", "/b/0"]
