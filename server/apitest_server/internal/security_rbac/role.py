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


ROLE = ObjectType(
    name=KIND,
    title="Role",
    fields=(Field(Reference("parent_id", declared=True), refers_to=(KIND,)),),
    validate=_validate,
    declared=_built_in,
    is_built_in=True,
)


class Create(crud.Create):
    """Creates a role; it takes effect at once."""

    name = "zato.security.rbac.role.create"
    object_type = ROLE


class Edit(crud.Edit):
    """Changes the given fields of a role, at once; the others keep their values."""

    name = "zato.security.rbac.role.edit"
    object_type = ROLE

    def along(self, act: crud.Act, number: int) -> None:
        """What has its name has the new one."""
        name = act.objects.get((KIND,), ROLE.title, number).name
        for object_type in (ROLE_PERMISSION, CLIENT_ROLE):
            for item in act.objects.needing(object_type.name, number):
                act.edit(replace(object_type, validate=None), item.id, {"role_name": name})


class Delete(crud.Delete):
    """Deletes a role, unless other roles, permissions or clients need it."""

    name = "zato.security.rbac.role.delete"
    object_type = ROLE


class GetList(crud.GetList):
    """Lists roles, Root first, by name; by page, search words and fields."""

    name = "zato.security.rbac.role.get-list"
    object_type = ROLE


class GetByID(crud.GetByID):
    """Returns a role, found by its ID."""

    name = "zato.security.rbac.role.get-by-id"
    object_type = ROLE


class GetByName(crud.GetByName):
    """Returns a role, found by its name."""

    name = "zato.security.rbac.role.get-by-name"
    object_type = ROLE
