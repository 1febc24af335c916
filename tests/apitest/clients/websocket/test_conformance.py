"""The Autobahn cases for clients, which PyPI's kosoku serves: none of them fails."""

import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from apitest.clients.websocket.connection import WebSocketConnection
from apitest.clients.websocket.handshake import shake
from apitest.clients.websocket.settings import target
from apitest.errors import ApitestError
from tests.services.environments import environment
from tests.services.installation import Unavailable

LEFT_OUT = ("9.*", "12.*", "13.*")  # Speed, and compression, which is not offered
CASES = 247
_SIZE = 20_000_000
_SECONDS = 30.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the server that has the cases, and where its reports are."""
    try:
        program = environment("kosoku==0.1.0").with_name("kosoku")
    except Unavailable as reason:
        pytest.skip(f"kosoku: {reason}")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    reports = tmp_path_factory.mktemp("kosoku")
    leave_out = [part for case in LEFT_OUT for part in ("-x", case)]
    command = [str(program), "-m", "fuzzingserver", *leave_out, "-o", str(reports), address]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield f"ws://{address}", reports
        process.terminate()


def opened(url: str) -> WebSocketConnection:
    """A connection, as soon as the server is there."""
    end = monotonic() + _SECONDS
    while True:
        try:
            stream, handshake = shake(target(url, ""), {}, (), None, _SECONDS)
        except ConnectionRefusedError:
            assert monotonic() < end, "the server does not start"
            sleep(0.05)
        else:
            return WebSocketConnection("case", url, stream, handshake, size=_SIZE, kept=_SIZE * 10)


def echo(connection: WebSocketConnection) -> None:
    """Sends back whatever comes, until one end closes."""
    try:
        while message := connection.take(lambda each: True, _SECONDS):
            connection.send(message.type, message.body, _SECONDS)
    except ApitestError:
        pass
    finally:
        connection.close()


def written(index: Path) -> dict[str, dict[str, dict[str, str]]]:
    """What the server has written, as soon as all of it is there."""
    end = monotonic() + _SECONDS
    while True:
        try:
            found: dict[str, dict[str, dict[str, str]]] = json.loads(index.read_text("utf-8"))
            return found
        except (FileNotFoundError, json.JSONDecodeError):
            assert monotonic() < end, "the server does not write its report"
            sleep(0.05)


@pytest.mark.live
def test_no_case_fails(server: tuple[str, Path]) -> None:
    """Fragments, control frames, UTF-8, closing and what is forbidden are dealt with as RFC 6455 says."""
    url, reports = server
    asking = opened(f"{url}/getCaseCount")
    number = asking.take(lambda each: True, _SECONDS)
    asking.close()
    assert number and number.data == str(CASES)
    for case in range(1, CASES + 1):
        echo(opened(f"{url}/runCase?case={case}&agent=apitest"))
    echo(opened(f"{url}/updateReports?agent=apitest"))
    [cases] = written(reports / "index.json").values()
    bad = {"FAILED", "UNIMPLEMENTED"}
    assert len(cases) == CASES
    assert {name for name, case in cases.items() if {case["behavior"], case["behaviorClose"]} & bad} == set()
