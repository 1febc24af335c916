"""Objects of the kind ``http-soap`` in the running server: channels are served, outgoing connections can be used."""

from collections.abc import Sequence
from logging import getLogger
from typing import Any

from apitest_server.config import RestChannel
from apitest_server.errors import HTTPError
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.outgoing.audited import Recorder, nobody
from apitest_server.outgoing.connections import Connections
from apitest_server.outgoing.http import HTTPConnection
from apitest_server.outgoing.http_auth import Auths
from apitest_server.rest.table import SOAP_METHODS, SOAPChannel, Table
from apitest_server.security.certificates import Certificates
from apitest_server.security.objects import SecurityObjects, declared_id

logger = getLogger("apitest.rest")


def declared(channels: Sequence[RestChannel]) -> list[dict[str, Any]]:
    """The channels of server.conf, and the server's own, as rows with negative IDs."""
    return [
        {
            "id": declared_id(channel.name),
            "name": channel.name,
            "connection": "channel",
            "transport": "plain_http",
            "url_path": channel.path,
            "method": ", ".join(channel.methods),
            "service": channel.service,
            "security_id": declared_id(channel.security) if channel.security else 0,
            "data_format": channel.data_format,
            "envelope": channel.envelope,
            "has_rbac": channel.has_rbac,
        }
        for channel in channels
    ]


class HTTPSOAPObjects(Each):
    """Makes channels and outgoing connections, of REST and SOAP, effective."""

    def __init__(
        self,
        table: Table,
        security: SecurityObjects,
        outgoing: dict[str, Connections[HTTPConnection]],
        certificates: Certificates | None = None,
        auths: Auths | None = None,
        record: Recorder = nobody,
    ) -> None:
        """Takes what they are part of.

        Args:
            table: the channels that are served.
            security: the security definitions.
            outgoing: ``plain_http`` and ``soap`` -> the connections of that transport.
            certificates: those that outgoing connections may use.
            auths: what outgoing connections show of definitions that are more than headers.
            record: takes note of what they send and receive.
        """
        self.table = table
        self.security = security
        self.certificates = certificates
        self.auths = auths
        self.record = record
        self.outgoing = outgoing

    def load(self, items: Sequence[StoredObject]) -> None:
        """Takes all channels at once: each change makes the table anew."""
        channels = [item for item in items if item.fields["connection"] == "channel"]
        try:
            self.table.serve({item.id: self._channel(item) for item in channels})
        except HTTPError:
            super().load(channels)
        super().load([item for item in items if item.fields["connection"] != "channel"])

    def check(self, item: StoredObject) -> None:
        """Refuses a channel whose path is taken."""
        channel = self._channel(item)
        if channel is not None:
            self.table.check(item.id, channel)

    def put(self, item: StoredObject) -> None:
        """The next request finds it, and no longer what it was before: a channel may become a connection."""
        self.table.serve({item.id: self._channel(item)})
        self._drop(item)
        if item.fields["connection"] != "channel" and item.fields.get("is_active", True):
            connection = HTTPConnection(item, self.security, self.certificates, self.auths, self.record)
            self.outgoing[item.fields["transport"]].put(item.id, item.name, connection)

    def remove(self, item: StoredObject) -> None:
        """The next request does not find it."""
        self.table.serve({item.id: None})
        self._drop(item)

    def _drop(self, item: StoredObject) -> None:
        for connections in self.outgoing.values():
            old = connections.drop(item.id)
            if old is not None:
                old.close()

    def _channel(self, item: StoredObject) -> RestChannel | None:
        """The channel to serve; ``None`` for one that is not active, and for an outgoing connection."""
        fields = item.fields
        if fields["connection"] != "channel" or not fields.get("is_active", True):
            return None
        number = fields.get("security_id") or 0
        security = self.security.key(number) if number else ""
        path, service, has_rbac = fields["url_path"], fields["service"], fields.get("has_rbac", False)
        if fields["transport"] == "soap":
            action, version = fields.get("soap_action", ""), fields.get("soap_version", "1.1")
            kind = f"soap-{version}"
            return SOAPChannel(item.name, path, service, SOAP_METHODS, security, kind, False, has_rbac, action)
        methods = tuple(part.strip().upper() for part in fields.get("method", "").split(",") if part.strip())
        data_format, envelope = fields.get("data_format", "json"), fields.get("envelope", False)
        return RestChannel(item.name, path, service, methods, security, data_format, envelope, has_rbac)
