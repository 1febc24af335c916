"""Sentences that receive messages, and check how a WebSocket behaves."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.playing import Play
from tests.apitest.websocket_server import WebSocketServer


@pytest.fixture
def feed(play: Play, websockets: WebSocketServer) -> Play:
    """A scenario with a WebSocket to a server that does what it is asked for."""
    play(f'Given I connect to WebSocket "{websockets.address}" as "feed"')
    return play


def ask(feed: Play, command: str) -> None:
    feed.step('When I send to WebSocket "feed"', command)


def fails(feed: Play, line: str, problem: str) -> CheckFailed:
    with pytest.raises(CheckFailed, match=problem) as caught:
        feed(line)
    return caught.value


def test_the_next_message(feed: Play) -> None:
    """Each message is received once, in its order; one that does not come fails the step."""
    ask(feed, '{"send": ["a", "b"]}')
    feed('I receive the next message from WebSocket "feed"', 'the message\'s text is "a"')
    feed('I receive the next message from WebSocket "feed" within "10" seconds', 'the message\'s text is "b"')
    fails(feed, 'I receive the next message from WebSocket "feed" within "0" seconds', "did not come within 0 seconds")
    feed('timeout is "0.01"')
    fails(feed, 'I receive the next message from WebSocket "feed"', r"did not come within 0\.01 seconds")
    feed('the message\'s text is "b"')


@pytest.mark.parametrize("end", ["", ' within "10" seconds'])
def test_one_of_several(feed: Play, end: str) -> None:
    """A message is found by a path or by a text in it; a number is meant by how it is written."""
    ask(feed, '{"send": ["not JSON", {"id": 4}, {"id": 5}, {"id": "5"}]}')
    feed(
        f'I receive a message from WebSocket "feed" whose path "/id" is "5"{end}',
        'the message\'s path "/id" is any integer',
    )
    feed(
        f'I receive a message from WebSocket "feed" whose path "/id" is "5"{end}',
        'the message\'s path "/id" is any string',
    )
    feed(f'I receive a message from WebSocket "feed" that contains "JSON"{end}', 'the message\'s text is "not JSON"')
    feed('timeout is "0.01"')
    error = fails(
        feed, 'I receive a message from WebSocket "feed" whose path "/id" is "5"', 'whose path /id is "5" did not'
    )
    assert error.fix == 'Not received so far: 1 of other content, the last one "{"id": 4}"' or "id" in error.fix
    fails(feed, 'I receive a message from WebSocket "feed" that contains "x"', 'that contains "x" did not come')


def test_a_table(feed: Play) -> None:
    """A data table checks many paths of the message, and tells all that differ."""
    ask(feed, '{"send": [{"a": 1, "b": "x"}]}')
    with pytest.raises(CheckFailed, match="There is no message yet"):
        feed.step("the message's paths are", table=[["path", "value"], ["/b", "x"]])
    feed('I receive the next message from WebSocket "feed"')
    feed.step(
        "the message's paths are", table=[["path", "check", "value"], ["/a", "is an integer", "1"], ["/b", "", "x"]]
    )
    with pytest.raises(CheckFailed) as caught:
        feed.step("the message's paths are", table=[["path", "value"], ["/b", "y"], ["/c", "z"]])
    assert "/b" in str(caught.value) and "/c" in str(caught.value)


def test_mistakes(feed: Play) -> None:
    """A time below zero, a text that every message has and a path that is none are refused."""
    for line, problem in (
        ('I receive the next message from WebSocket "feed" within "-1" seconds', "must be 0 or more"),
        ('I receive the next message from WebSocket "feed" within "x" seconds', "number"),
        ('I receive a message from WebSocket "feed" that contains ""', "must not be empty"),
        ('I receive the next message from WebSocket "fed"', "no WebSocket"),
        ('no message comes from WebSocket "feed" within "-1" seconds', "must be 0 or more"),
    ):
        with pytest.raises(BadValue, match=problem):
            feed(line)
    ask(feed, '{"send": [{"id": 4}]}')
    with pytest.raises(BadValue):
        feed('I receive a message from WebSocket "feed" whose path "id" is "5"')


def test_no_message(feed: Play) -> None:
    """No message may come, and none that came may be left; those that were received do not count."""
    feed('no message comes from WebSocket "feed" within "0.01" seconds')
    ask(feed, '{"send": ["a", {"id": 5}]}')
    assert fails(feed, 'no message comes from WebSocket "feed" within "10" seconds', "There is a message").actual == "a"
    fails(feed, 'no message whose path "/id" is "5" comes from WebSocket "feed" within "10" seconds', "whose path /id")
    feed('no message whose path "/id" is "6" comes from WebSocket "feed" within "0.01" seconds')
    for _ in range(2):
        feed('I receive the next message from WebSocket "feed"')
    feed('no message comes from WebSocket "feed" within "0.01" seconds')


def test_no_message_of_a_closed_websocket(feed: Play) -> None:
    """That nothing comes from a WebSocket that the server closed is no proof that it sends nothing."""
    ask(feed, '{"close": 1011}')
    fails(
        feed, 'no message comes from WebSocket "feed" within "10" seconds', "is closed: the server closed it, code 1011"
    )


def test_pings(feed: Play) -> None:
    """Pings of both directions are waited for."""
    feed('WebSocket "feed" answers a ping within "10" seconds')
    fails(feed, 'WebSocket "feed" sends a ping within "0.01" seconds', r"No ping came within 0\.01 seconds")
    for after in (0, 0.05):
        ask(feed, f'{{"ping": true, "after": {after}}}')
        feed('WebSocket "feed" sends a ping within "10" seconds')
    fails(feed, 'WebSocket "feed" sends a ping within "0.01" seconds', r"No ping came within 0\.01 seconds")


def test_open_or_closed(feed: Play) -> None:
    """It is open until one end closes it; who did is told."""
    feed('WebSocket "feed" is open')
    fails(feed, 'the server closes WebSocket "feed" within "0.01" seconds', r"does not close it within 0\.01 seconds")
    ask(feed, '{"close": 4001, "after": 0.05}')
    feed('the server closes WebSocket "feed" within "10" seconds')
    for line in ("is open", 'answers a ping within "1" seconds', 'sends a ping within "1" seconds'):
        fails(feed, f'WebSocket "feed" {line}', "the server closed it, code 4001")


def test_a_broken_connection_was_not_closed(feed: Play) -> None:
    """A connection that breaks without a Close frame was not closed by the server."""
    ask(feed, '{"drop": true}')
    fails(feed, 'the server closes WebSocket "feed" within "10" seconds', "did not close it: the connection was lost")


def test_refusals(play: Play, websockets: WebSocketServer) -> None:
    """A handshake that is refused has a status; one that is not refused fails, whatever is asked for."""
    refused = f'connecting to WebSocket "{websockets.address}/refuse/403" is refused with status'
    play(f'{refused} "403"', f'{refused} "4xx"')
    error = fails(play, f'{refused} "401"', "not refused like this")
    assert (error.expected, error.actual) == ("401", "403 Forbidden")
    for status in ("101", "403", "1xx"):
        fails(play, f'connecting to WebSocket "{websockets.address}" is refused with status "{status}"', "not refused")
    with pytest.raises(BadValue, match="not a status code"):
        play(f'{refused} "no"')


def test_answers_by_themselves(feed: Play, websockets: WebSocketServer) -> None:
    """Messages of a kind are answered while the scenario does something else; mistakes are refused at once."""
    line = 'messages from WebSocket "feed" whose path "/method" is "sum" are answered with'
    for wrong in ("{", '{"id": "[path id]"}'):
        with pytest.raises(BadValue):
            feed.step(line, wrong)
    with pytest.raises(BadValue, match="needs a doc string"):
        feed(line)
    feed.step(line, '{"id": "[path /id]", "a": 2, "b": 3}')
    ask(feed, '{"send": [{"method": "sum", "id": 9}, {"method": "other", "id": 10}]}')
    feed('I receive a message from WebSocket "feed" whose path "/sum" is "5" within "10" seconds')
    feed('the message\'s path "/id" is an integer "9"', 'the number of messages from WebSocket "feed" is "3"')
