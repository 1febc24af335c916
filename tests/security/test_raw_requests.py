"""Requests as no library writes them: each is answered or refused, nothing is smuggled, and nobody else notices."""

from collections.abc import Iterator

import pytest

from tests.attempts import Attempts
from tests.security.outside import Outside, outside, read_all, responses

SERVICES = """\
from zato.server.service import Service
class Echo(Service):
    name = "echo"
    def handle(self):
        self.response.payload = {"raw": str(self.request.raw_request), "headers": dict(self.request.http.headers)}
class Status(Service):
    name = "status"
    async def handle(self):
        self.response.status_code = int(self.request.http.params["code"])
        self.response.headers = {"Transfer-Encoding": "chunked", "Content-Length": "1"}
        self.response.payload = {"some": "body"}
"""
CONF = """\
[websocket]
[[events]]
path = /events
service = echo
[rest]
[[echo]]
path = /echo
service = echo
[[status]]
path = /status/{code}
service = status
"""
POST = b"POST /echo HTTP/1.1\r\nContent-Type: text/plain\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\n\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(SMUGGLED)
# What is written -> the statuses that it may be answered with, before those of the request that follows it
REQUESTS = {
    "HTTP/1.0": (b"GET /echo HTTP/1.0\r\n\r\n", {200}),
    "HTTP/0.9": (b"GET /echo\r\n\r\n", {200, 400}),
    "HTTP/1.2": (b"GET /echo HTTP/1.2\r\n\r\n", {400, 505}),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}),
    "TLS": (bytes.fromhex("16030100a5010000a1030345") + bytes(160), {400}),
    "OPTIONS": (b"OPTIONS /echo HTTP/1.1\r\n\r\n", {200}),
    "OPTIONS of everything": (b"OPTIONS * HTTP/1.1\r\n\r\n", {404}),
    "an absolute target": (b"GET http://elsewhere/echo HTTP/1.1\r\n\r\n", {200}),
    "an absolute target with a wrong port": (b"GET http://elsewhere:99999/echo HTTP/1.1\r\n\r\n", {400}),
    "CONNECT": (b"CONNECT elsewhere:443 HTTP/1.1\r\n\r\n", {400, 404, 405}),
    "an unknown method": (b"EAT /echo HTTP/1.1\r\n\r\n", {400, 405, 501}),
    "a NUL in the path": (b"GET /ec\0ho HTTP/1.1\r\n\r\n", {400}),
    "an escaped NUL in the path": (b"GET /echo%00 HTTP/1.1\r\n\r\n", {400, 404}),
    "no UTF-8 in the path": (b"GET /%ff%fe HTTP/1.1\r\n\r\n", {400, 404}),
    "no path": (b"GET  HTTP/1.1\r\n\r\n", {400}),
    "a NUL in a header": (b"GET /echo HTTP/1.1\r\nA: b\0c\r\n\r\n", {400}),
    "a folded header": (b"GET /echo HTTP/1.1\r\nA: b\r\n c\r\n\r\n", {400}),
    "a blank before the colon": (b"GET /echo HTTP/1.1\r\nA : b\r\n\r\n", {400}),
    "a header of bytes": (b"GET /echo HTTP/1.1\r\nA: \xff\xfe\r\n\r\n", {200}),
    "line feeds only": (b"GET /echo HTTP/1.1\n\n", {400}),
    "carriage returns only": (b"GET /echo HTTP/1.1\r\r", {400}),
    "a length with a sign": (POST + b"Content-Length: +2\r\n\r\nab", {400}),
    "a negative length": (POST + b"Content-Length: -1\r\n\r\n", {400}),
    "a blank before the length's colon": (POST + b"Content-Length : 2\r\n\r\nab", {400}),
    "a length beyond 64 bits": (POST + b"Content-Length: 99999999999999999999999\r\n\r\n", {400, 413}),
    "two lengths": (POST + LENGTH + b"Content-Length: 0\r\n\r\n" + SMUGGLED, {400}),
    "two lengths in one": (POST + b"Content-Length: 2, 2\r\n\r\nab", {400}),
    "length and chunks": (POST + LENGTH + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED, {400}),
    "chunks and length": (CHUNKED + LENGTH + b"\r\n0\r\n\r\n" + SMUGGLED, {400}),
    "two codings": (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "chunks within a coding": (POST + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", {400, 501}),
    "two headers of codings": (CHUNKED + b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n", {400, 501}),
    "an unknown coding": (POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "a coding with a tabulator": (POST + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "chunks in HTTP/1.0": (CHUNKED.replace(b"1.1", b"1.0") + b"\r\n2\r\nab\r\n0\r\n\r\n", {200, 400}),
    "a chunk's size with a sign": (CHUNKED + b"\r\n-1\r\nab\r\n0\r\n\r\n", {400}),
    "a chunk's size with a prefix": (CHUNKED + b"\r\n0x2\r\nab\r\n0\r\n\r\n", {400}),
    "a chunk's size beyond 64 bits": (CHUNKED + b"\r\nfffffffffffffffff\r\nab\r\n0\r\n\r\n", {400}),
    "chunks that end with line feeds": (CHUNKED + b"\r\n2\nab\n0\n\n", {400}),
    "a chunk that is longer than it says": (CHUNKED + b"\r\n2\r\nabc\r\n0\r\n\r\n", {400}),
    "a chunk with an extension": (CHUNKED + b"\r\n2;a=b\r\nab\r\n0\r\n\r\n", {200}),
    "a chunk with a huge extension": (CHUNKED + b"\r\n2;" + b"a" * 500_000 + b"\r\nab\r\n0\r\n\r\n", {431}),
    "many chunks with extensions": (CHUNKED + b"\r\n" + (b"1;" + b"a" * 3000 + b"\r\na\r\n") * 200, {431}),
    "many trailers": (CHUNKED + b"\r\n0\r\n" + b"A: b\r\n" * 90_000 + b"\r\n", {431}),
    "a trailer that is a length": (CHUNKED + b"\r\n0\r\nContent-Length: 5\r\n\r\n", {200, 400}),
    "an unknown expectation": (POST + b"Content-Length: 2\r\nExpect: everything\r\n\r\nab", {200, 417}),
    "an expectation in HTTP/1.0": (
        POST.replace(b"1.1", b"1.0") + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\nab",
        {200},
    ),
    "an unknown charset": (
        b"POST /echo HTTP/1.1\r\nContent-Type: a/b;charset=zlib\r\nContent-Length: 2\r\n\r\nab",
        {200},
    ),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    with outside(tmp_path_factory.mktemp("raw") / "server", CONF, services=SERVICES) as server:
        yield server


def test_each_request_is_answered_or_refused(server: Outside, attempts: Attempts) -> None:
    """With a status that fits and a cid; what stands in a body is never a request of its own."""
    for what, (data, statuses) in REQUESTS.items():
        first, *others = responses(server.said(data))
        held = first.status in statuses and "x-zato-cid" in first.headers and all(one.status == 200 for one in others)
        attempts.held(held and b"smuggled" not in b"".join(one.body for one in others), f"{what}: {first}, {others}")
    assert "smuggled" not in server.log
    assert server.ping() == 200


@pytest.mark.parametrize("upgrade", [b"h2c", b"websocket", b"TLS/1.0", b"x, h2c", b""])
@pytest.mark.parametrize("framing", ["length", "chunked", "apart"])
def test_the_body_of_a_request_that_asks_for_an_upgrade_is_its_body(
    server: Outside, attempts: Attempts, upgrade: bytes, framing: str
) -> None:
    """It is not lost, and no part of it is a request; those that follow it are answered."""
    head = POST + b"Connection: Upgrade\r\nUpgrade: " + upgrade + b"\r\n"
    if framing == "chunked":
        body = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(SMUGGLED), SMUGGLED)
    else:
        body = LENGTH + b"\r\n" + SMUGGLED
    with server.connect() as client:
        client.sendall(head if framing == "apart" else head + body)
        if framing == "apart":  # Byte by byte, as a slow network brings it
            for byte in body:
                client.sendall(bytes([byte]))
        client.sendall(b"HEAD /echo HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
        client.sendall(b"GET /echo HTTP/1.1\r\nConnection: close\r\n\r\n")
        found = responses(b"".join(iter(lambda: client.recv(65536), b"")), "PHG")
    told = [(one.status, b"smuggled" in one.body) for one in found]
    attempts.held(told == [(200, True), (200, False), (200, False)], f"{upgrade!r} {framing}: {found}")


def test_trailers_are_not_headers(server: Outside, attempts: Attempts) -> None:
    """A proxy takes away headers that a client must not send; it does not look for them behind the body."""
    for name in (b"Authorization", b"X-Forwarded-For", b"X-User", b"Cookie", b"Host"):
        (answer, _) = responses(server.said(CHUNKED + b"\r\n2\r\nab\r\n0\r\n%b: evil\r\n\r\n" % name))
        attempts.held(answer.status == 200 and b"evil" not in answer.body, f"{name!r}: {answer}")


def test_a_client_that_expects_to_be_told_to_go_on_is_told(server: Outside) -> None:
    """Unless its body will be refused."""
    with server.connect() as client:
        client.sendall(POST + b"Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"ab")
        assert client.recv(100).startswith(b"HTTP/1.1 200 OK")
    with server.connect() as client:
        client.sendall(POST + b"Content-Length: 20000000\r\nExpect: 100-continue\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("code", [200, 204, 205, 304, 404, 500])
def test_where_a_response_ends_is_beyond_doubt(server: Outside, attempts: Attempts, code: int) -> None:
    """Whatever a service says of its length: what follows a response is the next one."""
    for method in ("GET", "HEAD"):
        said = server.said(f"{method} /status/{code} HTTP/1.1\r\n\r\n".encode())
        first, second = responses(said, method[0] + "G")
        held = first.status == code and "transfer-encoding" not in first.headers and second.status == 200
        attempts.held(held, f"{method} {code}: {said!r}")


@pytest.mark.parametrize(
    "frames", [b"", b"\x81\x85\0\0\0\0hello", b"\x89\x80\0\0\0\0", b"\xff\xff", b"GET / HTTP/1.1\r\n\r\n"]
)
def test_frames_that_come_with_the_handshake_are_answered_after_it(server: Outside, frames: bytes) -> None:
    """Then the connection is closed, as the last of them asks for."""
    shake = (
        b"GET /events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    )
    shake += b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    with server.connect() as client:
        client.sendall(shake + frames + b"\x88\x80\0\0\0\0")
        said = read_all(client)
    assert said.startswith(b"HTTP/1.1 101 ")
    assert b"\x88" in said.partition(b"\r\n\r\n")[2]
    assert "Traceback" not in server.log
