"""Administrators: who may use the admin API."""

from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType
from apitest_server.service.elements import Bool, Text

ADMINISTRATOR = ObjectType(
    name="security.administrator",
    title="Administrator",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("password"), stored="hashed", random=True),
    ),
)


class Create(crud.Create):
    """Creates an administrator; it takes effect at once."""

    name = "zato.security.administrator.create"
    object_type = ADMINISTRATOR


class Edit(crud.Edit):
    """Changes the given fields of an administrator, at once; the others keep their values."""

    name = "zato.security.administrator.edit"
    object_type = ADMINISTRATOR


class Delete(crud.Delete):
    """Deletes an administrator, unless other objects need it."""

    name = "zato.security.administrator.delete"
    object_type = ADMINISTRATOR


class GetList(crud.GetList):
    """Lists administrators by name; by page, search words and fields."""

    name = "zato.security.administrator.get-list"
    object_type = ADMINISTRATOR


class GetByID(crud.GetByID):
    """Returns an administrator, found by its ID, without secrets."""

    name = "zato.security.administrator.get-by-id"
    object_type = ADMINISTRATOR


class GetByName(crud.GetByName):
    """Returns an administrator, found by its name, without secrets."""

    name = "zato.security.administrator.get-by-name"
    object_type = ADMINISTRATOR


class ChangePassword(crud.ChangePassword):
    """Changes the password of an administrator, at once."""

    name = "zato.security.administrator.change-password"
    object_type = ADMINISTRATOR
