"""Security definitions: API keys. The key is the definition's password; ``header`` is what carries it."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, HeaderName, ObjectType
from apitest_server.security.objects import SECURITY
from apitest_server.service.elements import Bool, Text

API_KEY = ObjectType(
    name="security.apikey",
    title="API key definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username", default=""), searched=True),
        Field(HeaderName("header", default="X-API-Key"), searched=True),
        Field(Bool("for_outgoing", default=False), about="Kept so that outgoing connections can use it, too"),
        Field(Text("password"), stored="hashed", random=True),
    ),
    space="security",
    readable="for_outgoing",
    declared=lambda server: server.components[SECURITY].declared("security.apikey"),
)


class Create(crud.Create):
    """Creates an API key definition; it takes effect at once."""

    name = "zato.security.apikey.create"
    object_type = API_KEY


class Edit(crud.Edit):
    """Changes the given fields of an API key definition, at once; the others keep their values."""

    name = "zato.security.apikey.edit"
    object_type = API_KEY


class Delete(crud.Delete):
    """Deletes an API key definition, unless other objects need it."""

    name = "zato.security.apikey.delete"
    object_type = API_KEY


class GetList(crud.GetList):
    """Lists API key definitions by name, those of server.conf first; by page, search words and fields."""

    name = "zato.security.apikey.get-list"
    object_type = API_KEY


class GetByID(crud.GetByID):
    """Returns an API key definition, found by its ID, without secrets."""

    name = "zato.security.apikey.get-by-id"
    object_type = API_KEY


class GetByName(crud.GetByName):
    """Returns an API key definition, found by its name, without secrets."""

    name = "zato.security.apikey.get-by-name"
    object_type = API_KEY


class ChangePassword(crud.ChangePassword):
    """Changes the key of an API key definition, at once."""

    name = "zato.security.apikey.change-password"
    object_type = API_KEY
