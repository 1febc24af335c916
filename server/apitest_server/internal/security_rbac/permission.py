"""What roles can be allowed: the methods of HTTP, one by one or several as one permission.

Create, Read, Update and Delete are part of every server.
"""

from collections.abc import Iterator, Mapping

from apitest_server.internal import crud
from apitest_server.internal._named_along import rename_permission
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.security.rbac import PERMISSIONS, methods_of
from apitest_server.service.base import HANDLERS, Server
from apitest_server.service.elements import Text


class _Methods(Text):
    """Methods of HTTP."""

    def parse(self, value: object) -> str:
        """The methods in order, with commas between them."""
        found = methods_of(super().parse(value))
        unknown = sorted(found - set(HANDLERS))
        if unknown:
            raise ValueError(f"must have methods such as GET, POST, and not `{unknown[0][:60]}`")
        return ", ".join(sorted(found))


def _built_in(server: Server) -> Iterator[Mapping[str, object]]:
    for number, name, methods in PERMISSIONS:
        yield {"id": number, "name": name, "methods": ", ".join(methods)}


PERMISSION = ObjectType(
    name="security.rbac.permission",
    title="Permission",
    fields=(
        Field(_Methods("methods", default=""), about="Such as GET, POST; a permission without any allows nothing"),
    ),
    declared=_built_in,
    is_built_in=True,
    after_edit=rename_permission,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(PERMISSION, __name__)
