"""Security definitions: HTTP Basic Auth."""

from apitest_server.internal import crud
from apitest_server.internal._named_along import rename_client
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.security.objects import SECURITY
from apitest_server.service.elements import Bool, Text

BASIC_AUTH = ObjectType(
    name="security.basic-auth",
    title="Basic Auth definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username"), required=True, searched=True),
        Field(Text("realm", default="apitest")),
        Field(Bool("for_outgoing", default=False), about="Kept so that outgoing connections can use it, too"),
        Field(Text("password"), stored="hashed", random=True),
    ),
    space="security",
    after_edit=rename_client,
    readable="for_outgoing",
    declared=lambda server: server.components[SECURITY].declared("security.basic-auth"),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(BASIC_AUTH, __name__)
