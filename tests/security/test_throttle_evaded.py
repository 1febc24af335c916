"""Guesses that go round the throttle, or turn it against those who know their passwords."""

import asyncio
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Event

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.errors import Unauthorized
from apitest_server.security import authentication as module
from apitest_server.security import passwords
from apitest_server.security.authentication import Authentication
from apitest_server.security.devices import NAME
from apitest_server.security.throttle import FREE, FREE_OF_A_PLACE, LONGEST, SIZE
from tests.attempts import Attempts
from tests.security.outside import Outside, outside, until
from tests.server.asgi import scope

PING = "/zato/json/zato.ping"
CONF = "[main]\ntrusted_proxies = 127.0.0.1\n"
# What clients send to be taken for somebody else; {} is new with each request
PRETENCES = (
    {"X-Forwarded-For": "10.0.0.{}"},
    {"X-Forwarded-For": "10.0.0.{}, 127.0.0.1", "X-Real-IP": "10.0.0.{}", "X-Client-IP": "10.0.0.{}"},
    {"Forwarded": "for=10.0.0.{}", "True-Client-IP": "10.0.0.{}", "CF-Connecting-IP": "10.0.0.{}"},
)
# The same behind a proxy that adds the address which it was called from
BEHIND_A_PROXY = (
    {"X-Forwarded-For": "10.0.0.{}, 203.0.113.9"},
    {"X-Forwarded-For": "10.0.0.{}, 10.1.0.{}, 127.0.0.1, 203.0.113.9"},
    {"X-Forwarded-For": "x{}, 203.0.113.9", "Forwarded": "for=10.0.0.{}"},
)


def called(server: Outside, username: str, password: str, **headers: str) -> tuple[int, str]:
    """Status and cookie of one request on a connection of its own."""
    connection = HTTPConnection(server.host, server.port, timeout=60)
    credentials = b64encode(f"{username}:{password}".encode()).decode()
    connection.request("GET", PING, headers={"Authorization": f"Basic {credentials}", **headers})
    response = connection.getresponse()
    response.read()
    connection.close()
    cookie = SimpleCookie(response.headers.get("Set-Cookie", ""))
    return response.status, cookie[NAME].value if NAME in cookie else ""


def is_slowed_down(server: Outside, username: str, pretence: dict[str, str]) -> bool:
    """Whether somebody who keeps guessing is refused a second attempt beside one that has to wait."""

    def guess(number: int) -> int:
        headers = {name: value.replace("{}", str(number)) for name, value in pretence.items()}
        return called(server, username, f"wrong {number}", **headers)[0]

    for number in range(FREE + 3):
        assert guess(number) == 401
    with ThreadPoolExecutor(5) as pool:
        return 429 in pool.map(guess, range(100, 105))


@pytest.mark.parametrize(("conf", "pretences"), [("", PRETENCES), (CONF, BEHIND_A_PROXY)])
def test_headers_do_not_make_somebody_else(
    tmp_path: Path, conf: str, pretences: tuple[dict[str, str], ...], attempts: Attempts
) -> None:
    """Without trusted proxies none counts; with one, only what the proxy itself has added."""
    with outside(tmp_path, conf) as server:
        for number, pretence in enumerate(pretences):
            attempts.held(is_slowed_down(server, f"somebody {number}", pretence), str(pretence))
        if conf:
            assert called(server, "somebody 0", "wrong", **{"X-Forwarded-For": "203.0.113.10"})[0] == 401


def test_guesses_lock_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attempts: Attempts) -> None:
    """While the administrator's password is guessed from one address, the command line works.

    So does the administrator elsewhere, and at that address with a client that has signed in before.
    """
    monkeypatch.setenv("APITEST_ADMIN_PASSWORD", "right")
    stop, seen = Event(), set[int]()

    def guess(server: Outside) -> None:
        while not stop.is_set():
            seen.add(called(server, "admin", os.urandom(8).hex())[0])

    command = [sys.executable, "-m", "apitest_server", "invoke", "zato.ping", "--dir", str(tmp_path)]
    with outside(tmp_path, CONF) as server, ThreadPoolExecutor(4) as pool:
        device = called(server, "admin", "right")[1]
        guessing = [pool.submit(guess, server) for _ in range(4)]
        try:
            until(lambda: 429 in seen, "guesses are refused")
            for _ in range(20):
                attempts.held(called(server, "admin", "right", Cookie=f"{NAME}={device}")[0] == 200, "a known device")
                elsewhere = called(server, "admin", "right", **{"X-Forwarded-For": "203.0.113.10"})[0]
                attempts.held(elsewhere == 200, f"at another address: {elsewhere}")
            ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
            attempts.held("zato" in ran.stdout, f"the command line: {ran.stderr}")
        finally:
            stop.set()
            for one in guessing:
                one.result()


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """How long callers were made to wait; nobody really does, and nothing is hashed."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(module.asyncio, "sleep", sleep)
    monkeypatch.setattr(passwords, "_fits", lambda stored, given: False)
    return found


def test_invented_names_flush_nothing(waited: list[float], attempts: Attempts) -> None:
    """As many as the throttle remembers, and more: all of them wait as long as one does, in bounded memory."""
    authentication = Authentication([SecurityDefinition("a", "basic-auth", username="u", password="p")])

    async def guess(name: str) -> None:
        credentials = b64encode(f"{name}:x".encode()).decode()
        with pytest.raises(Unauthorized):
            await authentication.user("a", scope("GET", "/", {"Authorization": f"Basic {credentials}"}))

    async def guess_all() -> None:
        for number in range(10_400):
            await guess(f"name {number}")
        assert len(authentication._callers) == SIZE
        for number in range(10_400 - FREE_OF_A_PLACE - 10):
            attempts.held(waited[number + 10] == LONGEST, f"attempt {number} waits {waited[number + 10]}")
        await guess("u")
        attempts.held(waited[-1] == LONGEST, "the first attempt for the real name does not wait")

    asyncio.run(guess_all())
    authentication.close()


def test_a_name_of_200_kilobytes_is_not_read(tmp_path: Path, attempts: Attempts) -> None:
    """Neither are 2,500 of them kept: the head of a request ends before."""
    with outside(tmp_path) as server:
        for number in range(50):
            status, _ = called(server, f"{number}" + "n" * 200_000, "x")
            attempts.held(status == 431, f"name {number}: {status}")
