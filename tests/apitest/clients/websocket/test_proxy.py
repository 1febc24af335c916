"""WebSockets through the proxy that the environment names."""

import socket
import threading
from collections.abc import Iterator

import pytest

from apitest.clients.websocket import client, opening, proxy
from apitest.clients.websocket.settings import target
from apitest.errors import BadValue, TimedOut, Unreachable
from tests.apitest.steps.playing import Play
from tests.apitest.websocket_server import WebSocketServer
from tests.hostile.server import Hostile, Peer


class ConnectProxy:
    """An HTTP proxy on a free port that connects to where it is asked to.

    Attributes:
        asked: the requests that came.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._server = Hostile()
        self._server.behave = self._serve
        self.address = self._server.address
        self._open: list[socket.socket] = []

    def close(self) -> None:
        """Ends it."""
        for each in self._open:
            each.close()
        self._server.close()

    def _serve(self, peer: Peer) -> None:
        request = peer.request()
        if not request:
            return
        self.asked.append(request)
        host, _, port = request.split(" ")[1].rpartition(":")
        onward = socket.create_connection((host, int(port)))
        self._open.append(onward)
        peer.send(b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n")
        back = threading.Thread(target=_pump, args=(onward, peer.connection))
        back.start()
        _pump(peer.connection, onward)
        back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.fixture
def through() -> Iterator[ConnectProxy]:
    """A proxy."""
    server = ConnectProxy()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy but the one that a test names."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_through_a_proxy(
    play: Play, websockets: WebSocketServer, through: ConnectProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy is asked to connect, with its user and password, and everything goes through it."""
    monkeypatch.setenv("http_proxy", through.address.replace("http://", "http://us%40er:pass@"))
    opening.connect(play.zato, websockets.address, "feed")
    with client.used(play.zato, "feed") as connection:
        connection.send("text", b"hello", 10)
        assert connection.take(lambda message: message.data == "hello", 10)
    play.zato.finish_scenario()
    [asked] = through.asked
    host = websockets.address.removeprefix("ws://")
    assert asked.startswith(
        f"CONNECT {host} HTTP/1.1\r\nHost: {host}\r\nProxy-Authorization: Basic dXNAZXI6cGFzcw==\r\n"
    )
    assert "proxy-authorization" not in {name.lower() for name in websockets.handshakes[0][1]}


def test_which_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """WebSockets have the proxy of HTTP, those with TLS that of HTTPS, hosts of no_proxy none."""
    monkeypatch.setenv("http_proxy", "http://one:81")
    monkeypatch.setenv("https_proxy", "two")
    monkeypatch.setenv("no_proxy", "direct.example.com")
    assert proxy.of(target("ws://h/", "")) == proxy.Proxy("one", 81, "", "http://one:81")
    found = proxy.of(target("wss://h/", ""))
    assert found and (found.host, found.port) == ("two", 80)
    assert proxy.of(target("ws://direct.example.com/", "")) is None


@pytest.mark.parametrize("name", ["socks5://maria:s3cret-w0rd@h:1", "https://maria:s3cret-w0rd@h", "http://h:99999"])
def test_proxies_that_cannot_be_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of another kind is refused, its password not shown."""
    monkeypatch.setenv("http_proxy", name)
    with pytest.raises(BadValue, match="WebSockets cannot use the proxy") as caught:
        proxy.of(target("ws://h/", ""))
    assert "s3cret-w0rd" not in str(caught.value)


def test_proxies_that_do_not_connect(play: Play, hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that refuses, closes, is silent or is not there is told apart from the server behind it."""
    monkeypatch.setenv("http_proxy", hostile.address)
    for answer, problem in (
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "it answered HTTP/1.1 407 Proxy"),
        (b"\xff\xfe\r\n\r\n", "it answered"),
    ):
        hostile.answers(answer)
        with pytest.raises(Unreachable, match=f"The proxy {hostile.address} does not connect to h.example: {problem}"):
            opening.connect(play.zato, "ws://h.example/", "feed")
    hostile.behave = lambda peer: None
    with pytest.raises(Unreachable):
        opening.connect(play.zato, "ws://h.example/", "feed")
    hostile.behave = Peer.wait
    play('Given timeout is "0.2"')
    with pytest.raises(TimedOut):
        opening.connect(play.zato, "ws://h.example/", "feed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
    play('Given timeout is "30"')
    with pytest.raises(Unreachable, match=r"does not connect to h.example: Connection refused"):
        opening.connect(play.zato, "ws://h.example/", "feed")
