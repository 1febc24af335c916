"""Basic Auth definitions in the running server; those that every server has stay, and one is an administrator's."""

from apitest_server.errors import BadRequest
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.security.administrators import ADMIN_INVOKE, BUILT_IN
from apitest_server.security.authentication import key_of
from apitest_server.security.groups import Group
from apitest_server.security.objects import SecurityObjects


class BasicAuthObjects(Each):
    """Makes definitions effective."""

    def __init__(self, security: SecurityObjects, callers: Group) -> None:
        """Takes all definitions, and those whose credentials are as good as an administrator's."""
        self._security = security
        self._callers = callers
        self._built_in: dict[int, str] = {}

    def check(self, item: StoredObject) -> None:
        """Refuses to rename what clients look for by its name."""
        name = self._built_in.get(item.id, item.name)
        if name != item.name:
            raise BadRequest(f"Basic Auth definition `{name}` is part of every server and cannot be renamed")

    def check_removal(self, item: StoredObject) -> None:
        """Refuses to delete it."""
        if item.id in self._built_in:
            fix = "cannot be deleted; with `is_active` false it lets nobody in"
            raise BadRequest(f"Basic Auth definition `{item.name}` is part of every server and {fix}")

    def put(self, item: StoredObject) -> None:
        """The next request is checked against it."""
        self._security.put(item)
        if item.name in BUILT_IN:
            self._built_in[item.id] = item.name
        if item.name == ADMIN_INVOKE:
            self._callers.put(item.id, item.name, key_of(item.id))

    def remove(self, item: StoredObject) -> None:
        """Refuses everybody."""
        self._security.remove(item)
        self._built_in.pop(item.id, None)
        self._callers.remove(item.id)
