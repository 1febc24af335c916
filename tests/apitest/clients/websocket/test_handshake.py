"""The request for a WebSocket, and what servers answer."""

import threading

import pytest
from websocket import WebSocketException, WebSocketProtocolException
from websocket._handshake import CookieJar

from apitest.clients.websocket.handshake import Handshake, Refused, shake
from apitest.clients.websocket.settings import target
from tests.apitest.websocket_server import WebSocketServer
from tests.hostile.frames import accepted
from tests.hostile.server import Hostile, Peer


def test_a_handshake(websockets: WebSocketServer) -> None:
    """The server gets our headers and no others that tell where we come from; its own are kept, each by itself."""
    where = target(f"{websockets.address}/headers?a=b", "")
    stream, handshake = shake(where, {"X-A": "ä"}, (), None, 10)
    stream.close()
    path, headers = websockets.handshakes[0]
    assert path == "/headers?a=b"
    assert "Origin" not in headers and "Cookie" not in headers
    assert (handshake.status, handshake.reason, handshake.sent) == (101, "Switching Protocols", (("X-A", "ä"),))
    assert [value for name, value in handshake.headers if name == "Set-Cookie"] == [
        "visit=42; Path=/",
        "second=b; Path=/",
    ]
    assert (handshake.header("x-node"), handshake.header("X-None")) == ("node-1", None)
    assert CookieJar.jar == {}


def test_subprotocols(websockets: WebSocketServer) -> None:
    """The server chooses one of those that are offered, or none."""
    for offered, chosen in ((("other", "json"), "json"), (("other",), None)):
        stream, handshake = shake(target(websockets.address, ""), {}, offered, None, 10)
        stream.close()
        assert handshake.header("Sec-WebSocket-Protocol") == chosen


def test_a_host_of_our_own(websockets: WebSocketServer) -> None:
    """A Host header is sent once, and counts."""
    stream, _ = shake(target(websockets.address, ""), {"Host": "api.example.com"}, (), None, 10)
    stream.close()
    assert websockets.handshakes[0][1]["Host"] == "api.example.com"


@pytest.mark.parametrize(("path", "status"), [("/refuse/403", 403), ("/redirect", 302)])
def test_refusals(websockets: WebSocketServer, path: str, status: int) -> None:
    """Another status than 101 is no WebSocket; redirects are not followed."""
    with pytest.raises(Refused) as caught:
        shake(target(websockets.address + path, ""), {}, (), None, 10)
    answer: Handshake = caught.value.args[0]
    assert answer.status == status
    assert answer.body == (b'{"details": "not for you"}\n' if status == 403 else b"")
    assert len(websockets.handshakes) == 1


def test_a_subprotocol_that_was_not_offered(hostile: Hostile) -> None:
    """A server cannot choose what nobody offered."""
    hostile.answers(lambda request: accepted(request, "Sec-WebSocket-Protocol: chat"))
    with pytest.raises(WebSocketProtocolException, match="chose the subprotocol 'chat'"):
        shake(target(hostile.address, ""), {}, ("json",), None, 10)


def test_an_answer_that_does_not_belong_to_the_question(hostile: Hostile) -> None:
    """An answer has to be made of the question's key."""
    answer = b"HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n"
    hostile.answers(answer)
    with pytest.raises(WebSocketException, match="Invalid WebSocket Header"):
        shake(target(hostile.address, ""), {}, (), None, 10)


def test_nothing_stays_open(hostile: Hostile) -> None:
    """The connection of a handshake that failed is closed."""
    gone = threading.Event()

    def behave(peer: Peer) -> None:
        peer.request()
        peer.send(b"garbage\r\n\r\n")
        peer.connection.recv(1)
        gone.set()

    hostile.behave = behave
    with pytest.raises(WebSocketException):
        shake(target(hostile.address, ""), {}, (), None, 10)
    assert gone.wait(10)
