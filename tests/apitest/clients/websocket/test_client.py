"""WebSockets by their names, closed with their scenario; what is told of them; the message that checks look at."""

import threading

import pytest

from apitest.clients.websocket import client, opening
from apitest.errors import BadValue, CheckFailed
from apitest.events import Exchange
from tests.apitest.steps.playing import Play
from tests.apitest.websocket_server import WebSocketServer


def test_names(play: Play, websockets: WebSocketServer) -> None:
    """Connections are found by their names; one of the same name takes the other's place."""
    with pytest.raises(BadValue, match='no WebSocket "feed"') as caught, client.used(play.zato, "feed"):
        pass
    assert "I connect to WebSocket" in caught.value.fix
    opening.connect(play.zato, websockets.address, "feed")
    with client.used(play.zato, "feed") as first:
        pass
    opening.connect(play.zato, websockets.address, "feed")
    with client.used(play.zato, "feed") as second:
        assert first is not second and first.closing and not second.closing
    with pytest.raises(BadValue) as caught, client.used(play.zato, "fed"):
        pass
    assert caught.value.fix == "Did you mean feed?"
    with pytest.raises(BadValue) as caught, client.used(play.zato, "xyz"):
        pass
    assert caught.value.fix == "There are: feed"


def test_the_end_of_a_scenario(play: Play, websockets: WebSocketServer) -> None:
    """All connections are closed with their scenario, with code 1000, and no thread is left."""
    before = threading.active_count()
    for name in ("one", "two"):
        opening.connect(play.zato, websockets.address, name)
    play.zato.finish_scenario()
    websockets.close()
    assert websockets.closed == [(1000, ""), (1000, "")]
    assert threading.active_count() < before + 1
    with pytest.raises(BadValue), client.used(play.zato, "one"):
        pass


def test_messages(play: Play, websockets: WebSocketServer) -> None:
    """The message that was received last is what checks look at; one that does not come changes nothing."""
    with pytest.raises(CheckFailed, match="There is no message yet"):
        client.latest(play.zato)
    opening.connect(play.zato, websockets.address, "feed")
    assert client.left_over(play.zato, "feed") == ""
    with client.used(play.zato, "feed") as connection:
        connection.send("text", b"a", 10)
    assert client.receive(play.zato, "feed", lambda message: True) is client.latest(play.zato)
    assert client.receive(play.zato, "feed", lambda message: True, 0.01) is None
    assert client.latest(play.zato).data == "a"
    with client.used(play.zato, "feed") as connection:
        connection.send("text", b"b", 10)
        connection.wait(lambda: len(connection.messages) == 2, 10)
    assert client.left_over(play.zato, "feed") == 'Not received so far: 1 of other content, the last one "b"'


def test_everything_is_told(play: Play, websockets: WebSocketServer) -> None:
    """With --verbose each frame is told once, those at the end of the scenario as well; secrets are masked."""
    play.run.verbose = True
    play.run.secrets.add("s3cret-w0rd")
    opening.connect(play.zato, websockets.address, "feed")
    with client.used(play.zato, "feed") as connection:
        connection.send("text", b'{"password": "x", "c": "s3cret-w0rd"}', 10)
    client.receive(play.zato, "feed", lambda message: True)
    play.zato.finish_scenario()
    told = [event for event in play.events if isinstance(event, Exchange)]
    assert told[0].response == "101 Switching Protocols" and told[0].frames == ()
    assert [(frame.direction, frame.kind) for event in told for frame in event.frames] == [
        ("sent", "text"),
        ("received", "text"),
        ("sent", "close"),
        ("received", "close"),
    ]
    assert [frame.body for event in told for frame in event.frames][:2] == ['{"password": "***", "c": "***"}'] * 2


def test_a_failure_has_the_frames(play: Play, websockets: WebSocketServer) -> None:
    """Without --verbose nothing is told before a failure, which then has the handshake and the frames."""
    opening.connect(play.zato, websockets.address, "feed")
    with client.used(play.zato, "feed") as connection:
        connection.send("text", b"hello", 10)
    client.receive(play.zato, "feed", lambda message: True)
    exchange = play.zato.last_exchange()
    assert exchange and exchange.response and [frame.body for frame in exchange.frames] == ["hello", "hello"]
    assert play.events == []


def test_secrets_are_learned(play: Play, websockets: WebSocketServer) -> None:
    """What a message holds under the name of a secret is shown nowhere, from the first error on that tells of it."""
    opening.connect(play.zato, websockets.address, "feed")
    with client.used(play.zato, "feed") as feed:
        feed.send("text", b'[{"password": "hush-hush-1"}]', 10)
        assert feed.find(lambda message: True, 10)
    assert "hush-hush-1" in play.run.secrets
