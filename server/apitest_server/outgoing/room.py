"""Opens outgoing connections. What a technology needs is loaded with its first connection."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from apitest_server.odb import StoredObject
from apitest_server.odb.live import Live
from apitest_server.outgoing.connections import DEFINITIONS, EMAILS, OUTGOING, Connections, Outgoing
from apitest_server.outgoing.objects import Closable, ConnectionObjects
from apitest_server.room import Host, Room
from apitest_server.security.certificates import CERTIFICATES
from apitest_server.security.objects import SECURITY
from apitest_server.service.base import CASSANDRA_CONN, CASSANDRA_QUERY, EMAIL, OUT

if TYPE_CHECKING:
    from apitest_server.outgoing.cassandra import CassandraConnection
    from apitest_server.outgoing.cassandra_query import CassandraQuery
    from apitest_server.outgoing.vault import VaultConnection
    from apitest_server.outgoing.vault_objects import VaultObjects

VAULT = "security.vault.connection"
Made = Callable[[StoredObject], Closable]
Technologies = Mapping[str, tuple[str, Callable[[Path], Made]]]


def open_room(server: Host) -> Room:
    """Offers connections to services; other rooms add their own technologies."""
    have, directory = server.components, server.config.directory
    have[OUTGOING] = have[OUT] = out = Outgoing()
    have[EMAILS] = have[EMAIL] = email = Outgoing()
    have[DEFINITIONS] = definitions = Outgoing()
    every = [
        *_opened(out, "outgoing", _OUTGOING, directory),
        *_opened(email, "email", _EMAIL, directory),
        *_opened(definitions, "definition", _DEFINITIONS, directory),
    ]
    have[CASSANDRA_CONN] = definitions.cassandra
    queries: Connections[CassandraQuery] = Connections("Cassandra query")
    have[CASSANDRA_QUERY] = queries

    def close() -> None:
        for _, connections, _ in every:
            for connection in connections.values():
                connection.close()
        for vault in vaults.values():
            vault.close()

    kinds = {kind: objects for kind, _, objects in every}
    kinds["query.cassandra"] = partial(_queries, queries, definitions.cassandra)
    vaults: Connections[VaultConnection] = Connections("Vault connection")
    out.add("vault", vaults)
    kinds[VAULT] = partial(_vaults, vaults, server)
    return Room(kinds=kinds, close=close)


def _sql(directory: Path) -> Made:
    from apitest_server.outgoing.sql import SQLConnection

    return lambda item: SQLConnection(item, directory)


def _ftp(directory: Path) -> Made:
    from apitest_server.outgoing.ftp import FTPConnection

    return lambda item: FTPConnection(item, directory)


def _sftp(directory: Path) -> Made:
    from apitest_server.outgoing.sftp import SFTPConnection

    return lambda item: SFTPConnection(item, directory)


def _odoo(directory: Path) -> Made:
    from apitest_server.outgoing.odoo import OdooConnection

    return lambda item: OdooConnection(item, directory)


def _ldap(directory: Path) -> Made:
    from apitest_server.outgoing.ldap import LDAPConnection

    return lambda item: LDAPConnection(item, directory)


def _sap(directory: Path) -> Made:
    from apitest_server.outgoing.without_driver import WithoutDriver

    return lambda item: WithoutDriver(item, "SAP")


def _smtp(directory: Path) -> Made:
    from apitest_server.outgoing.smtp import SMTPConnection

    return lambda item: SMTPConnection(item, directory)


def _imap(directory: Path) -> Made:
    from apitest_server.outgoing.imap import IMAPConnection

    return lambda item: IMAPConnection(item, directory)


def _cassandra(directory: Path) -> Made:
    from apitest_server.outgoing.cassandra import CassandraConnection

    return lambda item: CassandraConnection(item, directory)


def _queries(
    offered: "Connections[CassandraQuery]", connections: "Connections[CassandraConnection]"
) -> "ConnectionObjects[CassandraQuery]":
    from apitest_server.outgoing.cassandra_query import CassandraQuery

    return ConnectionObjects(offered, lambda item: CassandraQuery(item, connections))


def _vaults(offered: "Connections[VaultConnection]", server: Host) -> "VaultObjects":
    from apitest_server.outgoing.vault_objects import VaultObjects

    return VaultObjects(offered, server.components[SECURITY], server.components[CERTIFICATES])


# Technology -> what a connection of it is called in errors, and what loads its module and makes one
_OUTGOING: Technologies = {
    "sql": ("outgoing SQL connection", _sql),
    "ftp": ("outgoing FTP connection", _ftp),
    "sftp": ("outgoing SFTP connection", _sftp),
    "ldap": ("outgoing LDAP connection", _ldap),
    "odoo": ("Odoo connection", _odoo),
    "sap": ("SAP connection", _sap),
}
_EMAIL: Technologies = {"smtp": ("SMTP connection", _smtp), "imap": ("IMAP connection", _imap)}
_DEFINITIONS: Technologies = {"cassandra": ("Cassandra connection", _cassandra)}


def _opened(
    offered: Outgoing, family: str, technologies: Technologies, directory: Path
) -> Iterator[tuple[str, Connections[Closable], Callable[[], Live]]]:
    """Of each technology its kind, its connections, and what makes its objects effective."""
    for technology, (title, loaded) in technologies.items():
        connections: Connections[Closable] = Connections(title)
        offered.add(technology, connections)
        yield f"{family}.{technology}", connections, _objects(connections, partial(loaded, directory))


def _objects(connections: Connections[Closable], loaded: Callable[[], Made]) -> Callable[[], Live]:
    return lambda: ConnectionObjects(connections, loaded())
