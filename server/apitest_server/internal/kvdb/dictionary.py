"""Entries of data dictionaries: which values a key has in a system."""

from collections.abc import Iterable

from apitest_server.internal import crud
from apitest_server.internal.crud import Changing, Field, ObjectType
from apitest_server.internal.kvdb._words import Label, Value, shown, space
from apitest_server.internal.kvdb.translation import FOLLOWING, TRANSLATION
from apitest_server.kvdb.dictionaries import Entry
from apitest_server.kvdb.facade import DICTIONARIES
from apitest_server.kvdb.room import ENTRY as KIND
from apitest_server.service.base import Service
from apitest_server.service.elements import Int


def _follow(act: Changing, number: int) -> None:
    """The translations that an entry is part of have its new words."""
    entry = act.objects.get((KIND,), ENTRY.title, number)
    for item in act.objects.needing(TRANSLATION.name, number):
        changed = {
            f"{name}{side}": entry.fields[name]
            for side in (1, 2)
            if item.fields[f"id{side}"] == number
            for name in Entry._fields
        }
        act.edit(FOLLOWING, item.id, changed)


def _go_first(act: Changing, number: int) -> None:
    """The translations that an entry is part of go before it."""
    for item in act.objects.needing(TRANSLATION.name, number):
        act.delete(TRANSLATION, item.id)


ENTRY = ObjectType(
    name="kvdb.data-dict.dictionary",
    title="Dictionary entry",
    fields=(
        Field(Label("system"), required=True, searched=True, filters=True),
        Field(Label("key"), required=True, searched=True, filters=True),
        Field(Value("value"), required=True, searched=True),
    ),
    space=lambda fields: space(KIND, fields, Entry._fields),
    named=lambda fields: shown(*(fields[name] for name in Entry._fields)),
    after_edit=_follow,
    before_delete=_go_first,
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(
    ENTRY,
    __name__,
    {
        "edit": "Changes the given fields of a dictionary entry, at once, also in the translations that it is part of.",
        "delete": "Deletes a dictionary entry, with the translations that it is part of.",
        "get-by-name": "Returns a dictionary entry, found by its name, which is ``system, key, value``.",
    },
)


class GetSystemList(Service):
    """The systems that have entries."""

    name = "zato.kvdb.data-dict.dictionary.get-system-list"

    class SimpleIO:
        """A row a system."""

        input_optional = (Int("cluster_id"),)
        output_required = ("name",)

    def handle(self) -> None:
        """By name."""
        entries = self.server.components[DICTIONARIES].entries()
        self.response.payload = _rows(entry.system for entry in entries)


class GetKeyList(Service):
    """The keys that a system has."""

    name = "zato.kvdb.data-dict.dictionary.get-key-list"

    class SimpleIO:
        """A row a key."""

        input_required = (Label("system"),)
        input_optional = (Int("cluster_id"),)
        output_required = ("name",)

    def handle(self) -> None:
        """By name; none of a system that is not there."""
        system = self.request.input.system
        entries = self.server.components[DICTIONARIES].entries()
        self.response.payload = _rows(entry.key for entry in entries if entry.system == system)


class GetValueList(Service):
    """The values that a key of a system has."""

    name = "zato.kvdb.data-dict.dictionary.get-value-list"

    class SimpleIO:
        """A row a value."""

        input_required = (Label("system"), Label("key"))
        input_optional = (Int("cluster_id"),)
        output_required = ("name",)

    def handle(self) -> None:
        """Sorted; none of a key that is not there."""
        wanted = (self.request.input.system, self.request.input.key)
        entries = self.server.components[DICTIONARIES].entries()
        self.response.payload = _rows(entry.value for entry in entries if entry[:2] == wanted)


class GetLastID(Service):
    """The highest ID of a dictionary entry."""

    name = "zato.kvdb.data-dict.dictionary.get-last-id"

    class SimpleIO:
        """0 without entries."""

        input_optional = (Int("cluster_id"),)
        output_required = (Int("value"),)

    def handle(self) -> None:
        """IDs are those of all objects of the server; they grow, and are not used twice."""
        self.response.payload.value = self.server.components[DICTIONARIES].last_entry()


def _rows(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in dict.fromkeys(names)]
