"""Definitions of client certificates in the running server."""

from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.security.client_certificate import ClientCertificate, parts
from apitest_server.security.objects import SecurityObjects


class ClientCertificateObjects(Each):
    """Makes definitions effective."""

    def __init__(self, security: SecurityObjects) -> None:
        self._security = security

    def put(self, item: StoredObject) -> None:
        """The next request is checked against it."""
        self._security.put(item, ClientCertificate(item.name, parts(item.fields["value"])))

    def remove(self, item: StoredObject) -> None:
        """Refuses everybody."""
        self._security.remove(item)
