"""Sentences that open, use and close WebSockets."""

from pathlib import Path

import pytest

from apitest.errors import BadValue
from tests.apitest.steps.playing import Play
from tests.apitest.websocket_server import WebSocketServer


@pytest.fixture
def feed(play: Play, websockets: WebSocketServer) -> Play:
    """A scenario with a WebSocket to a server that echoes."""
    play(f'Given I connect to WebSocket "{websockets.address}" as "feed"')
    return play


def received(feed: Play) -> str:
    """The text of the message that comes next."""
    feed('When I receive the next message from WebSocket "feed"', 'Then I store the message\'s text under "text"')
    return str(feed.zato.user_ctx["text"])


def test_texts(feed: Play) -> None:
    """A text is sent as it is written, a variable as text, a doc string with its names resolved."""
    feed.zato.user_ctx.update(number=5, name="Maria")
    feed('When I send "a" to WebSocket "feed"')
    assert received(feed) == "a"
    feed('When I send "#number" to WebSocket "feed"')
    assert received(feed) == "5"
    feed.step('When I send to WebSocket "feed"', "Hello, #{name}")
    assert received(feed) == "Hello, Maria"
    with pytest.raises(BadValue, match="needs a doc string"):
        feed('When I send to WebSocket "feed"')


def test_json(feed: Play) -> None:
    """JSON is sent as it is written, its values put in as JSON; what is not valid JSON is not sent."""
    feed.zato.user_ctx["text"] = 'a "quote"'
    feed.step('When I send JSON to WebSocket "feed"', '{"a":  "#{text}"}')
    assert received(feed) == '{"a":  "a \\"quote\\""}'
    with pytest.raises(BadValue, match="The message is not valid JSON"):
        feed.step('When I send JSON to WebSocket "feed"', "{")


def test_files(feed: Play) -> None:
    """Files are those of requests: JSON from json/request, texts and bytes from raw/request."""
    features = Path(feed.zato.environment_dir)
    for name, content in (("json/request/a.json", b"[1]"), ("raw/request/a.txt", "ä".encode())):
        path = features / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    (features / "raw" / "request" / "a.bin").write_bytes(b"\xff\0")
    (features / "json" / "request" / "b.json").write_text("[1")
    feed('When I send JSON from "a.json" to WebSocket "feed"')
    assert received(feed) == "[1]"
    feed('When I send text from "a.txt" to WebSocket "feed"')
    assert received(feed) == "ä"
    feed('When I send binary from "a.bin" to WebSocket "feed"', 'I receive the next message from WebSocket "feed"')
    feed('the message\'s bytes is "ff 00"')
    for line, problem in (
        ('I send JSON from "b.json" to WebSocket "feed"', "file b.json is not valid JSON"),
        ('I send text from "a.bin" to WebSocket "feed"', "not UTF-8"),
        ('I send binary from "../../../x.bin" to WebSocket "feed"', "outside the project"),
    ):
        with pytest.raises(BadValue, match=problem):
            feed(line)


def test_bytes(feed: Play) -> None:
    """Bytes are written as hexadecimal digits, with blanks and line ends between them or not."""
    feed('When I send bytes "00FF10" to WebSocket "feed"', 'I receive the next message from WebSocket "feed"')
    feed('the message\'s bytes is "00 ff 10"', 'the message\'s type is "binary"')
    feed.step('When I send bytes to WebSocket "feed"', "00 01\n02")
    feed('I receive the next message from WebSocket "feed"', 'the message\'s bytes is "00 01 02"')
    for wrong in ("0", "0g", "abc"):
        with pytest.raises(BadValue, match="not a row of bytes"):
            feed(f'I send bytes "{wrong}" to WebSocket "feed"')


def test_a_ping(feed: Play, websockets: WebSocketServer) -> None:
    """A ping can be sent by itself."""
    feed('I send a ping to WebSocket "feed"', 'WebSocket "feed" answers a ping within "10" seconds')


def test_settings(play: Play, websockets: WebSocketServer) -> None:
    """Subprotocols and answers to pings are settings of the connections that follow, within their scenario."""
    play('Given WebSocket subprotocols are "x, json"', "Given WebSocket pings are not answered")
    play(f'I connect to WebSocket "{websockets.address}" as "feed"', 'the subprotocol of WebSocket "feed" is "json"')
    play(
        'I send "{"ping": true, "after": 0.05}" to WebSocket "feed"',
        'WebSocket "feed" sends a ping within "10" seconds',
    )
    assert [frame.kind for frame in (play.zato.last_exchange() or pytest.fail("nothing")).frames] == ["text", "ping"]
    play.zato.finish_scenario()
    play.zato.start_scenario()
    play(f'I connect to WebSocket "{websockets.address}" as "feed"')
    assert "Sec-WebSocket-Protocol" not in websockets.handshakes[-1][1]


def test_closing(play: Play, websockets: WebSocketServer) -> None:
    """A code and a reason are told to the server; those that clients cannot send are refused."""
    for name in ("a", "b", "c"):
        play(f'Given I connect to WebSocket "{websockets.address}" as "{name}"')
    for code in ("999", "1004", "1005", "1006", "1012", "2000", "5000"):
        with pytest.raises(BadValue, match="cannot close a WebSocket with code"):
            play(f'I close WebSocket "a" with code "{code}"')
    with pytest.raises(BadValue, match="more than 123 bytes"):
        play(f'I close WebSocket "a" with code "4000" and reason "{"ä" * 62}"')
    play('I close WebSocket "a"', 'I close WebSocket "b" with code "4000"')
    play('I close WebSocket "c" with code "3000" and reason "bye"', 'I close WebSocket "c"')
    websockets.close()
    assert sorted(websockets.closed) == [(1000, ""), (3000, "bye"), (4000, "")]
