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


class Create(crud.Create):
    """Creates an NTLM definition; it takes effect at once."""

    name = "zato.security.ntlm.create"
    object_type = NTLM


class Edit(crud.Edit):
    """Changes the given fields of an NTLM definition, at once; the others keep their values."""

    name = "zato.security.ntlm.edit"
    object_type = NTLM


class Delete(crud.Delete):
    """Deletes an NTLM definition, unless connections need it."""

    name = "zato.security.ntlm.delete"
    object_type = NTLM


class GetList(crud.GetList):
    """Lists NTLM definitions by name; by page, search words and fields."""

    name = "zato.security.ntlm.get-list"
    object_type = NTLM


class GetByID(crud.GetByID):
    """Returns an NTLM definition, found by its ID, without secrets."""

    name = "zato.security.ntlm.get-by-id"
    object_type = NTLM


class GetByName(crud.GetByName):
    """Returns an NTLM definition, found by its name, without secrets."""

    name = "zato.security.ntlm.get-by-name"
    object_type = NTLM


class ChangePassword(crud.ChangePassword):
    """Changes the password of an NTLM definition, at once."""

    name = "zato.security.ntlm.change-password"
    object_type = NTLM
