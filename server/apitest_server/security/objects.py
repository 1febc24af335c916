"""Security definitions and administrators of the ODB in the running server; those of server.conf as they are listed."""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

from apitest_server.components import Key
from apitest_server.config import SecurityDefinition
from apitest_server.errors import BadRequest
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.security.administrators import Administrators
from apitest_server.security.authentication import Authentication, key_of
from apitest_server.security.credentials import header_of_key
from apitest_server.security.definitions import Checker
from apitest_server.security.types import BY_KIND


class SecurityObjects(Each):
    """Makes definitions effective; one that is not active refuses everybody.

    Attributes:
        items: the active definitions of the ODB by ID.
    """

    def __init__(self, authentication: Authentication) -> None:
        self.authentication = authentication
        self.items: dict[int, StoredObject] = {}
        self._declared = {declared_id(definition.name): definition for definition in authentication.declared}

    def put(self, item: StoredObject, checks: Checker | None = None) -> None:
        """The next request is checked against it: by what is given, or by what its type has for that."""
        if not item.fields.get("is_active", True):
            self.remove(item)
            return
        made = checks or self.authentication.made(_definition(item), lambda: item.secret("secret"))
        self.authentication.define(key_of(item.id), made)
        self.items = {**self.items, item.id: item}

    def remove(self, item: StoredObject) -> None:
        """Refuses everybody."""
        self.authentication.remove(key_of(item.id))
        self.items = {number: other for number, other in self.items.items() if number != item.id}

    def active(self, number: int) -> StoredObject | None:
        """The active definition of the ODB that has an ID, as it is now; ``None`` if there is none."""
        return self.items.get(number)

    def key(self, number: int) -> str:
        """What ``Authentication`` knows a definition by: of the ODB, or, with a negative ID, of server.conf."""
        declared = self._declared.get(number)
        return declared.name if declared else key_of(number)

    def definition(self, number: int) -> SecurityDefinition | None:
        """An active definition with its secrets, to call others with; ``None`` if there is none."""
        if number in self._declared:
            return self._declared[number]
        item = self.items.get(number)
        return None if item is None else _definition(item, item.secret("secret"))

    def declared(self, kind: str = "") -> Iterator[dict[str, Any]]:
        """The definitions of server.conf, of one kind or of all, as rows with negative IDs."""
        for number, definition in self._declared.items():
            if not kind or BY_KIND[kind].name == definition.type:
                yield {
                    "id": number,
                    "name": definition.name,
                    "type": definition.type,
                    "username": definition.username,
                    "realm": definition.realm,
                    "header": definition.header,
                    "issuer": definition.issuer,
                    "audience": definition.audience,
                    "for_outgoing": True,
                    **{name: getattr(definition, name) for name in _OWN},
                }


class AdministratorObjects(Each):
    """Administrators of the ODB in the running server; there is always one that is active."""

    def __init__(self, administrators: Administrators) -> None:
        self.administrators = administrators
        self._active: dict[int, StoredObject] = {}

    def check(self, item: StoredObject) -> None:
        """Refuses to deactivate the last one."""
        if not item.fields.get("is_active", True):
            self.check_removal(item)

    def check_removal(self, item: StoredObject) -> None:
        """Refuses to delete the last one."""
        if self._active.keys() == {item.id}:
            raise BadRequest("This is the last active administrator; create another one first")

    def put(self, item: StoredObject) -> None:
        """From now on this one may use the admin API."""
        self._active.pop(item.id, None)
        if item.fields.get("is_active", True):
            self._active[item.id] = item
        self._publish()

    def remove(self, item: StoredObject) -> None:
        """From now on this one may not use it."""
        self._active.pop(item.id, None)
        self._publish()

    def _publish(self) -> None:
        self.administrators.passwords = {item.name: item.secrets["password"] for item in self._active.values()}


class RevokedTokens(Each):
    """Tokens that have logged out, named by the digests of their IDs; they are refused until they expire."""

    def __init__(self, revoked: dict[str, float]) -> None:
        self._revoked = revoked

    def put(self, item: StoredObject) -> None:
        """Refuses the token from now on."""
        self._revoked[item.name] = float(item.fields["expires"])

    def remove(self, item: StoredObject) -> None:
        """Forgets a token that has expired."""
        self._revoked.pop(item.name, None)


# Fields of some types, which have the same names in server.conf
_OWN = (
    "password_type", "reject_empty_nonce_creat", "reject_stale_tokens", "reject_expiry_limit", "nonce_freshness_time",
)  # fmt: skip


def declared_id(name: str) -> int:
    """The ID of what server.conf declares: negative, and the same at each start."""
    return -1 - (crc32(name.encode("utf-8")) >> 1)


def _definition(item: StoredObject, secret: str = "") -> SecurityDefinition:
    get = item.fields.get
    password = item.secret("password")
    return SecurityDefinition(
        name=item.name,
        type=BY_KIND[item.kind].name,
        username=get("username", ""),
        password=password,
        key=password,
        secret=secret,
        realm=get("realm") or "apitest",
        header=get("header") or header_of_key(get("username", "")),
        issuer=get("issuer", ""),
        audience=get("audience", ""),
        **{name: item.fields[name] for name in _OWN if name in item.fields},
    )


SECURITY: Key[SecurityObjects] = Key("security")
