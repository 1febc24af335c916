import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from apitest_server.errors import NotRunning
from apitest_server.process import health
from apitest_server.process.lock import Running


@contextmanager
def answering(*answers: tuple[int, object]) -> Iterator[str]:
    """A server that gives one answer after the other, and the last one again and again."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, document = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(document).encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def runs_at(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(health, "running", lambda directory: Running(1, address, 0.0))


def test_a_server_is_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Until it is ready; without waiting, what it is now."""
    bad, good = {"checks": {"odb": "failed"}}, {"checks": {"odb": "ok"}}
    with answering((503, bad), (503, bad), (200, good)) as address:
        runs_at(monkeypatch, address)
        assert health.health(tmp_path, 0) == (address, False, {"odb": "failed"})
        assert health.health(tmp_path, 60) == (address, True, {"odb": "ok"})


def test_what_is_no_answer_of_a_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Is told with the address."""
    with answering((200, [1])) as address:
        runs_at(monkeypatch, address)
        with pytest.raises(NotRunning, match="The server does not answer"):
            health.health(tmp_path, 0.2)


def test_no_server_runs(tmp_path: Path) -> None:
    """As with the other commands."""
    with pytest.raises(NotRunning, match="No server is running"):
        health.health(tmp_path, 0)
