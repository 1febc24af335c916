"""Roles, their permissions and the clients that have them, in the running server."""

from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each
from apitest_server.security.objects import SecurityObjects
from apitest_server.security.rbac import RBAC, ROOT, Grant, methods_of

ROLE, PERMISSION = "security.rbac.role", "security.rbac.permission"
GRANT, CLIENT = "security.rbac.role-permission", "security.rbac.client-role"


class RBACObjects(Each):
    """Each change counts for the next request."""

    def __init__(self, rbac: RBAC, security: SecurityObjects) -> None:
        self._rbac = rbac
        self._security = security

    def put(self, item: StoredObject) -> None:
        """By its kind."""
        fields = item.fields
        if item.kind == ROLE:
            self._rbac.put_role(item.id, fields["parent_id"] or ROOT)
        elif item.kind == PERMISSION:
            self._rbac.put_permission(item.id, methods_of(fields.get("methods", "")))
        elif item.kind == GRANT:
            self._rbac.put_grant(item.id, Grant(fields["role_id"], fields["service_name"], fields["perm_id"]))
        else:
            self._rbac.put_client(item.id, self._security.key(fields["security_id"]), fields["role_id"])

    def remove(self, item: StoredObject) -> None:
        """IDs are those of all objects, whatever their kind."""
        self._rbac.drop(item.id)
