"""Security definitions: API keys. The key is the definition's password; ``header`` is what carries it.

Clients that know of no ``header`` send its name as the user name.
"""

from collections.abc import Mapping

from apitest_server.internal import crud
from apitest_server.internal._named_along import rename_client
from apitest_server.internal.crud import Field, HeaderName, ObjectType
from apitest_server.security.credentials import header_of_key
from apitest_server.security.objects import SECURITY
from apitest_server.service.elements import Bool, Text


def _header(fields: Mapping[str, object]) -> str:
    return header_of_key(str(fields.get("username", "")))


API_KEY = ObjectType(
    name="security.apikey",
    title="API key definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username", default=""), searched=True),
        Field(
            HeaderName("header", default=""),
            searched=True,
            about="What carries the key; if empty the user name, where a header can be called so, else X-API-Key",
            if_empty=_header,
        ),
        Field(Bool("for_outgoing", default=False), about="Kept so that outgoing connections can use it, too"),
        Field(Text("password"), stored="hashed", random=True),
    ),
    space="security",
    after_edit=rename_client,
    readable="for_outgoing",
    declared=lambda server: server.components[SECURITY].declared("security.apikey"),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(
    API_KEY,
    __name__,
    {
        "change-password": "Changes the key of {one}, at once.",
    },
)
