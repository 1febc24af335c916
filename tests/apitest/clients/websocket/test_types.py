"""Messages, and how the end of a connection is told."""

import pytest

from apitest.clients.websocket.types import BINARY, CLIENT, NOBODY, SERVER, TEXT, Closing, Message
from apitest.errors import CheckFailed


def test_a_message_is_text_json_or_xml() -> None:
    """A text message is whatever a check takes it for."""
    message = Message(TEXT, '{"a": "ä"}'.encode(), 0.5)
    assert (message.data, message.data_text, message.json()) == ('{"a": "ä"}', '{"a": "ä"}', {"a": "ä"})
    assert (message.type, message.seconds, message.taken) == ("text", 0.5, False)
    assert Message(TEXT, b"<a>1</a>", 0).xml().tag == "a"


def test_a_binary_message() -> None:
    """A binary message is bytes, which may hold any text."""
    message = Message(BINARY, b"\xff\x00", 0)
    assert (message.data, message.type, message.is_json()) == (b"\xff\x00", "binary", False)
    assert Message(BINARY, b"[1]", 0).json() == [1]


def test_errors_call_it_a_message() -> None:
    """A message that is not valid JSON is not called a response."""
    with pytest.raises(CheckFailed) as caught:
        Message(TEXT, b"hello", 0).json()
    assert caught.value.problem == "The message is not valid JSON: Expecting value at line 1, column 1"
    assert caught.value.where == "the text message, 5 bytes"
    assert "the message's text is" in caught.value.fix
    with pytest.raises(CheckFailed, match="The message is not valid XML"):
        Message(TEXT, b"<a", 0).xml()


def test_text_that_is_not_utf8() -> None:
    """A text message has to be UTF-8."""
    with pytest.raises(UnicodeDecodeError):
        Message(TEXT, b"\xff", 0)


@pytest.mark.parametrize(
    ("closing", "told"),
    [
        (Closing(SERVER, 4001, "bye"), "the server closed it, code 4001 (bye)"),
        (Closing(SERVER, 1005), "the server closed it, without a code"),
        (Closing(CLIENT, 1000), "it was closed by this test, code 1000"),
        (Closing(NOBODY, 1006), "the connection was lost, without a Close frame"),
    ],
)
def test_closings_are_told(closing: Closing, told: str) -> None:
    """Who closed a connection, with what code and reason."""
    assert str(closing) == told
