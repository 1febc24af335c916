"""The text and the URL of the response."""

import pytest

from apitest.clients.response import Answer
from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.playing import Play


def test_text(play: Play) -> None:
    """The body is text whatever its format, and numbers and dates are read from it."""
    play.zato.response = Answer(None, b"42", "JSON")
    play('response text is "42"', 'response text is an integer "42"', 'response text is less than "43"')
    with pytest.raises(CheckFailed) as caught:
        play('response text does not contain "4"')
    assert caught.value.where == "the text of the response"


def test_checksums(play: Play) -> None:
    """The checksum of the bytes is a text to compare and store; an unknown one is a mistake of the test."""
    play.zato.response = Answer(None, b"\xff\x00", "RAW")
    play('I store checksum "SHA-256" of response under "sum"', 'checksum "sha256" of response is "#sum"')
    play('checksum "SHA-256" of response matches "^[0-9a-f]{64}$"')
    with pytest.raises(CheckFailed) as caught:
        play('checksum "SHA-1" of response is "#sum"')
    assert caught.value.where == "the SHA-1 checksum of the response"
    with pytest.raises(BadValue, match="no checksum"):
        play('checksum "CRC" of response is not "0"')


def test_a_url_needs_http(play: Play) -> None:
    """A response that did not come over HTTP has no URL."""
    play.zato.response = Answer(None, b"42", "JSON")
    with pytest.raises(CheckFailed, match="did not come over HTTP"):
        play('response URL is not "x"')
