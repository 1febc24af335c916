"""The running servers of one ODB: this one is heard of every few seconds, those that have died are forgotten."""

import os
import socket
from secrets import token_hex
from typing import TYPE_CHECKING

from apitest_server.errors import NotFound

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

BEAT = 10.0  # seconds between two signs of life
GONE = 60.0  # seconds without one, after which a server is taken for dead


def address_of(host: str, port: int) -> str:
    """Where other servers find the admin API of one that listens on this host and port."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
        host = socket.gethostname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Runs:
    """What this server writes about itself, and reads about the others.

    Attributes:
        id: of this run.
        server: this server's name.
        pid: of its process.
    """

    def __init__(self, server: str, address: str) -> None:
        """Takes the server's name and the address of its admin API."""
        self.id = token_hex(12)
        self.server = server
        self.pid = os.getpid()
        self._address = address
        self._machine = socket.gethostname()

    def beat(self, session: "Session") -> bool:
        """Says that this server is alive, and forgets those that are not, with their connections.

        Returns:
            Whether this server was not known before, or no longer.
        """
        from sqlalchemy import insert, update

        from apitest_server.odb.models import ServerRun

        seen = update(ServerRun).where(ServerRun.id == self.id).values(seen=_now())
        is_new = not session.execute(seen).rowcount  # type: ignore[attr-defined]  # an update has one
        if is_new:
            row = {"server": self.server, "machine": self._machine, "pid": self.pid, "address": self._address}
            session.execute(insert(ServerRun).values(id=self.id, seen=_now(), **row))
        self.bury(session)
        return is_new

    def bury(self, session: "Session") -> None:
        """Forgets servers that are dead, and what was connected to them."""
        from sqlalchemy import delete, or_, select

        from apitest_server.odb.models import ServerRun

        here = select(ServerRun.id, ServerRun.pid).where(ServerRun.machine == self._machine, ServerRun.id != self.id)
        killed = [run.id for run in session.execute(here) if not _is_alive(run.pid)]
        session.execute(delete(ServerRun).where(or_(ServerRun.seen < _now() - GONE, ServerRun.id.in_(killed))))

    def leave(self, session: "Session") -> None:
        """This server ends: it is forgotten with all that was connected to it."""
        from sqlalchemy import delete

        from apitest_server.odb.models import ServerRun

        session.execute(delete(ServerRun).where(ServerRun.id == self.id))

    def others(self, session: "Session") -> list[str]:
        """The addresses of the other servers that are alive."""
        from sqlalchemy import select

        from apitest_server.odb.models import ServerRun

        return list(session.scalars(select(ServerRun.address).where(ServerRun.id != self.id)))

    def address_of(self, session: "Session", connection: str) -> str:
        """The address of the server that a connection belongs to; empty for this one.

        Raises:
            NotFound: there is no such connection.
        """
        from sqlalchemy import select

        from apitest_server.odb.models import ServerRun, WebSocketConnection

        found = select(ServerRun.id, ServerRun.address).join(WebSocketConnection)
        row = session.execute(found.where(WebSocketConnection.id == connection)).first()
        if row is None:
            raise NotFound(f"There is no WebSocket connection with ID {connection}")
        return "" if row.id == self.id else str(row.address)


def _now() -> "ColumnElement[float]":
    """Seconds since 1970 by the database's clock, which all servers share."""
    from sqlalchemy import Float, cast, extract, func

    return cast(extract("epoch", func.now()), Float)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # It is somebody else's
        return True
    return True
