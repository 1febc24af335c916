"""Security definitions: NTLM, with which outgoing REST and SOAP connections sign in to servers of Windows domains."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.service.elements import Bool, Text

NTLM = ObjectType(
    name="security.ntlm",
    title="NTLM definition",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("username"), required=True, searched=True, about="Such as DOMAIN\\user"),
        Field(Text("password"), stored="encrypted"),
    ),
    space="security",
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(NTLM, __name__)
