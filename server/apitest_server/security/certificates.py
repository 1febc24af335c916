"""Certificates for TLS that are kept in the ODB: authorities that are trusted, and certificates with their keys."""

from apitest_server.components import Key
from apitest_server.errors import ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each

AUTHORITY, PAIR = "security.tls.ca-cert", "security.tls.key-cert"


class Certificates(Each):
    """Those that are active, by ID; whoever uses one notices that it was changed by the object being another one."""

    def __init__(self) -> None:
        self._items: dict[int, StoredObject] = {}

    def put(self, item: StoredObject) -> None:
        """The next connection uses it."""
        if item.fields.get("is_active", True):
            self._items[item.id] = item
        else:
            self.remove(item)

    def remove(self, item: StoredObject) -> None:
        """The next connection that needs it is refused."""
        self._items.pop(item.id, None)

    def needed(self, number: int, user: str) -> StoredObject | None:
        """A certificate by its ID; ``None`` for 0.

        Args:
            number: its ID.
            user: the name of what needs it, for the error.

        Raises:
            ServiceUnavailable: it is not active.
        """
        if not number:
            return None
        item = self._items.get(number)
        if item is None:
            raise ServiceUnavailable(f"A certificate of `{user}` is not active")
        return item


CERTIFICATES: Key[Certificates] = Key("certificates")
