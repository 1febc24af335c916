"""A PostgreSQL server of the tests' own, from Debian's package."""

import contextlib
import os
import secrets
import shutil
import signal
import time
from pathlib import Path

import psycopg

from tests.ports import free_port
from tests.services import installation, processes

_SETTINGS = ("max_connections=50",)
_SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgreSQL:
    """A started server.

    Attributes:
        url: ``postgresql://user:password@127.0.0.1:port/database``, of a superuser.
        user: the system's user that it runs as; ``None`` for that of this process.
        directory: what it has on disk is below it.
    """

    def __init__(self, *, is_durable: bool = False) -> None:
        """Starts it; one that is durable has on disk what it says is there, and takes its time for that."""
        initdb, postgres = (
            installation.need(name, ["postgresql"], [f"/usr/lib/postgresql/*/bin/{name}"])
            for name in ("initdb", "postgres")
        )
        # Postgres refuses root; Debian's own user exists wherever its package does.
        self.user = processes.unprivileged_user("postgres")
        self._password = secrets.token_urlsafe(12)
        directory = processes.throw_away_directory(self.user)
        port = free_port()
        self.url = f"postgresql://apitest:{self._password}@127.0.0.1:{port}/postgres"
        self._create(initdb, directory)
        self._command = [str(postgres), "-D", "data", "-h", "127.0.0.1", "-p", str(port), "-k", str(directory)]
        self._command += _options(*_SETTINGS, *(() if is_durable else _SPEED))
        self.directory = directory
        self._running = self._started()

    def restart(self) -> None:
        """End the server as its administrator would, with everybody's connections, and start it again."""
        self._running.process.send_signal(signal.SIGINT)
        self._running.process.wait(60)
        self.start()

    def kill(self) -> None:
        """Kill all of its processes, those of its connections included, so that none of them can tidy up."""
        server = self._running.process
        server.send_signal(signal.SIGSTOP)  # So that it starts none meanwhile
        children = processes.children(server.pid)
        for process_id in (server.pid, *children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGKILL)
        server.wait(60)
        processes.wait_for_end(children)

    def start(self) -> None:
        """Start it again on its data."""
        self._running = self._started()

    def recover(self) -> None:
        """Wait until it answers; if it has given up, start it again."""
        server = self._running.process
        while not self._answers():
            if server.poll() is not None:
                self.start()
                return
            time.sleep(0.1)

    def move_log(self, directory: Path) -> None:
        """Have the log of its transactions in another directory, which belongs to its user and is empty."""
        self._running.process.send_signal(signal.SIGINT)
        self._running.process.wait(60)
        log = self.directory / "data" / "pg_wal"
        shutil.copytree(log, directory, dirs_exist_ok=True)
        for path in (directory, *directory.rglob("*")):
            shutil.chown(path, self.user)
        shutil.rmtree(log)
        log.symlink_to(directory)
        self.start()

    def _started(self) -> processes.Running:
        return processes.start(
            self._command,
            self.directory,
            self._answers,
            user=self.user,
            stop_signal=signal.SIGQUIT,
        )

    def _create(self, initdb: Path, directory: Path) -> None:
        password_file = directory / "password"
        password_file.write_text(self._password)
        options = [
            "-D",
            "data",
            "-U",
            "apitest",
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]
        processes.run_once([str(initdb), *options, f"--pwfile={password_file}"], self.user, directory)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.Error:
            return False
        return True

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this server is."""
        return {"APITEST_POSTGRESQL_URL": self.url}

    def stop(self) -> None:
        """End the server and delete its data."""
        self._running.stop()


def _options(*settings: str) -> list[str]:
    return [part for setting in settings for part in ("-c", setting)]
