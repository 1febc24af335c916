"""What an outgoing WSX connection is defined as, and how it proves who it is."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.tls import context
from apitest_server.redaction import masked_text
from apitest_server.security.credentials import basic_value
from apitest_server.security.objects import SecurityObjects
from apitest_server.security.signing import token
from apitest_server.security.types import headers
from apitest_server.wsx.caller import CallerTerms
from apitest_server.wsx.dialled import Address
from apitest_server.wsx.endpoint import Bounds

UNSENT = 1024 * 1024  # bytes that may wait for the remote end to read, next to one message of the largest size
_TOKEN_LIFETIME = 60  # seconds


@dataclass(frozen=True, slots=True)
class Remote:
    """A remote end, and what is wanted of it.

    Attributes:
        id: of the definition.
        name: of the connection.
        url: such as ``wss://example.com/orders``.
        is_zato: whether it speaks WSX.
        topics: to subscribe to.
        on_connect, on_message, on_close: the services that are told of it; empty for none.
        pool_size: how many connections are kept open.
        connect_timeout: seconds, until the session is there.
        timeout: seconds that an answer may take.
        max_reconnect_delay: seconds between two attempts to connect, at most.
        ping_interval: seconds between our pings.
        pings_missed_threshold: so many unanswered ones in a row close a connection.
        max_message_size: bytes, in both directions.
        tls: how its certificate is verified.
    """

    id: int
    name: str
    url: str
    is_zato: bool
    topics: tuple[str, ...]
    on_connect: str
    on_message: str
    on_close: str
    pool_size: int
    connect_timeout: float
    timeout: float
    max_reconnect_delay: float
    ping_interval: float
    pings_missed_threshold: int
    max_message_size: int
    tls: ssl.SSLContext | None

    @property
    def where(self) -> str:
        """The URL without secrets, for people."""
        return masked_text(self.url)

    @property
    def terms(self) -> CallerTerms:
        """What a session expects."""
        return CallerTerms(
            self.connect_timeout,
            ping_interval=self.ping_interval,
            pings_missed_threshold=self.pings_missed_threshold,
        )

    @property
    def bounds(self) -> Bounds:
        """Of each connection."""
        return Bounds(self.max_message_size, UNSENT + self.max_message_size, self.timeout)


def remote_of(item: StoredObject, directory: Path) -> Remote:
    """What a definition says.

    Args:
        item: the definition.
        directory: where a relative path of certificates begins.

    Raises:
        BadRequest: the file of certificates cannot be used.
    """
    fields = item.fields
    return Remote(
        id=item.id,
        name=item.name,
        url=fields["address"],
        is_zato=fields.get("is_zato", True),
        topics=topics_of(fields.get("subscription_list", "")),
        on_connect=fields.get("on_connect_service_name", ""),
        on_message=fields.get("on_message_service_name", ""),
        on_close=fields.get("on_close_service_name", ""),
        pool_size=fields.get("pool_size", 1),
        connect_timeout=fields.get("connect_timeout", 10),
        timeout=fields.get("timeout", 10),
        max_reconnect_delay=fields.get("max_reconnect_delay", 30),
        ping_interval=fields.get("ping_interval", 30),
        pings_missed_threshold=fields.get("pings_missed_threshold", 5),
        max_message_size=fields.get("max_message_size", 1024 * 1024),
        tls=_tls(fields["address"], fields, directory),
    )


def topics_of(text: str) -> tuple[str, ...]:
    """The topics that a text names, one a line; each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class Credentials:
    """Who the connection is to the remote end, read each time it logs in: what was changed meanwhile counts."""

    def __init__(self, item: StoredObject, security: SecurityObjects) -> None:
        self._item = item
        self._security = security

    def pair(self) -> tuple[str, str]:
        """User name and secret, as a WSX session is created with; both empty if there are none.

        Raises:
            ServiceUnavailable: the security definition is not active.
        """
        number = self._item.fields.get("security_id") or 0
        if not number:
            return self._item.fields.get("username", ""), self._item.secret("secret")
        definition = self._security.definition(number)
        if definition is None:
            raise ServiceUnavailable("The security definition is not active")
        if definition.type == "jwt":
            return "", token(definition, definition.username or definition.name, _TOKEN_LIFETIME)
        if definition.type == "api-key":
            return "", definition.key
        return definition.username, definition.password

    def headers(self) -> dict[str, str]:
        """Headers of the handshake with a server that does not speak WSX.

        Raises:
            ServiceUnavailable: the security definition is not active.
        """
        number = self._item.fields.get("security_id") or 0
        definition = self._security.definition(number) if number else None
        if definition is not None:
            return headers(definition)
        username, secret = self.pair()
        if not (username or secret):
            return {}
        return {"Authorization": basic_value(username, secret)}


def address(remote: Remote, credentials: Credentials) -> Address:
    """Where a connection leads, and what the request for it says.

    Raises:
        ServiceUnavailable: the security definition is not active.
    """
    return Address(remote.url, {} if remote.is_zato else credentials.headers(), remote.tls)


def _tls(url: str, fields: Mapping[str, object], directory: Path) -> ssl.SSLContext | None:
    return context(fields, directory) if url.startswith("wss:") else None
