"""Opens outgoing connections. What a technology needs is loaded with its first connection."""

from collections.abc import Callable, Mapping

from apitest_server.odb import StoredObject
from apitest_server.odb.live import Live
from apitest_server.outgoing.connections import OUTGOING, Connections, Outgoing
from apitest_server.outgoing.objects import Closable, ConnectionObjects
from apitest_server.room import Host, Room
from apitest_server.service.base import OUT

Made = Callable[[StoredObject], Closable]


def open_room(server: Host) -> Room:
    """Offers connections to services; other rooms add their own technologies."""
    server.components[OUTGOING] = server.components[OUT] = out = Outgoing()
    directory = server.config.directory

    def sql() -> Made:
        from apitest_server.outgoing.sql import SQLConnection

        return lambda item: SQLConnection(item, directory)

    def ftp() -> Made:
        from apitest_server.outgoing.ftp import FTPConnection

        return lambda item: FTPConnection(item, directory)

    def sftp() -> Made:
        from apitest_server.outgoing.sftp import SFTPConnection

        return lambda item: SFTPConnection(item, directory)

    known = {"sql": ("SQL connection", sql), "ftp": ("FTP connection", ftp), "sftp": ("SFTP connection", sftp)}
    return _room(out, known)


def _room(out: Outgoing, technologies: Mapping[str, tuple[str, Callable[[], Made]]]) -> Room:
    kinds: dict[str, Callable[[], Live]] = {}
    every: list[Connections[Closable]] = []
    for technology, (title, loaded) in technologies.items():
        connections: Connections[Closable] = Connections(f"outgoing {title}")
        out.add(technology, connections)
        every.append(connections)
        kinds[f"outgoing.{technology}"] = _objects(connections, loaded)

    def close() -> None:
        for connections in every:
            for connection in connections.values():
                connection.close()

    return Room(kinds=kinds, close=close)


def _objects(connections: Connections[Closable], loaded: Callable[[], Made]) -> Callable[[], Live]:
    return lambda: ConnectionObjects(connections, loaded())
