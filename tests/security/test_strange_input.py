"""Input of strange types and shapes, from strangers and for each internal service: none is an error of the server."""

import json
from itertools import product
from pathlib import Path

import pytest

from apitest_server.security import authentication, passwords
from tests.attempts import Attempts
from tests.server.asgi import served

VALUES: tuple[object, ...] = (
    None, "", 0, 1, True, [], {}, [["a"]], {"a": 1}, "x" * 20_000, "\0", "\ud800", "é", "a\r\nb", 1e308, -1, 10**30,
    "%s{0}",
)  # fmt: skip
BODIES = (
    b"[]", b"[{}]", b'[{"token": "x"}]', b'[{"username": "a", "password": "b"}]', b"null", b"5", b'"x"', b"{",
    b"\xff\xfe",
    b"[" * 100_000, b'{"token":' + b"[" * 50_000 + b"]" * 50_000 + b"}", b'{"token": 1e999}',
    b'{"username": "a", "username": 1}',
)  # fmt: skip
KINDS = ("application/json", "application/x-www-form-urlencoded", "text/xml", "multipart/form-data; boundary=x", "")
PAYLOADS: tuple[object, ...] = (
    [], [{}], [1], "x", {}, {"id": 10**30}, {"id": -(10**30)}, {"id": "x"}, {"id": None}, {"id": [1]}, {"name": ["a"]},
    {"name": "\0"}, {"name": "\ud800"}, {"name": {"a": 1}}, {"name": "x" * 20_000}, {"query": "%_\\"}, {"cur_page": -1},
)  # fmt: skip
# It is made to break its promise; the others stop the server or take long
LEFT_OUT = ("zato.checks.sio.missing-output", "zato.helpers.sleep")


def test_strangers_cause_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attempts: Attempts) -> None:
    """Log-in and log-out are for everybody; whatever comes is answered with 400 or 401."""

    async def sleep(seconds: float) -> None:
        """Nobody waits here."""

    monkeypatch.setattr(authentication.asyncio, "sleep", sleep)
    monkeypatch.setattr(passwords, "_fits", lambda stored, given: False)
    with served(tmp_path) as client:
        client.result("zato.security.jwt.create", {"name": "a", "username": "a", "password": "b"})
        sent = [("in", {"username": one, "password": two}) for one, two in product(VALUES, VALUES)]
        sent += [("out", {"token": value}) for value in VALUES]
        for path, message in sent:
            body = json.dumps(message).encode()
            answer = client.request("POST", f"/zato/jwt/log-{path}", {"Content-Type": "application/json"}, body)
            attempts.held(answer.status in (400, 401), f"{path} {message}: {answer.status}")
        for path, body, kind in product(("/zato/jwt/log-in", "/zato/jwt/log-out", "/zato/ping"), BODIES, KINDS):
            answer = client.request("POST", path, {"Content-Type": kind}, body)
            attempts.held(answer.status < 500, f"{path} {body[:40]!r} as {kind}: {answer.status}")


def test_administrators_cause_no_error(tmp_path: Path, attempts: Attempts) -> None:
    """Each internal service, with what it does not expect."""
    with served(tmp_path) as client:
        for service, payload in product(client.app.store.names(), PAYLOADS):
            if service not in LEFT_OUT:
                answer = client.call(service, payload)
                attempts.held(answer.status != 500, f"{service} {payload!r:.60}: {answer.text}")
