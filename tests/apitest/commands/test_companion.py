"""The companion server as a process: it starts, it answers, and it never stays behind."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from apitest.commands.companion import CompanionServer, port_is_free
from apitest.errors import ProjectError
from tests.apitest.processes import gone, wait_until
from tests.ports import free_port

pytestmark = pytest.mark.live

CONF = """
[main]
name = test

[rest]
    [[hello]]
    path = /hello
    service = hello.hello
"""
SERVICE = """
from zato.server.service import Service

class Hello(Service):
    name = "hello.hello"

    def handle(self):
        print("x" * 200_000)
        self.response.payload = {"hello": "world"}
"""
PARENT = """
import os, signal, sys
from pathlib import Path
from apitest.commands.companion import CompanionServer

server = CompanionServer(Path(sys.argv[1]), port=int(sys.argv[2]))
print(server.start(), server.pid, flush=True)
if "keep" in sys.argv:
    server.leave_running()
if "wait" in sys.argv:
    signal.pause()
os._exit(0)
"""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A server's directory with one service."""
    (tmp_path / "services").mkdir()
    (tmp_path / "server.conf").write_text(CONF)
    (tmp_path / "services" / "hello.py").write_text(SERVICE)
    return tmp_path


def answer(address: str) -> str:
    """What /hello answers."""
    with urllib.request.urlopen(f"{address}/hello", timeout=10) as response:
        return str(response.read().decode())


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


def parent(directory: Path, *options: str) -> tuple[subprocess.Popen[str], str, int]:
    """A process that has started the server: itself, the server's address and the server's process ID."""
    command = [sys.executable, "-c", PARENT, str(directory), str(free_port()), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    address, pid = process.stdout.readline().split()
    process.stdout.close()
    return process, address, int(pid)


def test_it_answers_until_it_is_stopped(directory: Path) -> None:
    """Within the block the server answers, also one that prints much; after it, neither process nor port is there."""
    with CompanionServer(directory, port=free_port()) as server:
        address, pid = server.address, server.pid
        assert answer(address) == answer(address) == '{"hello":"world"}'
    assert (server.pid, server.address) == (0, "")
    assert gone(pid)
    assert port_is_free(port_of(address))


def test_its_log_is_in_its_directory(directory: Path) -> None:
    """What services print is in server.log, or in the file that was named."""
    log = directory / "other.log"
    with CompanionServer(directory, log=log) as server:
        answer(server.address)
    assert "x" * 1000 in log.read_text()
    assert not (directory / "server.log").exists()


def test_stopping_twice_is_stopping_once(directory: Path) -> None:
    """A server that does not run can be stopped."""
    server = CompanionServer(directory)
    server.stop()
    server.start()
    server.stop()
    server.stop()
    assert server.pid == 0


def test_a_server_that_cannot_start_says_why(directory: Path) -> None:
    """The error has the log's last lines, and no process is left."""
    (directory / "server.conf").write_text("[main]\nhost = 127.0.0.1\ncolour = red\n")
    server = CompanionServer(directory)
    with pytest.raises(ProjectError) as caught:
        server.start()
    assert "colour" in caught.value.excerpt
    assert str(directory / "server.log") in caught.value.fix
    assert server.pid == 0


def test_an_error_in_the_block_stops_it(directory: Path) -> None:
    """The server stops when the block is left by an error."""
    server = CompanionServer(directory)
    with pytest.raises(KeyboardInterrupt), server:
        pid = server.pid
        raise KeyboardInterrupt
    assert gone(pid)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT, signal.SIGHUP])
def test_it_ends_with_the_process_that_started_it(directory: Path, number: signal.Signals) -> None:
    """Whatever signal ends the parent and its process group, the server ends and its port is free."""
    process, address, pid = parent(directory, "wait")
    assert answer(address)
    os.killpg(process.pid, number)
    process.wait()
    wait_until(lambda: gone(pid))
    assert port_is_free(port_of(address))


def test_it_ends_with_a_process_that_just_exits(directory: Path) -> None:
    """A parent that exits without stopping its server takes it along."""
    process, _, pid = parent(directory)
    process.wait()
    wait_until(lambda: gone(pid))


def test_left_running_it_outlives_the_process_that_started_it(directory: Path) -> None:
    """A server that was told so goes on, and still answers where its services print."""
    process, address, pid = parent(directory, "keep")
    process.wait()
    try:
        assert answer(address) == answer(address) == '{"hello":"world"}'
    finally:
        os.kill(pid, signal.SIGTERM)
    wait_until(lambda: gone(pid))


def test_left_running_it_is_not_stopped_by_the_block(directory: Path) -> None:
    """The end of the block leaves a server alone that was told to go on."""
    with CompanionServer(directory) as server:
        server.leave_running()
    assert server.left_running
    assert answer(server.address)
    server.stop()
