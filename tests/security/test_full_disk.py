"""A disk without room for the log: requests are answered meanwhile, and logging goes on once there is room."""

import resource
import signal
from pathlib import Path

from tests.attempts import Attempts
from tests.security.outside import Outside, outside, until

SERVICES = """\
from zato.server.service import Service
class Hello(Service):
    name = "hello"
    def handle(self):
        self.logger.warning("hello from %s", self.request.input.name)
        self.response.payload = "hello"
class Fail(Service):
    name = "fail"
    async def handle(self):
        raise ValueError("on purpose")
"""
CONF = "[rest]\n[[hello]]\npath = /hello\nservice = hello\n[[fail]]\npath = /fail\nservice = fail\n"
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def attack(server: Outside, attempts: Attempts, number: int) -> None:
    """Requests of each kind: what is logged at once, later, and with a traceback."""
    for path, status in (("/hello?name=x", 200), ("/zato/ping", 200), ("/fail", 500), ("/nothing", 404)):
        for _ in range(number):
            said = server.said(f"GET {path} HTTP/1.1\r\n\r\n".encode())
            attempts.held(
                said.startswith(b"HTTP/1.1 %d " % status) and said.count(b"HTTP/1.1") == 2, f"{path}: {said!r}"
            )


def test_a_file_that_must_not_grow(tmp_path: Path, attempts: Attempts) -> None:
    """The limit of the process is that of its disk, as far as the process can tell."""
    with outside(tmp_path / "server", CONF, services=SERVICES) as server:
        attack(server, attempts, 5)
        until(lambda: "path=/nothing" in server.log, "the log is written")
        size = (server.directory / "server.log").stat().st_size
        soft = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size + 100, resource.RLIM_INFINITY))
        assert soft == UNLIMITED
        attack(server, attempts, 50)
        assert (server.directory / "server.log").stat().st_size <= size + 100
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, UNLIMITED)
        until(lambda: server.log.count("path=/nothing") == 55, "what was kept is written")
        assert server.log.count("ValueError: on purpose\n") == 55
        assert all(line.startswith(("time=", "    ")) for line in server.log.splitlines())
        attack(server, attempts, 1)
        assert server.stop() == 0
        assert server.log.count("path=/nothing") == 56


def test_a_full_device(tmp_path: Path, attempts: Attempts) -> None:
    """Who frees the disk, or sends the log elsewhere, has it going on at once: SIGHUP opens it again."""
    log = tmp_path / "elsewhere.log"
    log.symlink_to("/dev/full")
    with outside(tmp_path / "server", f"file = {log}\n{CONF}", services=SERVICES) as server:
        attack(server, attempts, 20)
        log.unlink()
        server.process.send_signal(signal.SIGHUP)
        until(lambda: log.exists() and log.read_text().count("path=/nothing") == 20, "what was kept is written")
        attack(server, attempts, 1)
        assert server.stop() == 0
        assert log.read_text().count("path=/nothing") == 21
