"""The running servers of one ODB: each is heard of every few seconds, those that have died are forgotten."""

import os
import socket
from pathlib import Path
from secrets import token_hex

import msgspec

from apitest_server.odb.driver import Driver

BEAT = 5.0  # seconds between two signs of life
GONE = 30.0  # seconds without one, after which a server is taken for dead
_NEW = "INSERT INTO server_runs (id, server, machine, pid, address, certificate, seen) VALUES (?, ?, ?, ?, ?, ?, NOW)"
_SEEN = "UPDATE server_runs SET seen = NOW WHERE id = ?"
_FORGET = "DELETE FROM server_runs WHERE seen < NOW - ?"
# NOW is seconds since 1970 by the database's clock, which all servers share
_NOW = {
    "sqlite": "(julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "extract(epoch FROM clock_timestamp())::float8",
}


class Run(msgspec.Struct, frozen=True):
    """A running server, as far as is known.

    Attributes:
        id: new with each start.
        server: the server's name.
        machine: that it runs on.
        pid: of its process.
        address: of its admin API.
        certificate: the fingerprint of the one that it shows there; empty where it speaks plain HTTP.
    """

    id: str
    server: str
    machine: str
    pid: int
    address: str
    certificate: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine."""
        return self.machine == socket.gethostname()

    @property
    def is_dead(self) -> bool:
        """Whether it is known to be: a process of another machine never is."""
        return self.is_here and not _is_alive(self.pid)


def this_run(server: str, address: str, certificate: str = "") -> Run:
    """This server, with the address of its admin API, and the fingerprint of its certificate if it has one."""
    return Run(token_hex(12), server, socket.gethostname(), os.getpid(), address, certificate)


def address_of(host: str, port: int, is_encrypted: bool = False) -> str:
    """Where other servers find the admin API of one that listens on this host and port, with TLS or without."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
        host = socket.gethostname()
    return f"{'https' if is_encrypted else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"


class Runs:
    """What this server writes about itself, and reads about the others.

    Attributes:
        own: this server.
    """

    def __init__(self, own: Run) -> None:
        self.own = own

    def beat(self, driver: Driver) -> bool:
        """Says that this server is alive.

        Returns:
            Whether this server was not known before, or no longer.
        """
        own = self.own
        if driver.execute("SELECT 1 FROM server_runs WHERE id = ?", own.id):
            driver.execute(_by_its_clock(_SEEN, driver), own.id)
            return False
        row = (own.id, own.server, own.machine, own.pid, own.address, own.certificate)
        driver.execute(_by_its_clock(_NEW + " ON CONFLICT DO NOTHING", driver), *row)
        return True

    def rename(self, driver: Driver, name: str) -> None:
        """This server has another name."""
        driver.execute("UPDATE server_runs SET server = ? WHERE id = ?", name, self.own.id)
        self.own = msgspec.structs.replace(self.own, server=name)

    def now(self, driver: Driver) -> float:
        """Seconds since 1970 by the database's clock."""
        return float(driver.execute(_by_its_clock("SELECT NOW", driver))[0][0])

    def others(self, driver: Driver, *, judges: bool = True) -> list[Run]:
        """The other servers, after those that are dead were forgotten with all that was connected to them.

        Args:
            driver: of the ODB.
            judges: whether those are dead, too, that have not said for a while that they are alive.
        """
        if judges:
            driver.execute(_by_its_clock(_FORGET, driver), GONE)
        rows = driver.execute(
            "SELECT id, server, machine, pid, address, certificate FROM server_runs WHERE id <> ?", self.own.id
        )
        runs = [Run(*row) for row in rows]
        for run in runs:
            if run.is_dead:
                self.forget(driver, run.id)
        return [run for run in runs if not run.is_dead]

    def forget(self, driver: Driver, number: str) -> None:
        """A server has ended, and with it all that was connected to it."""
        driver.execute("DELETE FROM server_runs WHERE id = ?", number)


def _by_its_clock(statement: str, driver: Driver) -> str:
    return statement.replace("NOW", _NOW[driver.dialect])


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # It is somebody else's
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Whether a process has ended, and nobody has asked how; in containers it may stay like that for ever."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:  # Linux tells, others do not
        return False
    return state[:1] == ["Z"]
