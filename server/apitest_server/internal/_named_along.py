"""What tells the name of a security definition or of a permission gets the new one when that is renamed."""

from collections.abc import Iterator
from dataclasses import replace

from apitest_server.deploy.store import STORE
from apitest_server.errors import NoSuchService
from apitest_server.internal.crud import Changing, ObjectType
from apitest_server.internal.crud.kinds import type_of
from apitest_server.odb import StoredObject
from apitest_server.security.rbac_objects import CLIENT, GRANT, PERMISSION
from apitest_server.security.types import BY_KIND


def client_def(sec_type: str, name: str) -> str:
    """A definition as roles of clients name it."""
    return f"sec_def:::{sec_type}:::{name}"


def rename_client(act: Changing, number: int) -> None:
    """Roles of clients name the security definition that was edited as it is called now."""
    for object_type, item in _needing(act, CLIENT, number):
        definition = act.objects.get(tuple(BY_KIND), "Definition", number)
        told = client_def(BY_KIND[definition.kind].sec_type, definition.name)
        act.edit(object_type, item.id, {"client_def": told})


def rename_permission(act: Changing, number: int) -> None:
    """Permissions of roles name the permission that was edited as it is called now."""
    for object_type, item in _needing(act, GRANT, number):
        name = act.objects.get((PERMISSION,), "Permission", number).name
        act.edit(object_type, item.id, {"perm_name": name})


def _needing(act: Changing, kind: str, number: int) -> Iterator[tuple[ObjectType, StoredObject]]:
    """Objects with their type, whose module is imported only where there are any."""
    for item in act.objects.needing(kind, number):
        try:
            found = type_of(act.server.components[STORE], kind)
        except NoSuchService:  # The module is disabled: nobody sees what they tell
            return
        if found is not None:
            yield replace(found, validate=None), item
