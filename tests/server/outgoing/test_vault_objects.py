"""Tests of apitest_server.outgoing.vault_objects."""

from apitest_server.odb import StoredObject
from apitest_server.outgoing.connections import Connections
from apitest_server.outgoing.vault import VaultConnection
from apitest_server.outgoing.vault_objects import VaultObjects
from apitest_server.security.authentication import Authentication, key_of
from apitest_server.security.certificates import Certificates
from apitest_server.security.objects import SecurityObjects
from apitest_server.security.vault import VaultCheck


def stored(**fields: object) -> StoredObject:
    return StoredObject(7, "security.vault.connection", "CRM", {"url": "http://127.0.0.1:1", **fields})


def test_a_connection_is_a_definition_as_well() -> None:
    """Whatever becomes of it, both know; one that is not active refuses everybody."""
    connections: Connections[VaultConnection] = Connections("Vault connection")
    authentication = Authentication()
    security = SecurityObjects(authentication)
    objects = VaultObjects(connections, security, Certificates())
    objects.put(stored(policies=" shop, ,staff ", trusted_for=9))
    checks = authentication.checker(key_of(7))
    assert isinstance(checks, VaultCheck)
    assert (checks._policies, checks._trusted) == ({"shop", "staff"}, 9)
    assert (list(connections), list(security.items)) == (["CRM"], [7])
    objects.put(stored(is_active=False))
    assert (list(connections), list(security.items), authentication.checker(key_of(7))) == ([], [], None)
    objects.put(stored())
    objects.remove(stored())
    assert (list(connections), list(security.items), authentication.checker(key_of(7))) == ([], [], None)
    authentication.close()
