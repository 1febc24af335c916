"""Translations between data dictionaries: which value of one system means which value of another one."""

from dataclasses import replace
from hashlib import sha1, sha256

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import Field, ObjectType, Reference
from apitest_server.internal.kvdb._words import Label, Value, shown, space
from apitest_server.kvdb.dictionaries import Entry, Source
from apitest_server.kvdb.facade import DICTIONARIES
from apitest_server.kvdb.room import ENTRY
from apitest_server.kvdb.room import TRANSLATION as KIND
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Int


def _validate(server: Server, fields: Attrs, number: int) -> None:
    """Both sides have to be entries of dictionaries."""
    dictionaries = server.components[DICTIONARIES]
    for side in ("1", "2"):
        entry = Entry(*(fields[f"{name}{side}"] for name in Entry._fields))
        found = dictionaries.number(entry)
        if not found:
            words = f"system `{entry.system}`, key `{entry.key}`, value `{entry.value}`"
            raise InputError(f"value{side}", f"is not in a dictionary: {words}; create that entry first")
        fields[f"id{side}"] = found


TRANSLATION = ObjectType(
    name="kvdb.data-dict.translation",
    title="Translation",
    fields=(
        Field(Label("system1"), required=True, searched=True, filters=True),
        Field(Label("key1"), required=True, searched=True, filters=True),
        Field(Value("value1"), required=True, searched=True),
        Field(Label("system2"), required=True, searched=True, filters=True),
        Field(Label("key2"), required=True, searched=True, filters=True),
        Field(Value("value2"), required=True, searched=True),
        Field(Reference("id1"), refers_to=(ENTRY,), is_given=False),
        Field(Reference("id2"), refers_to=(ENTRY,), is_given=False),
    ),
    space=lambda fields: space(KIND, fields, Source._fields),
    validate=_validate,
    named=lambda fields: shown(*(fields[name] for name in Source._fields)),
)
# Where the entries change, or come, in the same act: who does that knows their IDs
FOLLOWING = replace(TRANSLATION, validate=None)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(
    TRANSLATION,
    __name__,
    {
        "delete": "Deletes a translation; the entries stay.",
        "get-list": "Lists translations with the IDs of their entries; by page, search words and fields.",
        "get-by-name": "Returns a translation, found by its name, which is ``system1, key1, value1, system2, key2``.",
    },
)


class Translate(Service):
    """What a value of one system is called in another one: the same as ``self.translate`` in a service."""

    name = "zato.kvdb.data-dict.translation.translate"

    class SimpleIO:
        """``repr``, ``hex`` and the digests, of the value's UTF-8, show what cannot be seen, such as blanks."""

        input_required = (Label("system1"), Label("key1"), Value("value1"), Label("system2"), Label("key2"))
        input_optional = (Int("cluster_id"),)
        output_optional = ("value2", "repr", "hex", "sha1", "sha256")

    def handle(self) -> None:
        """Nothing is returned where there is no such translation."""
        given = self.request.input
        value = self.server.components[DICTIONARIES].translate(*(given[name] for name in Source._fields))
        if value:
            encoded = value.encode("utf-8", "replace")
            self.response.payload = {
                "value2": value,
                "repr": repr(value),
                "hex": encoded.hex(),
                "sha1": sha1(encoded, usedforsecurity=False).hexdigest(),
                "sha256": sha256(encoded).hexdigest(),
            }


class GetLastID(Service):
    """The highest ID of a translation."""

    name = "zato.kvdb.data-dict.translation.get-last-id"

    class SimpleIO:
        """0 without translations."""

        input_optional = (Int("cluster_id"),)
        output_required = (Int("value"),)

    def handle(self) -> None:
        """IDs are those of all objects of the server; they grow, and are not used twice."""
        self.response.payload.value = self.server.components[DICTIONARIES].last_translation()
