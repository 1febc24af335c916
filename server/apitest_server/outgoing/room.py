"""What this room adds to a server: outgoing SQL connections. SQLAlchemy is loaded with the first of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from apitest_server.odb.live import Live, LiveObjects
from apitest_server.outgoing.connections import Connections, Outgoing

KIND = "outgoing.sql"


def open_room(live: LiveObjects, outgoing: Outgoing, directory: Path) -> Callable[[], None]:
    """Registers what makes definitions effective; returns what closes all connections."""
    connections: Connections[Any] = Connections("outgoing SQL connection")
    outgoing.add("sql", connections)

    def make() -> Live:
        from apitest_server.outgoing.sql_objects import SQLConnections

        return SQLConnections(connections, directory)

    def close() -> None:
        for connection in connections.values():
            connection.close()

    live.register(KIND, make)
    return close
