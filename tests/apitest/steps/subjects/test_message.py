"""The message that was received last, as a subject of checks."""

from pathlib import Path

import pytest

from apitest.clients.pubsub.message import PubSubMessage
from apitest.clients.websocket.client import Latest
from apitest.clients.websocket.types import BINARY, TEXT, Message
from apitest.errors import CheckFailed
from tests.apitest.steps.playing import Play


def receives(play: Play, body: bytes, kind: str = TEXT) -> None:
    """A step received this message."""
    play.zato.scenario.get("WebSocket message", "", Latest).message = Message(kind, body, 0.0)


def fails(play: Play, line: str, where: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        play(line)
    assert where in caught.value.where


def test_json(play: Play) -> None:
    """Paths and JSONPaths look into a message in JSON."""
    receives(play, b'{"a": {"b": [1, 2]}}')
    play(
        'the message\'s path "/a/b/0" is an integer "1"',
        'the message\'s JSON Pointer "/a" is JSON "{"b": [1, 2]}"',
        'the message\'s path "" matches JSON "{"a": "[ignored]"}"',
        'the message\'s path "/c" does not exist',
        'the message\'s JSON is JSON "{"a": {"b": [1, 2]}}"',
        'the message\'s JSONPath "$.a.b[*]" has "2" elements',
        'no item of the message\'s JSONPath "$.a.b" is an integer "3"',
        'I store the message\'s path "/a" under "a"',
    )
    fails(play, 'the message\'s path "/a/b/0" is an integer "2"', "path /a/b/0 of the message")
    fails(play, 'the message\'s path "/c" is "1"', "the message")
    fails(play, 'the message\'s JSONPath "$.c" is "1"', "the message")
    assert play.zato.user_ctx["a"] == {"b": [1, 2]}


def test_xml(play: Play) -> None:
    """XPaths look into a message in XML."""
    receives(play, b"<a><b>1</b><b>2</b></a>")
    play('the message\'s XPath "//b[2]" is "2"', 'the message\'s XPath "//b" has "2" elements')
    fails(play, 'the message\'s XPath "//b" is "2"', "XPath //b of the message")


def test_text_bytes_and_type(play: Play) -> None:
    """Any message has a text, bytes and a type."""
    receives(play, "5 ä".encode())
    play('the message\'s text contains "ä"', 'the message\'s bytes is "35 20 c3 a4"', 'the message\'s type is "text"')
    receives(play, b"\xff", BINARY)
    play('the message\'s bytes is "ff"', 'the message\'s type is "binary"')
    fails(play, 'the message\'s text is "x"', "the text of the message")
    with pytest.raises(CheckFailed, match="The message is not valid JSON"):
        play('the message\'s path "/a" is "1"')


def test_a_message_is_not_a_response(play: Play, tmp_path: Path) -> None:
    """What came over a WebSocket is no response, and the other way round."""
    receives(play, b'{"a": 1}')
    with pytest.raises(CheckFailed, match="There is no response yet"):
        play('path "/a" is an integer "1"')


def test_the_message_of_a_scenario(play: Play) -> None:
    """A message is forgotten with its scenario."""
    receives(play, b"a")
    play.zato.finish_scenario()
    with pytest.raises(CheckFailed, match="There is no message yet"):
        play('the message\'s text is "a"')


def test_properties(play: Play) -> None:
    """What came with a message of publish/subscribe can be checked; other messages have no properties."""
    play.zato.scenario.get("WebSocket message", "", Latest).message = PubSubMessage(
        {"data": {"a": 1}, "priority": 5, "topic_name": "/orders", "has_gd": True}
    )
    play(
        'the message\'s property "priority" is an integer "5"',
        'the message\'s property "has_gd" is True',
        'the message\'s property "data" does not exist',
        'the message\'s path "/a" is an integer "1"',
    )
    fails(play, 'the message\'s property "priority" is an integer "6"', "property priority of the message")
    fails(play, 'the message\'s property "size" is an integer "6"', "the message on topic /orders")
    receives(play, b'{"priority": 5}')
    with pytest.raises(CheckFailed, match="Only messages of publish/subscribe have properties"):
        play('the message\'s property "priority" does not exist')
