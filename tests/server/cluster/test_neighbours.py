"""Tests of apitest_server.cluster.neighbours, with another server in a thread that answers as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from apitest_server.cluster.local import valid
from apitest_server.cluster.neighbours import call
from apitest_server.errors import HTTPError, ServiceUnavailable
from apitest_server.odb.key import SecretKey


@contextmanager
def answering(status: int, body: bytes, seen: list[tuple[str, str, bytes]]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, self.headers["Authorization"], sent))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def key(tmp_path: Path) -> SecretKey:
    made = SecretKey(tmp_path)
    made.create()
    return made


def test_a_service_of_another_server_is_called(key: SecretKey) -> None:
    """With a token that the shared key makes."""
    seen: list[tuple[str, str, bytes]] = []
    body = b'{"zato_env": {"result": "ZATO_OK", "cid": "1", "details": ""}, "a_b_c_response": {"x": 1}}'
    with answering(200, body, seen) as address:
        assert call(key, address, "a.b-c", {"y": 2}, 5.0) == {"x": 1}
    [(path, authorization, sent)] = seen
    assert (path, sent) == ("/zato/json/a.b-c", b'{"y": 2}')
    assert valid(key, authorization.removeprefix("Bearer "))


def test_what_it_refuses_is_refused(key: SecretKey) -> None:
    """With its own status and words; a server that does not know the token has another key."""
    env = '{"zato_env": {"result": "ZATO_ERROR", "cid": "1", "details": "Not here"}}'
    for status, expected in ((404, "Not here"), (401, "has another key; servers of one ODB must share it")):
        with answering(status, env.encode(), []) as address, pytest.raises(HTTPError, match=expected) as refused:
            call(key, address, "a", {}, 5.0)
        assert refused.value.status == (404 if status == 404 else 503)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}"])
def test_what_is_no_server_of_ours_does_not_answer(key: SecretKey, body: bytes) -> None:
    """Nor does one that is not there."""
    with answering(200, body, []) as address, pytest.raises(ServiceUnavailable, match="does not answer"):
        call(key, address, "a", {}, 5.0)
    with pytest.raises(ServiceUnavailable, match="does not answer"):
        call(key, address, "a", {}, 5.0)
