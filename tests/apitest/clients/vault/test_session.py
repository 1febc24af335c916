"""apitest.clients.vault.session: what a Vault's answer may take of time and memory."""

from collections.abc import Callable

import pytest

from apitest.clients.vault.connection import VaultConnection
from apitest.clients.vault.settings import VaultSettings
from apitest.errors import ApitestError, TimedOut, Unreachable
from tests.attempts import Attempts
from tests.hostile.server import Hostile, Peer, answer
from tests.hostile.test_time import DRIPS


@pytest.fixture
def hostile() -> object:
    server = Hostile()
    yield server
    server.close()


def _read(hostile: Hostile, behave: Callable[[Peer], None]) -> ApitestError | None:
    hostile.behave = behave
    try:
        VaultConnection(VaultSettings(hostile.address, "token-1234", timeout=0.3), lambda secret: None).read("a/b#c")
    except ApitestError as error:
        return error
    return None


def test_time(hostile: Hostile, attempts: Attempts) -> None:
    """A Vault that sends a little now and then is given up when time is over."""
    for name in set(DRIPS) - {"a request taken byte by byte", "a request that nobody reads", "redirects"}:
        error = _read(hostile, DRIPS[name])
        attempts.held(isinstance(error, TimedOut), f"{name}: {type(error).__name__} {error}")


def test_size(hostile: Hostile, attempts: Attempts) -> None:
    """An answer that is larger than a secret can be is not read to its end."""

    def flood(peer: Peer) -> None:
        while peer.request():
            peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000000\r\n\r\n")

    error = _read(hostile, flood)
    attempts.held(isinstance(error, Unreachable) and "more than" in error.problem, str(error))


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"1", b'"x"', b"", b'{"data": 1}', b'{"data": {"data": [1]}}'])
def test_not_a_vault(hostile: Hostile, body: bytes) -> None:
    """What answers like no Vault is told so, not crashed on."""
    hostile.answers(answer(body))
    assert _read(hostile, hostile.behave) is not None
