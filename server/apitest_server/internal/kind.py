"""The kinds of objects that this server administers, described for whoever makes forms of them: web-admin does."""

from collections.abc import Iterable

from apitest_server.deploy.store import STORE, ServiceStore
from apitest_server.errors import NoSuchService, NotFound, ServiceDisabled
from apitest_server.internal.crud.description import described
from apitest_server.internal.crud.kinds import object_types, type_of
from apitest_server.internal.crud.object_type import Field
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Int, List
from apitest_server.service.simpleio import SimpleIO

_KIND = ("name", "title", "plural")
# Made from the description of a kind, with meanings that everybody knows; all other services of a kind are its own.
_STANDARD = ("create", "edit", "delete", "get-list", "get-by-id", "get-by-name", "change-password")
_OF_CONTENTS = "-by-"  # In the verb of what is done with many things in an object, such as the entries of a cache


class GetList(Service):
    """The kinds of objects whose modules are enabled, by title."""

    name = "zato.kind.get-list"

    class SimpleIO:
        """A row a kind."""

        input_optional = (Int("cluster_id"),)
        output_required = _KIND

    def handle(self) -> None:
        """Their modules are imported at the first call."""
        store = self.server.components[STORE]
        self.response.payload[:] = store.derived(__name__, lambda: _rows(store))


class Get(Service):
    """One kind of objects: its fields as JSON Schema with what forms need to know, its verbs and what they take.

    ``is_named`` is whether who creates an object gives it a name.
    """

    name = "zato.kind.get"

    class SimpleIO:
        """``verbs`` are standard ones, ``acts`` what else can be done with one object of the kind."""

        input_required = ("name",)
        output_required = (*_KIND, Bool("is_named"), List("fields"), List("verbs"), List("acts"))

    def handle(self) -> None:
        """A kind whose module is disabled is refused with the line of server.conf that enables it."""
        store, name = self.server.components[STORE], self.request.input.name
        self.response.payload = store.derived((__name__, name), lambda: _described(store, name))


def _rows(store: ServiceStore) -> list[dict[str, str]]:
    rows = ({"name": one.name, "title": one.title, "plural": one.heading} for one in object_types(store))
    return sorted(rows, key=lambda row: row["plural"].casefold())


def _described(store: ServiceStore, name: str) -> dict[str, object]:
    try:
        found = type_of(store, name)
    except ServiceDisabled:
        raise
    except NoSuchService:
        found = None
    if found is None:
        raise NotFound(f"There is no kind of objects `{name}`")
    return {
        "name": found.name,
        "title": found.title,
        "plural": found.heading,
        "is_named": found.named is None,
        "fields": [described(field) for field in found.given],
        "verbs": [verb for verb in _STANDARD if _has(store, f"zato.{name}.{verb}")],
        "acts": list(_acts(store, name)),
    }


def _has(store: ServiceStore, name: str) -> bool:
    try:
        store.about(name)
    except NoSuchService:
        return False
    return True


def _acts(store: ServiceStore, kind: str) -> Iterable[dict[str, object]]:
    """Services of a kind that need the ID or the name of an object, and may take more."""
    prefix = f"zato.{kind}."
    for name in store.names():
        verb = name.removeprefix(prefix)
        if not name.startswith(prefix) or "." in verb or verb in _STANDARD or _OF_CONTENTS in verb:
            continue
        compiled = store.get(name)
        if compiled.io is not None and _is_of_one(compiled.io):
            required = compiled.io.input.required
            about = (compiled.cls.__doc__ or "").strip().partition("\n")[0]
            elements, named = compiled.io.input.elements, _names_of_one(kind)
            fields = (Field(one, required=one in required) for one in elements if one.name not in named)
            takes = [described(field) for field in fields]
            by = "id" if any(one.name == "id" for one in elements) else "name"
            yield {"verb": verb, "service": name, "about": about, "by": by, "input": takes}


def _is_of_one(io: SimpleIO) -> bool:
    return any(element.name in ("id", "name") for element in io.input.elements)


def _names_of_one(kind: str) -> tuple[str, ...]:
    """What an object is named by; some clients call the ID of a cache `cache_id`, and its name `cache_name`."""
    family = kind.partition(".")[0]
    return ("id", "name", "cluster_id", family, f"{family}_id", f"{family}_name")
