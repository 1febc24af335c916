"""Tests of apitest_server.process.serve: the server as a process of its own."""

import signal
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import pytest

from apitest_server.odb.driver import Driver
from apitest_server.odb.location import Location
from apitest_server.process.admin_client import call
from apitest_server.process.create import create, join
from apitest_server.process.health import health
from tests.apitest.clients.certificates import Authority
from tests.security.outside import until

pytestmark = pytest.mark.live
COMMAND = [sys.executable, "-m", "apitest_server", "start"]


@contextmanager
def started(directory: Path, *options: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A server on a free port, and its address."""
    command = [*COMMAND, str(directory), "--port", "0", "--fg", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().removeprefix("Listening on ").strip()
    finally:
        process.kill()
        process.communicate()


def get(address: str) -> str:
    with urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_tells_its_address_and_ends_on_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    """The address is on standard output and in the file, and requests are answered by then."""
    create(tmp_path)
    with started(tmp_path, "--ready-file", str(tmp_path / "address")) as (process, address):
        assert '"zato_ping_response":{"pong":"zato"}' in get(f"{address}/zato/ping")
        assert (tmp_path / "address").read_text() == f"{address}\n"
        process.send_signal(number)
        assert process.wait(20) == 0


def test_a_request_in_flight_is_finished(tmp_path: Path) -> None:
    """A stop that comes during a request waits for it."""
    create(tmp_path)
    (tmp_path / "services" / "hello.py").write_text(
        "import os, signal, asyncio\nfrom zato.server.service import Service\n"
        "class Hello(Service):\n"
        "    async def handle(self):\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        await asyncio.sleep(0.3)\n"
        "        return 'done'\n"
    )
    with started(tmp_path) as (process, address):
        assert get(f"{address}/hello") == "done"
        assert process.wait(20) == 0


def test_a_server_stops_with_its_parent(tmp_path: Path) -> None:
    """An interrupted demo leaves no process and no open port behind."""
    create(tmp_path)
    command = [*COMMAND, str(tmp_path), "--port", "0", "--stop-with-parent"]
    code = (
        "import os, subprocess, sys\n"
        f"p = subprocess.Popen({command!r}, stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "print(p.pid, p.stdout.readline().decode().split('://')[1], end='', flush=True)\n"
        "os._exit(1)\n"
    )
    # It returns once nobody holds standard error any more: the server inherited it
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    address = done.stdout.split()[1]
    host, port = address.split(":")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=5)


def test_a_port_in_use_is_a_clear_error(tmp_path: Path) -> None:
    """It names the port and what to do."""
    create(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*COMMAND, str(tmp_path), "--port", port], capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 2
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_log_goes_to_its_file(tmp_path: Path) -> None:
    """Its path is relative to server.conf."""
    create(tmp_path)
    conf = tmp_path / "server.conf"
    conf.write_text(conf.read_text().replace("file = server.log", "file = logs/server.log"))
    with started(tmp_path) as (process, address):
        get(f"{address}/hello")
        process.terminate()
        assert process.wait(20) == 0
    text = (tmp_path / "logs" / "server.log").read_text()
    assert "Deployed 1 user service of" in text
    assert "service=hello.hello status=200" in text


def test_no_service_module_is_imported_before_it_is_called(tmp_path: Path) -> None:
    """Starting runs nothing of a user's file."""
    create(tmp_path)
    (tmp_path / "services" / "noisy.py").write_text(
        "from pathlib import Path\nfrom zato.server.service import Service\n"
        "Path(__file__).with_name('imported').touch()\n"
        "class A(Service):\n    def handle(self): pass\n"
    )
    with started(tmp_path) as (_, address):
        get(f"{address}/hello")
    assert not (tmp_path / "services" / "imported").exists()


def test_a_server_may_be_told_to_outlive_its_parent(tmp_path: Path) -> None:
    """The words `keep running` before the end of standard input keep it up."""
    create(tmp_path)
    command = [*COMMAND, str(tmp_path), "--port", "0", "--stop-with-parent"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    address = process.stdout.readline().removeprefix("Listening on ").strip()
    process.stdin.write("keep running\n")
    process.stdin.close()
    assert '"zato_ping_response":{"pong":"zato"}' in get(f"{address}/zato/ping")
    process.terminate()
    assert process.wait(20) == 0
    process.stdout.close()


def test_a_server_without_an_administrator_gets_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password is told once, on standard output, and is not in the log."""
    monkeypatch.delenv("APITEST_ADMIN_PASSWORD", raising=False)
    (tmp_path / "services").mkdir()
    (tmp_path / "server.conf").write_text("[logging]\nfile = server.log\n")
    process = subprocess.Popen([*COMMAND, str(tmp_path), "--port", "0", "--fg"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told = process.stdout.readline()
        assert told.startswith("Administrator: admin, password: ")
        assert process.stdout.readline().startswith("Listening on ")
        assert process.stdout.readline().startswith("Web-admin: http://127.0.0.1:")
    finally:
        process.kill()
        process.communicate()
    assert told.split()[3] not in (tmp_path / "server.log").read_text()
    with started(tmp_path) as (_, address):
        assert address.startswith("http://")


def test_a_second_signal_ends_a_server_at_once(tmp_path: Path) -> None:
    """Whatever it is busy with: here a service that keeps the event loop."""
    create(tmp_path)
    (tmp_path / "services" / "hello.py").write_text(
        "import time\nfrom zato.server.service import Service\n"
        "class Hello(Service):\n"
        "    async def handle(self):\n"
        "        print('begun', flush=True)\n"
        "        time.sleep(60)\n"
    )
    with started(tmp_path) as (process, address):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(b"GET /hello HTTP/1.1\r\n\r\n")
            assert process.stdout is not None
            assert "begun\n" in (process.stdout.readline(), process.stdout.readline())
            process.terminate()
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.5)
            process.terminate()
            assert process.wait(20) == -signal.SIGTERM


def test_a_log_that_was_rotated_by_another_tool_is_opened_again(tmp_path: Path) -> None:
    """SIGHUP says so; files with secrets are for their owner only."""
    create(tmp_path)
    with started(tmp_path) as (process, address):
        get(f"{address}/hello")
        (tmp_path / "server.log").rename(tmp_path / "rotated")
        process.send_signal(signal.SIGHUP)
        until((tmp_path / "server.log").exists, "the log is opened again")
        get(f"{address}/hello")
        process.terminate()
        assert process.wait(20) == 0
    logs = [(tmp_path / name).read_text().count("path=/hello") for name in ("rotated", "server.log")]
    assert sum(logs) == 2
    assert logs[1] >= 1
    modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("server.conf", "server.log", "rotated")}
    assert set(modes.values()) == {0o600}


def answers_the_other(directory: Path) -> bool:
    """Whether the server of a directory has got an answer of the other one."""
    rows = call(directory, "zato.server.get-list")
    return len(rows) == 2 and all(row.get("log_level") for row in rows)


def test_servers_speak_tls(tmp_path: Path) -> None:
    """Each with a certificate of an authority of its own; commands and other servers know it."""
    create(tmp_path / "one")
    for name in ("one", "two"):
        (tmp_path / f"{name}-files").mkdir()
        Authority(tmp_path / f"{name}-files").issue("server")
    conf = tmp_path / "one" / "server.conf"
    named = "[tls]\ncertificate = ../one-files/server.pem\nkey = ../one-files/server.key\n"
    conf.write_text(conf.read_text("utf-8") + named, "utf-8")
    join(tmp_path / "two", tmp_path / "one")
    files = tmp_path / "two-files"
    options = ("--certificate", str(files / "server.pem"), "--key", str(files / "server.key"))
    with started(tmp_path / "two", *options) as (_, two), started(tmp_path / "one") as (_, one):
        for address, name in ((one, "one"), (two, "two")):
            trusting = ssl.create_default_context(cafile=tmp_path / f"{name}-files" / "ca.pem")
            with urlopen(f"{address}/zato/ping", timeout=20, context=trusting) as answer:
                assert b"pong" in answer.read()
            assert health(tmp_path / name, 60).is_ready
            until(partial(answers_the_other, tmp_path / name), "the other server has answered")


def test_a_server_that_does_not_fit_its_cluster_does_not_start(tmp_path: Path) -> None:
    """With the name of another one, or with another key; unless it is told that the key is lost."""
    create(tmp_path / "one")
    join(tmp_path / "two", tmp_path / "one")
    conf = tmp_path / "two" / "server.conf"
    text = conf.read_text("utf-8")

    def refusal() -> str:
        command = [*COMMAND, str(tmp_path / "two"), "--fg", "--port", "0"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
        assert done.returncode == 2
        return done.stderr

    with started(tmp_path / "one"), closing(Driver(Location(tmp_path / "one" / "odb.sqlite"))) as driver:
        until(lambda: bool(driver.execute("SELECT id FROM server_runs")), "the server is known")
        conf.write_text(text.replace("name = two", "name = one"), "utf-8")
        assert "Another server of this ODB is called `one`" in refusal()
    conf.write_text(text, "utf-8")
    (tmp_path / "two" / "odb.key").unlink()
    assert "belongs to another key" in refusal()
    with started(tmp_path / "two", "--new-key") as (_, address):
        assert "pong" in get(f"{address}/zato/ping")
