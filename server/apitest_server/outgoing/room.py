"""Opens outgoing connections. What a technology needs is loaded with its first connection."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from apitest_server.odb.live import Live
from apitest_server.outgoing.connections import CLOUDS, DEFINITIONS, EMAILS, OUTGOING, SEARCHES, Connections, Outgoing
from apitest_server.outgoing.objects import Closable, ConnectionObjects
from apitest_server.room import Host, Room
from apitest_server.security.certificates import CERTIFICATES
from apitest_server.security.objects import SECURITY
from apitest_server.service.base import CASSANDRA_CONN, CASSANDRA_QUERY, CLOUD, EMAIL, OUT, SEARCH

if TYPE_CHECKING:
    from apitest_server.outgoing.cassandra import CassandraConnection
    from apitest_server.outgoing.cassandra_query import CassandraQuery
    from apitest_server.outgoing.s3 import S3Connection
    from apitest_server.outgoing.vault import VaultConnection
    from apitest_server.outgoing.vault_objects import VaultObjects

VAULT = "security.vault.connection"
Technologies = Mapping[str, tuple[str, str]]


def open_room(server: Host) -> Room:
    """Offers connections to services; other rooms add their own technologies."""
    have, directory = server.components, server.config.directory
    have[OUTGOING] = have[OUT] = out = Outgoing()
    have[EMAILS] = have[EMAIL] = email = Outgoing()
    have[DEFINITIONS] = definitions = Outgoing()
    have[CLOUDS] = have[CLOUD] = cloud = Outgoing()
    have[SEARCHES] = have[SEARCH] = search = Outgoing()
    aws = Outgoing()
    cloud.add("aws", aws)
    every = [
        *_opened(out, "outgoing", _OUTGOING, directory),
        *_opened(email, "email", _EMAIL, directory),
        *_opened(definitions, "definition", _DEFINITIONS, directory),
        *_opened(aws, "cloud.aws", _AWS, directory),
        *_opened(search, "search", _SEARCH, directory),
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
    kinds["cloud.aws.s3"] = partial(_s3, aws.s3, server)
    kinds["query.cassandra"] = partial(_queries, queries, definitions.cassandra)
    vaults: Connections[VaultConnection] = Connections("Vault connection")
    out.add("vault", vaults)
    kinds[VAULT] = partial(_vaults, vaults, server)
    return Room(kinds=kinds, close=close)


def _queries(
    offered: "Connections[CassandraQuery]", connections: "Connections[CassandraConnection]"
) -> "ConnectionObjects[CassandraQuery]":
    from apitest_server.outgoing.cassandra_query import CassandraQuery

    return ConnectionObjects(offered, lambda item: CassandraQuery(item, connections))


def _s3(offered: "Connections[S3Connection]", server: Host) -> "ConnectionObjects[S3Connection]":
    from apitest_server.outgoing.s3 import S3Connection

    directory, security = server.config.directory, server.components[SECURITY]
    return ConnectionObjects(offered, lambda item: S3Connection(item, directory, security.active))


def _vaults(offered: "Connections[VaultConnection]", server: Host) -> "VaultObjects":
    from apitest_server.outgoing.vault_objects import VaultObjects

    return VaultObjects(offered, server.components[SECURITY], server.components[CERTIFICATES])


# Technology -> what a connection of it is called in errors, and its class, in which module of this room
_OUTGOING: Technologies = {
    "sql": ("outgoing SQL connection", "sql:SQLConnection"),
    "ftp": ("outgoing FTP connection", "ftp:FTPConnection"),
    "sftp": ("outgoing SFTP connection", "sftp:SFTPConnection"),
    "ldap": ("outgoing LDAP connection", "ldap:LDAPConnection"),
    "mongodb": ("outgoing MongoDB connection", "mongodb:MongoDBConnection"),
    "odoo": ("Odoo connection", "odoo:OdooConnection"),
    "sap": ("SAP connection", "without_driver:SAPConnection"),
}
_EMAIL: Technologies = {
    "smtp": ("SMTP connection", "smtp:SMTPConnection"),
    "imap": ("IMAP connection", "imap:IMAPConnection"),
}
_AWS: Technologies = {"s3": ("S3 connection", "s3:S3Connection")}
_SEARCH: Technologies = {
    "es": ("Elasticsearch connection", "es:ESConnection"),
    "solr": ("Solr connection", "solr:SolrConnection"),
}
_DEFINITIONS: Technologies = {"cassandra": ("Cassandra connection", "cassandra:CassandraConnection")}


def _opened(
    offered: Outgoing, family: str, technologies: Technologies, directory: Path
) -> Iterator[tuple[str, Connections[Closable], Callable[[], Live]]]:
    """Of each technology its kind, its connections, and what makes its objects effective."""
    for technology, (title, place) in technologies.items():
        connections: Connections[Closable] = Connections(title)
        offered.add(technology, connections)
        yield f"{family}.{technology}", connections, partial(_objects, connections, place, directory)


def _objects(connections: Connections[Closable], place: str, directory: Path) -> Live:
    module, _, name = place.partition(":")
    cls = getattr(import_module(f"{__package__}.{module}"), name)
    return ConnectionObjects(connections, lambda item: cls(item, directory))
