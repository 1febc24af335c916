"""Requests that go straight to their server; what a scenario sees of them is in test_client.py."""

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import RemoteDisconnected
from typing import Any

import pytest

from apitest.clients.http.direct import Direct
from apitest.clients.http.limits import Limits, TooLarge
from apitest.clients.http.message import Headers, Outgoing, Received
from apitest.clients.http.settings import RequestSettings
from tests.apitest.web import WebServer

SIZE = 1_000_000


@pytest.fixture
def direct() -> Iterator[Direct]:
    """The transport, with a minute for an exchange."""
    limits = Limits()
    limits.start(60)
    made = Direct(limits, True)
    yield made
    made.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Starts a server that answers each connection with the bytes given for it; returns its address."""
    listening: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def start(*answers: bytes, reads: int = 65_536) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)

        def run() -> None:
            with suppress(OSError):  # the test is over
                for data in answers:
                    connection, _ = server.accept()
                    with connection, suppress(OSError):
                        connection.recv(reads)
                        connection.sendall(data)

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/"

    yield start
    for server in listening:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
    for thread in threads:
        thread.join()


def get(direct: Direct, url: str, method: str = "GET", body: bytes | None = None, **settings: Any) -> Received:
    """The answer to a request."""
    headers = Headers([] if body is None else [("Content-Length", str(len(body)))])
    return direct.send(Outgoing(method, url, headers, body), RequestSettings(**settings), SIZE)


def test_a_connection_is_used_again(direct: Direct, web: WebServer) -> None:
    """Requests to one server share a connection, whatever was answered."""
    accepted: list[int] = []
    get_request = web.get_request
    web.get_request = lambda: (accepted.append(1), get_request())[1]  # type: ignore[method-assign]
    for path in ("/echo", "/status/500", "/empty", "/chunks", "/gzip", "/redirect?to=/echo"):
        assert get(direct, web.address + path).url == web.address + path
    assert get(direct, f"{web.address}/echo", "HEAD").content == b""
    assert accepted == [1]


def test_a_connection_that_ended_is_not(direct: Direct, serve: Callable[..., str]) -> None:
    """A server may close a connection that it said nothing of, and one with bytes that nobody asked for is not used."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"
    url = serve(answer + b"a", answer + b"b", answer + b"cHTTP/1.1 200 OK\r\n", answer + b"d")
    for expected in (b"a", b"b", b"c", b"d"):
        assert get(direct, url).content == expected
        for kept in direct._idle.values():
            select.select([kept.stream._sock], [], [], 60)  # until the end has come


def test_an_early_answer(direct: Direct, serve: Callable[..., str]) -> None:
    """A server that refuses a large body without reading it is heard, or has hung up; nothing waits."""
    url = serve(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", reads=10)
    # The system may throw away the answer together with what was not read.
    with suppress(RemoteDisconnected, ConnectionResetError):
        assert get(direct, url, "POST", bytes(50_000_000)).status_code == 413


def test_no_answer(direct: Direct, serve: Callable[..., str]) -> None:
    """A server that hangs up without a word has disconnected."""
    with pytest.raises(RemoteDisconnected):
        get(direct, serve(b""))


def test_broken_pages_of_redirects(direct: Direct, serve: Callable[..., str]) -> None:
    """A page that nobody looks at may be broken, but not too large."""
    broken = b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: %d\r\n\r\nhalf"
    assert get(direct, serve(broken % 100)).content == b""
    with pytest.raises(TooLarge):
        get(direct, serve(broken % 10_000_000))


def test_idle_connections_are_few(direct: Direct, serve: Callable[..., str]) -> None:
    """A run that asks many servers keeps the connections to the last ones only."""
    for _ in range(12):
        get(direct, serve(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
    assert len(direct._idle) == 10
    direct.close()
    assert not direct._idle
