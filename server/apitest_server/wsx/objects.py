"""Objects of the kind ``channel.web-socket`` in the running server: clients can connect, or not any longer."""

from collections.abc import Sequence

from apitest_server.config import WebSocketChannel
from apitest_server.errors import BadRequest
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.security.objects import SecurityObjects, declared_id
from apitest_server.wsx.channels import Channels
from apitest_server.wsx.web_sockets import WebSockets


def declared(channels: Channels) -> list[dict[str, object]]:
    """The channels of server.conf as rows with negative IDs."""
    return [
        {
            "id": declared_id(one.name),
            "name": one.name,
            "url_path": one.path,
            "service": one.service,
            "security_id": declared_id(one.security) if one.security else 0,
            "origins": ", ".join(one.origins),
            **{name: getattr(one, name) for name in SAME},
        }
        for one in channels.fixed
    ]


# The fields that an object and a section of server.conf have in common
SAME = (
    "port", "host", "token_ttl", "new_token_wait_time", "ping_interval", "pings_missed_threshold", "max_message_size",
    "max_connections", "max_connections_per_address", "max_messages_per_second", "compression",
)  # fmt: skip


class WebSocketObjects(Each):
    """Makes channels effective."""

    def __init__(self, web_sockets: WebSockets, security: SecurityObjects) -> None:
        self._web_sockets = web_sockets
        self._security = security

    def load(self, items: Sequence[StoredObject]) -> None:
        """Serves those that nothing speaks against."""
        super().load(items)

    def check(self, item: StoredObject) -> None:
        """Refuses a channel whose path or port is taken."""
        settings = self._settings(item)
        if settings is not None:
            self._web_sockets.check(item.id, settings)

    def put(self, item: StoredObject) -> None:
        """Clients can connect."""
        self._web_sockets.serve(item.id, self._settings(item))

    def remove(self, item: StoredObject) -> None:
        """Clients are disconnected, and nobody can connect."""
        self._web_sockets.serve(item.id, None)

    def _settings(self, item: StoredObject) -> WebSocketChannel | None:
        """The channel to serve; ``None`` for one that is not active."""
        fields = item.fields
        if not fields.get("is_active", True):
            return None
        number = fields.get("security_id") or 0
        try:
            return WebSocketChannel(
                item.name,
                fields["service"],
                fields["url_path"],
                security=self._security.key(number) if number else "",
                origins=origins_of(fields.get("origins", "")),
                **{name: fields[name] for name in SAME if name in fields},
            )
        except KeyError as error:
            raise BadRequest(f"The channel has no field {error}") from None


def origins_of(text: str) -> tuple[str, ...]:
    """The accepted values of the header ``Origin``, which a text lists separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
