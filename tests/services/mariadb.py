"""A MariaDB server of the tests' own, from Debian's package."""

import secrets
from pathlib import Path

import pymysql

from tests.ports import free_port
from tests.services import installation, processes

# Durability is for data that anybody wants to keep; name look-ups only slow a local server down.
_SPEED = (
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--skip-name-resolve",
    "--skip-log-bin",
)


class MariaDB:
    """A started server.

    Attributes:
        url: ``mysql://user:password@127.0.0.1:port/database``, of a user with all privileges.
    """

    def __init__(self) -> None:
        installer, server = (
            installation.need(name, ["mariadb-server"], [f"/usr/sbin/{name}"])
            for name in ("mariadb-install-db", "mariadbd")
        )
        self._user = processes.unprivileged_user("mysql")
        self._port, self._password = free_port(), secrets.token_urlsafe(12)
        self.url = f"mysql://apitest:{self._password}@127.0.0.1:{self._port}/apitest"
        directory = processes.throw_away_directory(self._user)
        data = directory / "data"
        # A server that starts deletes all temporary tables that it finds, those of another one beside it as well
        (temporary := directory / "tmp").mkdir(mode=0o777)
        temporary.chmod(0o777)
        self._own = ["--no-defaults", f"--datadir={data}", f"--tmpdir={temporary}"]
        as_owner = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"]
        processes.run_once([str(installer), *self._own, *as_owner], self._user, directory)
        self._running = processes.start(
            [str(server), *self._own, *self._options(directory), *_SPEED],
            directory,
            self._answers,
            user=self._user,
        )

    def _options(self, directory: Path) -> list[str]:
        first = directory / "first.sql"
        first.write_text(
            "CREATE DATABASE apitest CHARACTER SET utf8mb4;\n"
            f"CREATE USER 'apitest'@'127.0.0.1' IDENTIFIED BY '{self._password}';\n"
            "GRANT ALL PRIVILEGES ON *.* TO 'apitest'@'127.0.0.1';\n"
        )
        address = ["--bind-address=127.0.0.1", f"--port={self._port}", f"--socket={directory / 'socket'}"]
        return [*address, f"--pid-file={directory / 'pid'}", f"--init-file={first}"]

    def _answers(self) -> bool:
        try:
            pymysql.connect(
                host="127.0.0.1", port=self._port, user="apitest", password=self._password, connect_timeout=5
            ).close()
        except pymysql.Error:
            return False
        return True

    def environment(self) -> dict[str, str]:
        """The variables that tell features where this server is."""
        return {"APITEST_MYSQL_URL": self.url}

    def stop(self) -> None:
        """End the server and delete its data."""
        self._running.stop()
