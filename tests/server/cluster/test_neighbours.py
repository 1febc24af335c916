"""Tests of apitest_server.cluster.neighbours, with another server in a thread that answers as it is told."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from time import time

import pytest

from apitest_server.cluster.neighbours import Neighbours
from apitest_server.cluster.passes import Passes
from apitest_server.cluster.runs import Run
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
def passes(tmp_path: Path) -> Passes:
    return Passes(SecretKey(tmp_path), "called", time)


def called(passes: Passes, address: str, service: str = "a", payload: object = None) -> object:
    return Neighbours(passes).call(Run("called", "s2", "m", 1, address), service, payload)


def test_a_service_of_another_server_is_called(passes: Passes) -> None:
    """With a pass for that server alone, which is good for one call."""
    seen: list[tuple[str, str, bytes]] = []
    body = b'{"zato_env": {"result": "ZATO_OK", "cid": "1", "details": ""}, "a_b_c_response": {"x": 1}}'
    with answering(200, body, seen) as address:
        assert called(passes, address, "a.b-c", {"y": 2}) == {"x": 1}
        asked = Neighbours(passes).ask(Run("called", "s2", "m", 1, address), "a.b-c", {})
        assert asyncio.run(asked) == {"x": 1}
    (path, authorization, sent), _ = seen
    assert (path, sent) == ("/zato/json/a.b-c", b'{"y": 2}')
    shown = authorization.removeprefix("Bearer ")
    assert (passes.take(shown), passes.take(shown)) == (True, False)


def test_what_it_refuses_is_refused(passes: Passes) -> None:
    """With its own status and words; a server that does not know the pass has another key."""
    env = '{"zato_env": {"result": "ZATO_ERROR", "cid": "1", "details": "Not here"}}'
    for status, expected in ((404, "Not here"), (401, "has another key; servers of one ODB must share it")):
        with answering(status, env.encode(), []) as address, pytest.raises(HTTPError, match=expected) as refused:
            called(passes, address)
        assert refused.value.status == (404 if status == 404 else 503)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"zato_env": {"details": ""}, "a_response": []}'])
def test_what_is_no_server_of_ours_does_not_answer(passes: Passes, body: bytes) -> None:
    """Nor does one that is not there."""
    with answering(200, body, []) as address, pytest.raises(ServiceUnavailable, match="does not answer"):
        called(passes, address)
    with pytest.raises(ServiceUnavailable, match="The server `s2` at"):
        called(passes, address)


def test_several_servers_are_called(passes: Passes) -> None:
    """What those said that did not do it is told, with their names; there may be errors that do not matter."""
    envs = [b'{"zato_env": {"details": "Not here"}, "a_response": {}}'] * 3
    with answering(200, envs[0], []) as fine, answering(404, envs[1], []) as none, answering(500, envs[2], []) as bad:
        peers = [Run("called", f"s{number}", "m", 1, address) for number, address in enumerate((fine, none, bad))]
        neighbours = Neighbours(passes)
        assert neighbours.call_all(peers, "a", {}) == ["s1: Not here", "s2: Not here"]
        assert neighbours.call_all(peers, "a", {}, fine={404}) == ["s2: Not here"]
