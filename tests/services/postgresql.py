"""A PostgreSQL server of the tests' own, from Debian's package."""

import secrets
import signal
from pathlib import Path

import psycopg

from tests.ports import free_port
from tests.services import installation, processes

_SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")


class PostgreSQL:
    """A started server.

    Attributes:
        url: ``postgresql://user:password@127.0.0.1:port/database``, of a superuser.
    """

    def __init__(self) -> None:
        initdb, postgres = (
            installation.need(name, ["postgresql"], [f"/usr/lib/postgresql/*/bin/{name}"])
            for name in ("initdb", "postgres")
        )
        # Postgres refuses root; Debian's own user exists wherever its package does.
        self._user = processes.unprivileged_user("postgres")
        self._password = secrets.token_urlsafe(12)
        directory = processes.throw_away_directory(self._user)
        port = free_port()
        self.url = f"postgresql://apitest:{self._password}@127.0.0.1:{port}/postgres"
        self._create(initdb, directory)
        self._command = [str(postgres), "-D", "data", "-h", "127.0.0.1", "-p", str(port), "-k", str(directory)]
        self._directory = directory
        self._running = self._started()

    def restart(self) -> None:
        """End the server as its administrator would, with everybody's connections, and start it again."""
        self._running.process.send_signal(signal.SIGINT)
        self._running.process.wait(60)
        self._running = self._started()

    def _started(self) -> processes.Running:
        return processes.start(
            [*self._command, *_settings()],
            self._directory,
            self._answers,
            user=self._user,
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
        processes.run_once([str(initdb), *options, f"--pwfile={password_file}"], self._user, directory)

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


def _settings() -> list[str]:
    return [part for setting in _SPEED for part in ("-c", setting)]
