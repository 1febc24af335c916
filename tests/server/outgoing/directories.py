"""A connection to the LDAP server of the tests."""

from pathlib import Path

from apitest_server.odb import StoredObject
from apitest_server.outgoing.ldap import LDAPConnection
from tests.services.slapd import Slapd


def directory(server: Slapd, place: Path, password: str = "", **fields: object) -> LDAPConnection:
    """One that nobody has used yet: that of the administrator, unless something else is given."""
    given = {
        "server_list": f"{server.host}:{server.port}",
        "username": server.admin,
        "ca_certs": str(server.authority),
        "timeout": 30,
        **fields,
    }
    secrets = {"password": password or server.password}
    return LDAPConnection(StoredObject(1, "outgoing.ldap", "staff", given, secrets), place)
