"""The services that every kind of objects gets: a base class a verb, and ``provide``, which makes a kind's classes."""

from collections.abc import Mapping
from typing import Any

from apitest_server.errors import InputError
from apitest_server.internal.crud.changes import Changes
from apitest_server.internal.crud.declarations import declaration
from apitest_server.internal.crud.kind import KEPT, Kind
from apitest_server.internal.crud.paging import page
from apitest_server.service.base import Service


class _OfKind(Service):
    """What they have in common.

    Attributes:
        kind: the description.
    """

    kind: Kind

    @property
    def given(self) -> Mapping[str, Any]:
        """The input; a list of inputs is none."""
        fields = self.request.input
        if isinstance(fields, list):
            raise InputError("body", "must be an object")
        return dict(fields)

    @property
    def objects(self) -> Changes:
        """The objects of the kind."""
        return Changes(self.server, self.kind)


class Create(_OfKind):
    """Creates one; it takes effect at once."""

    def handle(self) -> None:
        """Returns its ``id`` and ``name``."""
        item = self.objects.create(self.given)
        self.response.payload = {"id": item.id, "name": item.name}


class Edit(_OfKind):
    """Changes the fields that are given; that takes effect at once."""

    def handle(self) -> None:
        """Returns its ``id`` and ``name``."""
        given = self.given
        item = self.objects.edit(given["id"], given)
        self.response.payload = {"id": item.id, "name": item.name}


class Delete(_OfKind):
    """Deletes one, unless others need it."""

    def handle(self) -> None:
        """Returns its ``id`` and ``name``."""
        item = self.objects.delete(self.given["id"])
        self.response.payload = {"id": item.id, "name": item.name}


class GetList(_OfKind):
    """Lists them by name, those of server.conf in front; by page, by search words, by fields."""

    def handle(self) -> None:
        """Returns the rows; on which page they are is in the response's ``meta``."""
        given = self.given
        wanted = page(given)
        filters = [field.name for field in self.kind.shown if field.filters]
        equal = {name: given[name] for name in filters if given[name] is not KEPT}
        rows, total = self.objects.rows(wanted, (given["query"] or "").split(), equal)
        self.response.payload = rows
        self.response.meta = wanted.meta(total)


class GetByID(_OfKind):
    """Returns one, found by its ID."""

    def handle(self) -> None:
        """Returns all of its fields that are no secrets."""
        self.response.payload = self.objects.row(self.given["id"])


class GetByName(_OfKind):
    """Returns one, found by its name."""

    def handle(self) -> None:
        """Returns all of its fields that are no secrets."""
        self.response.payload = self.objects.row_by_name(self.given["name"])


class ChangePassword(_OfKind):
    """Changes the first of its secrets; that takes effect at once."""

    def handle(self) -> None:
        """Returns its ``id`` and ``name``."""
        given = self.given
        if given["password1"] != given["password2"]:
            raise InputError("password2", "is not the same as password1")
        if not given["password1"]:
            raise InputError("password1", "must not be empty")
        item = self.objects.edit(given["id"], {self.kind.secrets[0].name: given["password1"]})
        self.response.payload = {"id": item.id, "name": item.name}


VERBS: dict[str, type[_OfKind]] = {
    "create": Create,
    "edit": Edit,
    "delete": Delete,
    "get-list": GetList,
    "get-by-id": GetByID,
    "get-by-name": GetByName,
    "change-password": ChangePassword,
}


def provide(kind: Kind, module: dict[str, Any]) -> None:
    """Makes the services of a kind and puts them into a module, where the server finds them.

    Args:
        kind: the description.
        module: the module's ``globals()``. The class for ``zato.outgoing.ftp.get-list`` is ``OutgoingFtpGetList``.
    """
    for verb, base in VERBS.items():
        if (kind.verbs and verb not in kind.verbs) or (verb == "change-password" and not kind.secrets):
            continue
        class_name = "".join(part.capitalize() for part in f"{kind.name}.{verb}".replace("-", ".").split("."))
        module[class_name] = type(
            class_name,
            (base,),
            {
                "__module__": module["__name__"],
                "__doc__": f"{kind.title}: {(base.__doc__ or '')[0].lower()}{(base.__doc__ or '')[1:]}",
                "name": f"zato.{kind.name}.{verb}",
                "kind": kind,
                "SimpleIO": declaration(kind, verb),
            },
        )
