"""Security definitions: HTTP Basic Auth."""

from apitest_server.internal import crud
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
    readable="for_outgoing",
    declared=lambda server: server.components[SECURITY].declared("security.basic-auth"),
)


class Create(crud.Create):
    """Creates a Basic Auth definition; it takes effect at once."""

    name = "zato.security.basic-auth.create"
    object_type = BASIC_AUTH


class Edit(crud.Edit):
    """Changes the given fields of a Basic Auth definition, at once; the others keep their values."""

    name = "zato.security.basic-auth.edit"
    object_type = BASIC_AUTH


class Delete(crud.Delete):
    """Deletes a Basic Auth definition, unless other objects need it."""

    name = "zato.security.basic-auth.delete"
    object_type = BASIC_AUTH


class GetList(crud.GetList):
    """Lists Basic Auth definitions by name, those of server.conf first; by page, search words and fields."""

    name = "zato.security.basic-auth.get-list"
    object_type = BASIC_AUTH


class GetByID(crud.GetByID):
    """Returns a Basic Auth definition, found by its ID, without secrets."""

    name = "zato.security.basic-auth.get-by-id"
    object_type = BASIC_AUTH


class GetByName(crud.GetByName):
    """Returns a Basic Auth definition, found by its name, without secrets."""

    name = "zato.security.basic-auth.get-by-name"
    object_type = BASIC_AUTH


class ChangePassword(crud.ChangePassword):
    """Changes the password of a Basic Auth definition, at once."""

    name = "zato.security.basic-auth.change-password"
    object_type = BASIC_AUTH
