"""Opens outgoing connections. SQLAlchemy is loaded with the first SQL connection."""

from typing import TYPE_CHECKING

from apitest_server.odb.live import Live
from apitest_server.outgoing.connections import OUTGOING, Connections, Outgoing
from apitest_server.room import Host, Room
from apitest_server.service.base import OUT

if TYPE_CHECKING:
    from apitest_server.outgoing.sql import SQLConnection

SQL = "outgoing.sql"


def open_room(server: Host) -> Room:
    """Offers SQL connections to services; other rooms add their own technologies."""
    server.components[OUTGOING] = server.components[OUT] = out = Outgoing()
    connections: Connections[SQLConnection] = Connections("outgoing SQL connection")
    out.add("sql", connections)

    def sql_objects() -> Live:
        from apitest_server.outgoing.objects import SQLObjects

        return SQLObjects(connections, server.config.directory)

    def close() -> None:
        for connection in connections.values():
            connection.close()

    return Room(kinds={SQL: sql_objects}, close=close)
