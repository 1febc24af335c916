"""Permissions of roles: which services they may call, and with which methods."""

from apitest_server.deploy.names import service_id
from apitest_server.deploy.store import STORE
from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType, Reference
from apitest_server.odb.live import LIVE
from apitest_server.security.rbac import PERMISSIONS
from apitest_server.security.rbac_objects import GRANT as KIND
from apitest_server.security.rbac_objects import PERMISSION, ROLE
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import Int, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    roles = {item.id: item.name for item in server.components[LIVE].of_kind(ROLE)}
    if fields.role_id not in roles:
        raise InputError("role_id", f"is not the ID of a role that may be allowed something: {fields.role_id}")
    permissions = {item.id: item.name for item in server.components[LIVE].of_kind(PERMISSION)}
    permissions |= {number: name for number, name, _ in PERMISSIONS}
    if fields.perm_id not in permissions:
        raise InputError("perm_id", f"is not the ID of a permission: {fields.perm_id}")
    names = server.components[STORE].names()
    found = next((name for name in names if service_id(name) == fields.service_id), None)
    if found is None:
        raise InputError("service_id", f"is not the ID of a deployed service: {fields.service_id}")
    fields.service_name, fields.perm_name, fields.role_name = found, permissions[fields.perm_id], roles[fields.role_id]


ROLE_PERMISSION = ObjectType(
    name="security.rbac.role-permission",
    title="Permission of role",
    single="a permission of a role",
    plural="Permissions of roles",
    fields=(
        Field(Reference("role_id"), required=True, refers_to=(ROLE,), filters=True),
        Field(Int("service_id"), required=True),
        Field(Reference("perm_id", declared=True), required=True, refers_to=(PERMISSION,)),
        Field(Text("role_name", default=""), is_given=False),
        Field(Text("service_name", default=""), is_given=False, searched=True),
        Field(Text("perm_name", default=""), is_given=False),
    ),
    space=lambda fields: f"{KIND} {fields['role_id']} {fields['service_id']} {fields['perm_id']}",
    validate=_validate,
    named=lambda fields: f"{fields['role_name']}: {fields['perm_name']}, {fields['service_name']}"[:200],
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(ROLE_PERMISSION, __name__)
