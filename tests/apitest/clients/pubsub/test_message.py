"""Messages of publish/subscribe as a client gets them."""

import pytest

from apitest.clients.pubsub.message import Inbox, PubSubMessage
from apitest.clients.websocket.types import TEXT, Message
from apitest.errors import CheckFailed


def test_data_and_properties() -> None:
    """The data are the body, whatever their type; all else are properties."""
    for data, text in ((("ä"), "ä"), ({"a": [1]}, '{"a":[1]}'), (5, "5"), (None, ""), (True, "true")):
        message = PubSubMessage({"data": data, "priority": 5, "topic_name": "/a"})
        assert message.data_text == text
        assert message.properties == {"priority": 5, "topic_name": "/a"}
        assert message.topic == "/a"
    assert PubSubMessage({"data": "\ud800"}).data_text == "?"


def test_as_one_document() -> None:
    """In the document of a message, data that are the text of a JSON object or list are that."""
    for data, expected in (('{"a": 1}', {"a": 1}), (" [1]", [1]), ("5", "5"), ("{no", "{no"), ({"a": 1}, {"a": 1})):
        assert PubSubMessage({"data": data, "size": 1}).document() == {"size": 1, "data": expected}


def test_an_inbox() -> None:
    """An object is one message, a list are several, and nothing else is taken in."""
    inbox = Inbox()
    inbox.take_in({"data": "a", "topic_name": "/a"}, "here")
    inbox.take_in([{"data": "b", "topic_name": "/b"}, {"data": "c", "topic_name": "/a"}], "here")
    inbox.take_in([], "here")
    assert [each.data_text for each in inbox.on("/a")] == ["a", "c"]
    inbox.receive(inbox.messages[0])
    assert [each.data_text for each in inbox.left()] == ["b", "c"]
    for odd in (None, "a", {"no": "data"}, [{"data": 1}, 5]):
        with pytest.raises(CheckFailed, match="not a message of publish/subscribe") as caught:
            inbox.take_in(odd, "here")
        assert caught.value.where == "here"
    assert len(inbox.messages) == 3


def test_what_brought_it() -> None:
    """A message of a WebSocket is received when all that it brought is; and all that it brought, when it is."""
    inbox, carrier = Inbox(), Message(TEXT, b"[]", 0.0)
    inbox.take_in([{"data": "a"}, {"data": "b"}], "here", 0.0, carrier)
    inbox.receive(inbox.messages[0])
    assert not carrier.taken and len(inbox.left()) == 1
    inbox.receive(inbox.messages[1])
    assert carrier.taken
    other = Message(TEXT, b"[]", 0.0)
    inbox.take_in({"data": "c"}, "here", 0.0, other)
    other.taken = True
    assert inbox.left() == []
