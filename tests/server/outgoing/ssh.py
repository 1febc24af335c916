"""A connection to the OpenSSH server of the tests."""

from pathlib import Path

from apitest_server.odb import StoredObject
from apitest_server.outgoing.sftp import SFTPConnection
from tests.services.openssh import OpenSSH


def stored(server: OpenSSH, password: str = "", **fields: object) -> StoredObject:
    """Its definition, with the right password and host key unless something else is given."""
    given = {
        "host": server.host,
        "port": server.port,
        "username": server.username,
        "host_keys": server.host_key,
        "timeout": 30,
        **fields,
    }
    return StoredObject(1, "outgoing.sftp", "files", given, {"password": password or server.password})


def connection(server: OpenSSH, directory: Path, password: str = "", **fields: object) -> SFTPConnection:
    """A connection that nobody has used yet."""
    return SFTPConnection(stored(server, password, **fields), directory)
