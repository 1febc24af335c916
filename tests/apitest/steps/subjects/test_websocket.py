"""All messages of a WebSocket, its handshake and its end, as subjects of checks."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.playing import Play
from tests.apitest.websocket_server import WebSocketServer


@pytest.fixture
def feed(play: Play, websockets: WebSocketServer) -> Play:
    """A scenario with a WebSocket to a server that does what it is asked for."""
    play(f'Given I connect to WebSocket "{websockets.address}/headers" as "feed"')
    play('I receive the next message from WebSocket "feed"')
    return play


def fails(play: Play, line: str, problem: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        play(line)
    assert problem in str(caught.value)


def test_all_messages(feed: Play) -> None:
    """They are a list, received or not, with texts where a message is not JSON; more may come."""
    feed.step('I send to WebSocket "feed"', '{"send": [{"n": 1}, "x", {"n": 2}], "after": 0.05}')
    feed(
        'within "10" seconds the number of messages from WebSocket "feed" is "4"',
        'JSONPath "$[1:]" of the messages from WebSocket "feed" is JSON "[{"n": 1}, "x", {"n": 2}]"',
        'any item of JSONPath "$[*].n" of the messages from WebSocket "feed" is an integer "2"',
        'within "0" seconds JSONPath "$[9]" of the messages from WebSocket "feed" does not exist',
    )
    fails(
        feed, 'within "0" seconds the number of messages from WebSocket "feed" is at least "5"', "even after 0 seconds"
    )
    fails(feed, 'JSONPath "$[2]" of the messages from WebSocket "feed" is "y"', 'the messages from WebSocket "feed"')


def test_the_handshake(feed: Play) -> None:
    """Headers of the answer and the subprotocol can be checked."""
    feed('header "x-node" of WebSocket "feed" is "node-1"', 'the subprotocol of WebSocket "feed" does not exist')
    fails(feed, 'header "X-Other" of WebSocket "feed" is "1"', "There is no header X-Other")
    fails(feed, 'the subprotocol of WebSocket "feed" is "json"', "There is no header Sec-WebSocket-Protocol")


def test_the_end(feed: Play) -> None:
    """An open WebSocket has no end yet; afterwards code, reason and side are known."""
    for subject in ("the close code of", "the close reason of", "the side that closed"):
        feed(f'{subject} WebSocket "feed" does not exist')
        fails(feed, f'{subject} WebSocket "feed" is "x"', 'WebSocket "feed" is still open')
    feed.step('I send to WebSocket "feed"', '{"close": 4001, "reason": "bye", "after": 0.05}')
    feed(
        'within "10" seconds the close code of WebSocket "feed" is an integer "4001"',
        'the close reason of WebSocket "feed" is "bye"',
        'the side that closed WebSocket "feed" is "server"',
    )


def test_an_unknown_websocket(play: Play) -> None:
    """A name that no WebSocket has is a mistake of the test."""
    for subject in ("the number of messages from", "the close code of", "the subprotocol of", 'header "X" of'):
        with pytest.raises(BadValue, match="no WebSocket"):
            play(f'{subject} WebSocket "feed" is "1"')
