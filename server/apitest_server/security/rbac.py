"""PURE  Role-based access control: which clients may call which services with which methods of HTTP."""

from collections.abc import Iterator
from typing import NamedTuple

from apitest_server.components import Key

ROOT = -1  # The ID of the role that all others come from; it may do nothing
# ID, name and the methods of HTTP that need it
PERMISSIONS = (
    (-1, "Create", ("POST",)),
    (-2, "Read", ("GET", "HEAD")),
    (-3, "Update", ("PUT", "PATCH")),
    (-4, "Delete", ("DELETE",)),
)
_NEEDED = {method: number for number, _, methods in PERMISSIONS for method in methods}


class Grant(NamedTuple):
    """A role may call a service with a permission."""

    role: int
    service: str
    permission: int


class RBAC:
    """Roles, what they may do, and who has them. Any thread may ask while one thread changes it."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}
        self._grants: dict[int, Grant] = {}
        self._clients: dict[int, tuple[str, int]] = {}
        self._permissions: dict[int, frozenset[str]] = {}

    def put_role(self, number: int, parent: int) -> None:
        """Adds a role, or moves it; what its parent may do it may do as well."""
        self._parents[number] = parent

    def put_permission(self, number: int, methods: frozenset[str]) -> None:
        """Adds a permission next to those that are always there, or changes which methods need it."""
        self._permissions[number] = methods

    def put_grant(self, number: int, grant: Grant) -> None:
        """Allows something to a role."""
        self._grants[number] = grant

    def put_client(self, number: int, security: str, role: int) -> None:
        """Gives a role to who proves to be somebody by a security definition, by its key."""
        self._clients[number] = (security, role)

    def drop(self, number: int) -> None:
        """Forgets a role, a permission, a grant, or that a client has a role."""
        for known in (self._parents, self._grants, self._clients, self._permissions):
            known.pop(number, None)

    def above(self, role: int) -> Iterator[int]:
        """A role and those that it comes from; the nearest first."""
        seen: set[int] = set()
        while role not in seen and role in self._parents:
            seen.add(role)
            yield role
            role = self._parents[role]

    def permits(self, security: str, service: str, method: str) -> bool:
        """Whether who is known by a security definition may call a service.

        Args:
            security: the key of the definition.
            service: the service's name.
            method: of HTTP, in capitals.
        """
        permissions = [number for number, methods in self._permissions.copy().items() if method in methods]
        if method in _NEEDED:
            permissions.append(_NEEDED[method])
        if not permissions:
            return False
        mine = [role for key, role in list(self._clients.values()) if key == security]
        roles = {above for role in mine for above in self.above(role)}
        wanted = {Grant(role, service, permission) for role in roles for permission in permissions}
        return not wanted.isdisjoint(self._grants.copy().values())


def methods_of(text: str) -> frozenset[str]:
    """The methods of HTTP, with commas between them, that a permission is for; in capitals."""
    return frozenset(part.strip().upper() for part in text.split(",") if part.strip())


ACCESS: Key[RBAC] = Key("rbac")
