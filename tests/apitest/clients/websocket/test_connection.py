"""An open WebSocket: messages, pings, and who closed it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from apitest.clients.websocket.connection import WebSocketConnection
from apitest.clients.websocket.handshake import shake
from apitest.clients.websocket.settings import target
from apitest.clients.websocket.types import BINARY, NOBODY, PING, SERVER, TEXT, Closing, Message
from apitest.errors import BadValue, CheckFailed, TimedOut, Unreachable
from tests.apitest.websocket_server import WebSocketServer
from tests.hostile.frames import CLOSE, accepted, frame
from tests.hostile.server import Hostile, Peer

Connect = Callable[..., WebSocketConnection]


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Opens connections, which are closed at the end."""
    opened: list[WebSocketConnection] = []

    def make(address: str, size: int = 1_000_000, kept: int = 10_000_000, **named: Any) -> WebSocketConnection:
        stream, handshake = shake(target(address, ""), {}, (), None, 10)
        opened.append(WebSocketConnection("feed", address, stream, handshake, size=size, kept=kept, **named))
        return opened[-1]

    yield make
    for connection in opened:
        connection.close(seconds=0.1)


def anything(message: Message) -> bool:
    return True


def serve(hostile: Hostile, *frames: bytes, then: Callable[[Peer], None] = Peer.wait) -> None:
    """The server opens a WebSocket, sends these frames, and then does something."""

    def behave(peer: Peer) -> None:
        peer.send(accepted(peer.request()) + b"".join(frames))
        then(peer)

    hostile.behave = behave


def test_messages(websockets: WebSocketServer, connect: Connect) -> None:
    """What is sent arrives as it was sent, and what comes can be taken once, in its order."""
    connection = connect(websockets.address)
    for kind, data in ((TEXT, "ä".encode()), (BINARY, b"\0" * 100_000), (TEXT, b"")):
        connection.send(kind, data, 10)
    taken = [connection.take(anything, 10) for _ in range(3)]
    assert [(each.type, each.body) for each in taken if each] == [
        ("text", "ä".encode()),
        ("binary", b"\0" * 100_000),
        ("text", b""),
    ]
    assert connection.take(anything, 0.01) is None
    assert len(connection.messages) == 3


def test_one_of_several(websockets: WebSocketServer, connect: Connect) -> None:
    """A message that is meant is taken from between others, which stay; one that is found only stays as well."""
    connection = connect(websockets.address)
    for data in (b"a", b"b", b"a"):
        connection.send(TEXT, data, 10)
    found = [connection.find(lambda message: message.body == b"b", 10) for _ in range(2)]
    assert found[0] is found[1] is connection.take(lambda message: message.body == b"b", 10)
    assert connection.take(lambda message: message.body == b"b", 0.01) is None
    assert [each.body for each in (connection.take(anything, 10), connection.take(anything, 10)) if each] == [b"a"] * 2


def test_a_message_is_waited_for(websockets: WebSocketServer, connect: Connect) -> None:
    """A message that comes later is taken when it comes."""
    connection = connect(websockets.address)
    connection.send(TEXT, b'{"send": ["late"], "after": 0.05}', 10)
    message = connection.take(anything, 10)
    assert message and message.data == "late" and message.seconds > 0.05


def test_pings(websockets: WebSocketServer, connect: Connect) -> None:
    """The server's pings are answered and counted, ours are answered by the server."""
    connection = connect(websockets.address)
    connection.send(TEXT, b'{"ping": true}', 10)
    assert connection.wait(lambda: connection.pings == 1, 10)
    assert connection.take_ping(10) and not connection.take_ping(0)
    connection.send(PING, b"hello", 10)
    assert connection.pong(b"hello", 10) and not connection.pong(b"other", 0.01)
    assert [(each.direction, each.kind, each.body) for each in connection.log.frames] == [
        ("sent", "text", '{"ping": true}'),
        ("received", "ping", "are you there"),
        ("sent", "pong", "are you there"),
        ("sent", "ping", "hello"),
        ("received", "pong", "hello"),
    ]


def test_pings_without_an_answer(websockets: WebSocketServer, connect: Connect) -> None:
    """A ping is left without an answer where that is asked for."""
    connection = connect(websockets.address, answers_pings=False)
    connection.send(TEXT, b'{"ping": true}', 10)
    assert connection.wait(lambda: connection.pings == 1, 10)
    assert [each.kind for each in connection.log.frames] == ["text", "ping"]


def test_we_close(websockets: WebSocketServer, connect: Connect) -> None:
    """The server learns the code and the reason; afterwards nothing can be sent, which is a mistake of the test."""
    connection = connect(websockets.address)
    connection.close(4001, "no longer needed")
    assert connection.closing == Closing("client", 4001, "no longer needed")
    for attempt in (lambda: connection.send(TEXT, b"a", 10), lambda: connection.take(anything, 10)):
        with pytest.raises(BadValue, match=r"is closed: it was closed by this test, code 4001 \(no longer needed\)"):
            attempt()
    connection.close()
    websockets.close()
    assert websockets.closed == [(4001, "no longer needed")]


def test_the_server_closes(websockets: WebSocketServer, connect: Connect) -> None:
    """The server's code and reason are known, its Close frame is answered; what came before can be taken."""
    connection = connect(websockets.address)
    connection.send(TEXT, b'{"send": ["last"], "close": 4002, "reason": "bye"}', 10)
    assert connection.wait_for_end(10)
    assert connection.closing == Closing(SERVER, 4002, "bye")
    assert connection.take(anything, 10)
    with pytest.raises(CheckFailed, match=r"is closed: the server closed it, code 4002 \(bye\)"):
        connection.take(anything, 10)
    assert connection.log.frames[-1][:3] == ("sent", "close", "4002")


def test_sending_to_a_server_that_just_closed(hostile: Hostile, connect: Connect) -> None:
    """A message that is sent while the server goes is told with what the server said."""
    serve(hostile, frame(CLOSE, b"\x0f\xa1bye"), then=lambda peer: None)
    connection = connect(hostile.address)
    with pytest.raises(CheckFailed, match=r"the server closed it, code 4001 \(bye\)"):
        while True:
            connection.send(TEXT, b"x" * 100_000, 10)


def test_a_close_frame_without_a_code(hostile: Hostile, connect: Connect) -> None:
    """A Close frame may be empty."""
    serve(hostile, frame(CLOSE))
    connection = connect(hostile.address)
    connection.wait_for_end(10)
    assert connection.closing == Closing(SERVER, 1005)


def test_the_connection_breaks(websockets: WebSocketServer, connect: Connect) -> None:
    """Without a Close frame, nobody closed it."""
    connection = connect(websockets.address)
    connection.send(TEXT, b'{"drop": true}', 10)
    with pytest.raises(CheckFailed, match="the connection was lost, without a Close frame"):
        connection.take(anything, 10)
    assert connection.closing == Closing(NOBODY, 1006)


def test_a_server_that_does_not_answer_a_close_frame(hostile: Hostile, connect: Connect) -> None:
    """Closing does not wait for ever."""
    serve(hostile)
    connection = connect(hostile.address)
    connection.close(seconds=0.05)
    assert connection.closing == Closing("client", 1000)


def test_a_message_that_is_too_large(websockets: WebSocketServer, connect: Connect) -> None:
    """The server is told that its message is too large, and whoever waits for it as well; twice the same."""
    connection = connect(websockets.address, size=10)
    connection.send(TEXT, b"x" * 11, 10)
    for _ in range(2):
        with pytest.raises(CheckFailed, match="sends a message of more than 10 bytes"):
            connection.take(anything, 10)
    connection.close()
    websockets.close()
    assert websockets.closed == [(1009, "")]


def test_more_messages_than_can_be_kept(websockets: WebSocketServer, connect: Connect) -> None:
    """Many small messages have a size together."""
    connection = connect(websockets.address, kept=1_100)
    for _ in range(3):
        connection.send(TEXT, b"", 10)
    with pytest.raises(CheckFailed, match="sends 3 messages, more than can be kept"):
        connection.take(lambda message: False, 10)


def test_text_that_is_not_utf8(hostile: Hostile, connect: Connect) -> None:
    """A text message that is not UTF-8 is told, and ends the connection with code 1007."""
    serve(hostile, frame(0x81, b"\xff\xfe"))
    connection = connect(hostile.address)
    with pytest.raises(CheckFailed, match="a text message that is not UTF-8"):
        connection.take(anything, 10)
    assert connection.log.frames[-1][:3] == ("sent", "close", "1007")


def test_a_server_that_does_not_read(hostile: Hostile, connect: Connect) -> None:
    """What is sent has its time; afterwards the connection is of no use."""
    serve(hostile)
    connection = connect(hostile.address)
    with pytest.raises(TimedOut, match=r"did not take a message within 0\.2 s"):
        connection.send(BINARY, b"x" * 50_000_000, 0.2)
    with pytest.raises(TimedOut):
        connection.send(TEXT, b"a", 10)


def test_answers_by_themselves(websockets: WebSocketServer, connect: Connect) -> None:
    """A responder answers messages while nobody receives them; one that fails ends the connection."""
    connection = connect(websockets.address)
    connection.responders += [lambda message: None, lambda message: "got it" if message.data == "question" else None]
    connection.send(TEXT, b"question", 10)
    assert connection.take(lambda message: message.data == "got it", 10)

    def fail(message: Message) -> str:
        raise Unreachable("out of order")

    connection.responders = [fail]
    connection.send(TEXT, b"x", 10)
    assert connection.take(lambda message: message.data == "x", 10)
    with pytest.raises(Unreachable, match="out of order"):
        connection.take(lambda message: False, 10)
