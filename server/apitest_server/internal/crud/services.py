"""The services of a type of objects: a base class for each verb, to derive from with a name and a type of objects."""

from collections.abc import Mapping
from typing import Any

from apitest_server.errors import InputError
from apitest_server.internal.crud.changes import Changes
from apitest_server.internal.crud.declarations import declaration
from apitest_server.internal.crud.object_type import KEPT, ObjectType
from apitest_server.internal.crud.paging import page, searched
from apitest_server.odb import StoredObject
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Int


class ObjectService(Service):
    """What the base classes have in common.

    Attributes:
        verb: what the service does, as in its name.
        object_type: the type of the objects; a class that sets it has its SimpleIO made from it.
    """

    verb: str
    object_type: ObjectType

    def __init_subclass__(cls) -> None:
        """Makes SimpleIO.

        Raises:
            TypeError: the class is not named after its type of objects.
        """
        super().__init_subclass__()
        if "object_type" in vars(cls):
            expected = f"zato.{cls.object_type.name}.{cls.verb}"
            if cls.name != expected:
                raise TypeError(f"{cls.__qualname__} must have the name `{expected}`, not `{cls.name}`")
            cls.SimpleIO = declaration(cls.object_type, cls.verb)

    @property
    def given(self) -> Mapping[str, Any]:
        """The input, which must not be a list."""
        fields = self.request.input
        if isinstance(fields, list):
            raise InputError("body", "must be an object")
        return dict(fields)

    @property
    def objects(self) -> Changes:
        """The objects of the object_type."""
        return Changes(self.server, self.object_type)


def _told(object_type: ObjectType, item: StoredObject) -> dict[str, object]:
    """What is returned of an object that was created or changed."""
    return {"id": item.id, "name": item.name, **{name: item.fields[name] for name in object_type.told}}


class Create(ObjectService):
    """Creates one; it takes effect at once."""

    verb = "create"

    def handle(self) -> None:
        """Returns its ``id`` and ``name``."""
        self.response.payload = _told(self.object_type, self.objects.create(self.given))


class Edit(ObjectService):
    """Changes the fields that are given; that takes effect at once."""

    verb = "edit"

    def handle(self) -> None:
        """Returns its ``id`` and ``name``."""
        given = self.given
        self.response.payload = _told(self.object_type, self.objects.edit(given["id"], given))


def _filtered(object_type: ObjectType, given: Mapping[str, Any]) -> dict[str, Any]:
    filters = (field.name for field in object_type.shown if field.filters)
    return {name: given[name] for name in filters if given[name] is not KEPT}


class Delete(ObjectService):
    """Deletes one, unless others need it."""

    verb = "delete"

    def handle(self) -> None:
        """Returns its ``id`` and ``name``."""
        item = self.objects.delete(self.given["id"])
        self.response.payload = {"id": item.id, "name": item.name}


class GetList(ObjectService):
    """Lists them by name, those of server.conf in front; by page, by search words, by fields."""

    verb = "get-list"

    def handle(self) -> None:
        """Returns the rows; on which page they are is in the response's ``meta``."""
        given = self.given
        wanted = page(given)
        rows, total = self.objects.rows(wanted, searched(given).split(), _filtered(self.object_type, given))
        self.response.payload = rows
        self.response.meta = wanted.meta(total)


class GetByID(ObjectService):
    """Returns one, found by its ID."""

    verb = "get-by-id"

    def handle(self) -> None:
        """Returns all of its fields but the secrets."""
        self.response.payload = self.objects.row(self.given["id"])


class GetByName(ObjectService):
    """Returns one, found by its name; of several, the one that has the fields that are given, or the oldest."""

    verb = "get-by-name"

    def handle(self) -> None:
        """Returns all of its fields but the secrets."""
        self.response.payload = self.objects.row_by_name(self.given["name"], _filtered(self.object_type, self.given))


class Switch(Service):
    """Makes one active or inactive, at once; what that is called, and is named, depends on the type.

    Attributes:
        object_type: the type of the objects.
        is_active: what they become.
    """

    object_type: ObjectType
    is_active: bool

    class SimpleIO:
        """By ID."""

        input_required = (Int("id"),)
        input_optional = (Int("cluster_id"),)
        output_required = (Int("id"), "name", Bool("is_active"))

    def handle(self) -> None:
        """Returns what it has become."""
        changes = Changes(self.server, self.object_type)
        item = changes.edit(self.request.input.id, {"is_active": self.is_active})
        self.response.payload = {"id": item.id, "name": item.name, "is_active": self.is_active}


class ChangePassword(ObjectService):
    """Changes the first of its secrets; that takes effect at once."""

    verb = "change-password"

    def handle(self) -> None:
        """Returns its ``id`` and ``name``."""
        given = self.given
        if given["password1"] != given["password2"]:
            raise InputError("password2", "is not the same as password1")
        if not given["password1"]:
            raise InputError("password1", "must not be empty")
        item = self.objects.edit(given["id"], {self.object_type.secrets[0].name: given["password1"]})
        self.response.payload = {"id": item.id, "name": item.name}
