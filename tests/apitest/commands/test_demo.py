"""`apitest demo`: it passes, it says what comes next, and an interruption leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from apitest.cli import main
from apitest.commands import demo
from apitest.commands.companion import CompanionServer, port_is_free
from apitest.errors import UsageError
from tests.apitest.command_line import apitest, environment
from tests.apitest.processes import gone, wait_until
from tests.ports import free_port

_ADDRESS = re.compile(r"address = http://127\.0\.0\.1:(\d+)")


def port_of(project: Path) -> int:
    """The port of the server that a project is set to."""
    found = _ADDRESS.search((project / "features" / "config.ini").read_text("utf-8"))
    assert found
    return int(found[1])


@pytest.mark.live
def test_all_of_it_passes(tmp_path: Path) -> None:
    """The demo ends with 0, tells what comes next, and leaves no open port behind."""
    ran = apitest(tmp_path, "demo", "a project", "--port", str(free_port()))
    assert ran.status == 0, ran.output
    assert "32 scenarios passed" in ran.output
    assert "failed" not in ran.output
    assert "Open first       a project/features/01_first_steps.feature" in ran.output
    assert "In a browser     a project/report.html" in ran.output
    assert "apitest run 'a project'" in ran.output
    assert (tmp_path / "a project" / demo.FIRST).is_file()
    assert port_is_free(port_of(tmp_path / "a project"))


@pytest.mark.live
def test_it_can_be_run_again(tmp_path: Path) -> None:
    """The commands that the demo tells work: the project's server starts on the project's port, the project passes."""
    apitest(tmp_path, "demo", "project", "--port", str(free_port()))
    project = tmp_path / "project"
    with CompanionServer(project, port=port_of(project)):
        assert apitest(tmp_path, "run", "project").status == 0


@pytest.mark.live
def test_the_server_can_be_kept(tmp_path: Path) -> None:
    """With --keep-server the server's address and how to stop it are told, and the project can be run at once."""
    ran = apitest(tmp_path, "demo", "project", "--keep-server", "--port", str(free_port()))
    address = re.search(r"^Its server +http://127\.0\.0\.1:(\d+)$", ran.output, re.MULTILINE)
    stop = re.search(r"^Stop its server  kill (\d+)$", ran.output, re.MULTILINE)
    assert address, ran.output
    assert stop, ran.output
    assert re.search(
        r"^Web-admin +http://127\.0\.0\.1:\d+/zato/admin/\n +admin, password: \S+$", ran.output, re.MULTILINE
    )
    pid = int(stop[1])
    try:
        assert apitest(tmp_path, "run", "project").status == 0
    finally:
        os.kill(pid, signal.SIGTERM)
    wait_until(lambda: gone(pid))
    assert port_is_free(int(address[1]))


@pytest.mark.live
def test_another_port_will_do(tmp_path: Path) -> None:
    """Where the port is taken, the project and its server's settings name the one that was used."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        held = taken.getsockname()[1]
        ran = apitest(tmp_path, "demo", "project", "--port", str(held))
    assert ran.status == 0, ran.output
    port = port_of(tmp_path / "project")
    assert port not in (held, demo.USUAL_PORT)
    assert f"port = {port}\n" in (tmp_path / "project" / "server.conf").read_text("utf-8")


def test_the_usual_port_is_the_one_of_the_project() -> None:
    """The sample project as it is copied names the usual port, so that it runs without a change."""
    assert port_of(demo.source()) == demo.USUAL_PORT
    assert f"port = {demo.USUAL_PORT}\n" in (demo.source() / "server.conf").read_text("utf-8")
    [option] = [one for one in main.commands["demo"].params if one.name == "port"]
    assert option.default == demo.USUAL_PORT


@pytest.mark.parametrize("name", ["full", "full/file"])
def test_what_is_there_is_left_alone(tmp_path: Path, name: str) -> None:
    """A directory with something in it, or a file, is refused."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    with pytest.raises(UsageError, match="is not empty"):
        demo.copy(tmp_path / name)


def test_a_directory_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    """The error says which directory, and why."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"cannot be copied to .*file/below: Not a directory"):
        demo.copy(tmp_path / "file" / "below")


def interrupted(directory: Path, number: signal.Signals, *options: str) -> tuple[int, str, int, int]:
    """Starts a demo whose second scenario waits, and sends its process group a signal then.

    Returns:
        Its exit status, what it printed, the process ID of its server and the server's port.
    """
    code = (
        "import sys; from pathlib import Path; from apitest.commands import companion, demo\n"
        "copied = demo.copy\n"
        "def copy(directory):\n"
        "    path = copied(directory) / 'features' / '00.feature'\n"
        "    path.write_text('Feature: Wait\\n  Scenario: One\\n    Given I proceed further\\n"
        '  Scenario: Two\\n    Given I sleep for "60"\\n\')\n'
        "    return directory\n"
        "demo.copy = copy\n"
        "start = companion.CompanionServer.start\n"
        "def told(server):\n"
        "    address = start(server); print('pid', server.pid, address, flush=True); return address\n"
        "companion.CompanionServer.start = told\n"
        f"port, keep = {free_port()}, {'keep' in options}\n"
        f"sys.exit(demo.show(Path({str(directory)!r}), verbose=True, keep_server=keep, port=port))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment(), start_new_session=True
    )
    assert process.stdout is not None
    _, pid, address = process.stdout.readline().split()
    for line in process.stdout:
        if line.strip().startswith("Two"):
            break
    os.killpg(process.pid, number)
    rest = process.stdout.read()
    process.stdout.close()
    return process.wait(), rest, int(pid), int(address.rpartition(":")[2])


@pytest.mark.live
@pytest.mark.parametrize("option", ["", "keep"])
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path, option: str) -> None:
    """Ctrl-C ends the run with 130 and a report, and the server with it, even one that was to be kept."""
    status, output, pid, port = interrupted(tmp_path / "project", signal.SIGINT, option)
    assert status == 130
    assert "interrupted" in output
    assert "Traceback" not in output
    assert gone(pid)
    assert port_is_free(port)


@pytest.mark.live
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_no_signal_leaves_anything_behind(tmp_path: Path, number: signal.Signals) -> None:
    """Whatever ends the demo, its server ends, too, and its port is free again."""
    status, _, pid, port = interrupted(tmp_path / "project", number, "keep")
    assert status == (143 if number == signal.SIGTERM else -number)  # which is what shells have for it
    wait_until(lambda: gone(pid))
    assert port_is_free(port)
