"""What roles can be allowed: Create, Read, Update and Delete, which are the methods of HTTP. They cannot be changed."""

from collections.abc import Iterator, Mapping

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.security.rbac import PERMISSIONS
from apitest_server.service.base import Server
from apitest_server.service.elements import Text


def _built_in(server: Server) -> Iterator[Mapping[str, object]]:
    for number, name, methods in PERMISSIONS:
        yield {"id": number, "name": name, "methods": ", ".join(methods)}


PERMISSION = ObjectType(
    name="security.rbac.permission",
    title="Permission",
    fields=(Field(Text("methods", default="")),),
    declared=_built_in,
    is_built_in=True,
)


class GetList(crud.GetList):
    """Lists permissions by name; by page, search words and fields."""

    name = "zato.security.rbac.permission.get-list"
    object_type = PERMISSION


class GetByID(crud.GetByID):
    """Returns a permission, found by its ID."""

    name = "zato.security.rbac.permission.get-by-id"
    object_type = PERMISSION


class GetByName(crud.GetByName):
    """Returns a permission, found by its name."""

    name = "zato.security.rbac.permission.get-by-name"
    object_type = PERMISSION
