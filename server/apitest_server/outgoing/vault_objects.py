"""Connections to Vault that are defined in the ODB, in the running server: each is a security definition as well."""

from apitest_server.odb import StoredObject
from apitest_server.outgoing.connections import Connections
from apitest_server.outgoing.objects import ConnectionObjects
from apitest_server.outgoing.vault import VaultConnection
from apitest_server.security.certificates import Certificates
from apitest_server.security.objects import SecurityObjects
from apitest_server.security.vault import VaultCheck


class VaultObjects(ConnectionObjects[VaultConnection]):
    """Services use the connection, and channels ask for what Vault says of their callers."""

    def __init__(
        self, connections: Connections[VaultConnection], security: SecurityObjects, certificates: Certificates
    ) -> None:
        """Takes where connections are kept, the security definitions, and certificates that connections may use."""
        super().__init__(connections, lambda item: VaultConnection(item, certificates))
        self._security = security

    def put(self, item: StoredObject) -> None:
        """Who was confirmed before is asked about again."""
        super().put(item)
        if not item.fields.get("is_active", True):
            self._security.remove(item)
            return
        policies = frozenset(filter(None, map(str.strip, item.fields.get("policies", "").split(","))))
        asks = self._connections.with_id(item.id)
        self._security.put(item, VaultCheck(asks, policies, item.fields.get("trusted_for", 5)))

    def remove(self, item: StoredObject) -> None:
        """Refuses everybody."""
        self._security.remove(item)
        super().remove(item)
