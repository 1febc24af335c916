"""WebSockets are opened with all that a scenario says of requests."""

import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest.clients.http import client as http
from apitest.clients.websocket import client, opening
from apitest.errors import BadValue, CheckFailed, TLSFailed, Unreachable
from apitest.events import Notice
from tests.apitest.clients.certificates import Authority
from tests.apitest.steps.playing import Play
from tests.apitest.websocket_server import WebSocketServer

FILES = Path("/proc/self/fd")


@pytest.fixture
def tls_server() -> Iterator[list[WebSocketServer]]:
    """Servers with TLS, which are closed at the end."""
    servers: list[WebSocketServer] = []
    yield servers
    for server in servers:
        server.close()


def sent(websockets: WebSocketServer, number: int = -1) -> dict[str, str]:
    """The headers of a handshake as the server got them."""
    return {name.lower(): value for name, value in websockets.handshakes[number][1].items()}


def test_what_a_handshake_carries(play: Play, websockets: WebSocketServer) -> None:
    """Headers, query parameters, cookies, sign-in and API keys are those of requests."""
    play(
        f'Given address "{websockets.address.replace("ws:", "http:")}"',
        'Given header "X-A" "1"',
        'Given header "Origin" "https://example.com"',
        'Given query parameter "q" is "ä b"',
        'Given cookie "c" "2"',
        'Given Basic Auth "maria" "pass"',
        'Given API key "k3y" in header "X-API-Key"',
        'Given API key "k4y" in query parameter "key"',
    )
    opening.connect(play.zato, "/headers", "feed")
    headers = sent(websockets)
    assert websockets.handshakes[0][0] == "/headers?key=k4y&q=%C3%A4%20b"
    assert headers["authorization"] == "Basic bWFyaWE6cGFzcw=="
    assert headers["cookie"] == "c=2"
    assert (headers["x-a"], headers["x-api-key"], headers["origin"]) == ("1", "k3y", "https://example.com")
    assert headers["user-agent"].startswith("apitest/")


def test_a_handshake_is_a_request(play: Play, websockets: WebSocketServer) -> None:
    """What describes one request belongs to the handshake only; sign-in and cookies stay, the server's own, too."""
    play('Given header "X-A" "1"', 'Given bearer token "t0ken"')
    opening.connect(play.zato, f"{websockets.address}/headers", "one")
    opening.connect(play.zato, websockets.address, "two")
    headers = sent(websockets)
    assert "x-a" not in headers
    assert headers["authorization"] == "Bearer t0ken"
    assert headers["cookie"] == "visit=42; second=b"
    assert {cookie.name for cookie in http.cookies(play.zato)} == {"visit", "second"}


def test_old_projects_carry_headers_over(tmp_path: Path, websockets: WebSocketServer) -> None:
    """Where requests are carried over, headers of handshakes are, too; connections live as long as the feature."""
    play = Play(tmp_path)
    play.run.project = play.run.project._replace(carries_over=True)
    play('Given header "X-A" "1"')
    opening.connect(play.zato, websockets.address, "one")
    play.zato.finish_scenario()
    play.zato.start_scenario()
    with client.used(play.zato, "one") as connection:
        assert connection.closing is None
    opening.connect(play.zato, websockets.address, "two")
    assert sent(websockets)["x-a"] == "1"
    play.close()


def test_credentials_of_a_url(play: Play, websockets: WebSocketServer) -> None:
    """User and password of a URL are sent as Basic Auth, and shown nowhere."""
    opening.connect(play.zato, websockets.address.replace("ws://", "ws://maria:s3cret-w0rd@"), "feed")
    assert sent(websockets)["authorization"] == "Basic bWFyaWE6czNjcmV0LXcwcmQ="
    assert "s3cret-w0rd" in play.run.secrets
    assert "s3cret-w0rd" not in str(play.zato.last_exchange())


def test_digest_auth(play: Play, websockets: WebSocketServer) -> None:
    """Digest Auth, which needs an answer to a challenge, is refused."""
    play('Given Digest Auth "maria" "pass"')
    with pytest.raises(BadValue, match="Digest Auth is not possible"):
        opening.connect(play.zato, websockets.address, "feed")


def test_headers_left_out(play: Play, websockets: WebSocketServer) -> None:
    """A header that is not sent is left out, whether it is ours or not; one that breaks the request is refused."""
    play('Given bearer token "t0ken"', 'Given header "Authorization" is not sent', 'header "user-agent" is not sent')
    opening.connect(play.zato, websockets.address, "feed")
    assert not sent(websockets).keys() & {"authorization", "user-agent"}
    play.zato.describe().headers["X"] = "a\r\nb"
    with pytest.raises(BadValue, match="cannot be sent"):
        opening.connect(play.zato, websockets.address, "feed")


def test_a_refusal(play: Play, websockets: WebSocketServer) -> None:
    """A refusal fails the step, and its exchange is told; it can be asked for as well."""
    with pytest.raises(CheckFailed, match="refused the WebSocket: 403 Forbidden"):
        opening.connect(play.zato, f"{websockets.address}/refuse/403", "feed")
    exchange = play.zato.last_exchange()
    assert exchange and exchange.response == "403 Forbidden" and "not for you" in exchange.response_body
    assert opening.asked(play.zato, f"{websockets.address}/refuse/404").status == 404
    assert opening.asked(play.zato, websockets.address).status == 101


def test_a_server_that_is_not_there(play: Play, websockets: WebSocketServer) -> None:
    """A port that nobody listens at is told as for HTTP."""
    websockets.close()
    for attempt in (opening.asked, lambda zato, url: opening.connect(zato, url, "feed")):
        with pytest.raises(Unreachable, match="Nothing listens at 127"):
            attempt(play.zato, websockets.address)


def test_tls(play: Play, tmp_path: Path, tls_server: list[WebSocketServer]) -> None:
    """Certificates are checked as for HTTP, and not where that is switched off."""
    authority = Authority(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.issue("server"))
    tls_server.append(server := WebSocketServer(context))
    with pytest.raises(TLSFailed, match="not trusted"):
        opening.connect(play.zato, server.address, "feed")
    play(f'Given CA file "{authority.ca_file}"')
    opening.connect(play.zato, server.address, "feed")
    play("Given TLS verification is off")
    opening.connect(play.zato, server.address, "feed")
    with client.used(play.zato, "feed") as connection:
        connection.send("text", b"a", 10)
        assert connection.take(lambda message: True, 10)
    told = [event.text for event in play.events if isinstance(event, Notice)]
    assert told == ["TLS verification is off: certificates are not checked"]
    play.zato.finish_scenario()


def test_client_certificates(play: Play, tmp_path: Path, tls_server: list[WebSocketServer]) -> None:
    """A server that wants to see a certificate is shown one."""
    authority = Authority(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.issue("server"))
    context.load_verify_locations(authority.ca_file)
    context.verify_mode = ssl.CERT_REQUIRED
    tls_server.append(server := WebSocketServer(context))
    certificate, key = authority.issue("client")
    play(f'Given CA file "{authority.ca_file}"')
    with pytest.raises((TLSFailed, Unreachable)):
        opening.connect(play.zato, server.address, "feed")
    play(f'Given client certificate "{certificate}" with key "{key}"')
    opening.connect(play.zato, server.address, "feed")
    play.zato.finish_scenario()


def test_the_driver_is_loaded_late() -> None:
    """Steps can be loaded without websocket-client."""
    code = "import sys, apitest.steps as s; from apitest.language import registry; registry.load(s.MODULES)"
    code += "; assert 'websocket' not in sys.modules and 'requests' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_sizes(play: Play, websockets: WebSocketServer) -> None:
    """What limits responses limits messages, too."""
    play('Given responses are limited to "10 B"')
    opening.connect(play.zato, websockets.address, "feed")
    with client.used(play.zato, "feed") as connection:
        connection.send("text", b"x" * 11, 10)
    with pytest.raises(CheckFailed, match="a message of more than 10 bytes"):
        client.receive(play.zato, "feed", lambda message: True)


def test_nothing_is_left(play: Play, websockets: WebSocketServer) -> None:
    """After many scenarios with WebSockets, good ones, refused ones and broken ones, no thread and no file is left."""

    def scenario() -> None:
        opening.connect(play.zato, websockets.address, "good")
        opening.connect(play.zato, websockets.address, "broken")
        with client.used(play.zato, "broken") as connection:
            connection.send("text", b'{"drop": true}', 10)
            connection.wait_for_end(10)
        with pytest.raises(CheckFailed):
            opening.connect(play.zato, f"{websockets.address}/refuse/403", "refused")
        play.zato.finish_scenario()
        play.zato.start_scenario()

    scenario()
    names = {thread.name for thread in threading.enumerate() if thread.name.startswith("WebSocket ")}
    before = len(list(FILES.iterdir())) if FILES.exists() else 0
    for _ in range(25):
        scenario()
    assert names == {thread.name for thread in threading.enumerate() if thread.name.startswith("WebSocket ")} == set()
    after = len(list(FILES.iterdir())) if FILES.exists() else 0
    assert after < before + 25  # the server's own ends close when it gets to it
