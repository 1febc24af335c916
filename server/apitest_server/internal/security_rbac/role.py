"""Roles, each with the one that it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType, Reference
from apitest_server.internal.security_rbac.client_role import CLIENT_ROLE
from apitest_server.internal.security_rbac.role_permission import ROLE_PERMISSION
from apitest_server.security.rbac import ACCESS, ROOT
from apitest_server.security.rbac_objects import ROLE as KIND
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server


def _built_in(server: Server) -> Iterator[Mapping[str, object]]:
    yield {"id": ROOT, "name": "Root", "parent_id": 0}


def _validate(server: Server, fields: Attrs, number: int) -> None:
    fields.parent_id = fields.parent_id or ROOT
    if fields.parent_id < 0 and fields.parent_id != ROOT:
        raise InputError("parent_id", f"is not the ID of a role: {fields.parent_id}")
    if number and number in server.components[ACCESS].above(fields.parent_id):
        raise InputError("parent_id", "would make a role come from itself")


def _renamed(act: crud.Changing, number: int) -> None:
    """What has the name of a role has the new one."""
    name = act.objects.get((KIND,), ROLE.title, number).name
    for object_type in (ROLE_PERMISSION, CLIENT_ROLE):
        for item in act.objects.needing(object_type.name, number):
            act.edit(replace(object_type, validate=None), item.id, {"role_name": name})


ROLE = ObjectType(
    name="security.rbac.role",
    title="Role",
    fields=(Field(Reference("parent_id", declared=True), refers_to=(KIND,)),),
    validate=_validate,
    declared=_built_in,
    is_built_in=True,
    after_edit=_renamed,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(ROLE, __name__)
