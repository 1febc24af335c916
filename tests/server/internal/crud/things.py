"""A kind of objects for the tests of the mechanism, described as any other."""

from collections.abc import Iterator
from typing import Any

from apitest_server.errors import BadRequest
from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, ObjectType, OneOf, Reference
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server
from apitest_server.service.elements import CSV, Bool, DateTime, Text


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if fields.host == "refused":
        raise BadRequest(f"Thing {number} is refused")
    fields.host = fields.host.rstrip("/")


def _declared(server: Server) -> Iterator[dict[str, Any]]:
    yield {"id": -2, "name": "Zeta of server.conf", "host": "conf"}
    yield {"id": -1, "name": "alpha of server.conf", "host": "conf", "is_active": False}


THING = ObjectType(
    name="test.thing",
    title="Thing",
    fields=(
        Field(Bool("is_active", default=True), filters=True),
        Field(Text("host"), required=True, searched=True),
        Field(Between("port", 1, 65535, default=21)),
        Field(OneOf("mode", "passive", "active")),
        Field(Text("code", default="")),
        Field(CSV("tags", default=())),
        Field(DateTime("since")),
        Field(Reference("other_id"), refers_to=("test.thing",)),
        Field(Text("password"), stored="encrypted"),
    ),
    validate=_validate,
    declared=_declared,
)


USER = ObjectType(
    name="test.user",
    title="User",
    fields=(
        Field(Text("login"), required=True, unique=True),
        Field(Bool("readable", default=False)),
        Field(Text("password"), stored="hashed", random=True),
    ),
    space="people",
    readable="readable",
)

PLAIN = ObjectType(name="test.plain", title="Plain thing", fields=(), space="people")


class ThingCreate(crud.Create):
    """Creates a thing; it takes effect at once."""

    name = "zato.test.thing.create"
    object_type = THING


class ThingEdit(crud.Edit):
    """Changes the given fields of a thing, at once; the others keep their values."""

    name = "zato.test.thing.edit"
    object_type = THING


class ThingDelete(crud.Delete):
    """Deletes a thing, unless other objects need it."""

    name = "zato.test.thing.delete"
    object_type = THING


class ThingGetList(crud.GetList):
    """Lists things by name, those of server.conf first: all of them, or by page, search words and fields."""

    name = "zato.test.thing.get-list"
    object_type = THING


class ThingGetByID(crud.GetByID):
    """Returns a thing, found by its ID, without secrets."""

    name = "zato.test.thing.get-by-id"
    object_type = THING


class ThingGetByName(crud.GetByName):
    """Returns a thing, found by its name, without secrets."""

    name = "zato.test.thing.get-by-name"
    object_type = THING


class ThingChangePassword(crud.ChangePassword):
    """Changes the password of a thing, at once."""

    name = "zato.test.thing.change-password"
    object_type = THING


class UserCreate(crud.Create):
    """Creates a user; it takes effect at once."""

    name = "zato.test.user.create"
    object_type = USER


class UserEdit(crud.Edit):
    """Changes the given fields of a user, at once; the others keep their values."""

    name = "zato.test.user.edit"
    object_type = USER


class UserDelete(crud.Delete):
    """Deletes a user, unless other objects need it."""

    name = "zato.test.user.delete"
    object_type = USER


class UserGetList(crud.GetList):
    """Lists users by name, those of server.conf first: all of them, or by page, search words and fields."""

    name = "zato.test.user.get-list"
    object_type = USER


class UserGetByID(crud.GetByID):
    """Returns a user, found by its ID, without secrets."""

    name = "zato.test.user.get-by-id"
    object_type = USER


class UserGetByName(crud.GetByName):
    """Returns a user, found by its name, without secrets."""

    name = "zato.test.user.get-by-name"
    object_type = USER


class UserChangePassword(crud.ChangePassword):
    """Changes the password of a user, at once."""

    name = "zato.test.user.change-password"
    object_type = USER


class PlainCreate(crud.Create):
    """Creates a plain thing; it takes effect at once."""

    name = "zato.test.plain.create"
    object_type = PLAIN


class PlainDelete(crud.Delete):
    """Deletes a plain thing, unless other objects need it."""

    name = "zato.test.plain.delete"
    object_type = PLAIN


def _checked(server: Server, fields: Attrs, number: int) -> None:
    fields.length = len(fields.code)


CODE = ObjectType(
    name="test.code",
    title="Code",
    fields=(Field(Text("code"), required=True), Field(Between("length", 0, 9, default=0), is_given=False)),
    validate=_checked,
    named=lambda fields: f"code {fields['code']}",
)


class CodeCreate(crud.Create):
    """Creates a code, which names itself."""

    name = "zato.test.code.create"
    object_type = CODE


class CodeEdit(crud.Edit):
    """Changes a code, and with it its name."""

    name = "zato.test.code.edit"
    object_type = CODE


class CodeGetByID(crud.GetByID):
    """Returns a code, found by its ID."""

    name = "zato.test.code.get-by-id"
    object_type = CODE
