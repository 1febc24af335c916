"""All dictionaries and translations at once: exported, and imported in the place of those that are there."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from apitest_server.internal.crud import Act, ObjectType, together
from apitest_server.internal.kvdb._export import SIDES, Export, Words, read, written
from apitest_server.internal.kvdb.dictionary import ENTRY
from apitest_server.internal.kvdb.translation import FOLLOWING, TRANSLATION
from apitest_server.kvdb.dictionaries import Entry
from apitest_server.odb import DATABASE, StoredObject
from apitest_server.odb.rows import Objects, Query
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Int


class ExportAll(Service):
    """Exports all dictionaries and translations; ``zato.kvdb.data-dict.impexp.import`` takes what it returns."""

    name = "zato.kvdb.data-dict.impexp.export"

    class SimpleIO:
        """``data`` is JSON, compressed with bzip2, in Base64."""

        input_optional = (Int("cluster_id"),)
        output_required = ("data",)

    def handle(self) -> None:
        """As they are at one moment."""
        odb = self.server.components[DATABASE]
        with odb.reading() as session:
            objects = Objects(session, odb.key.open)
            entries, translations = _stored(objects, ENTRY), _stored(objects, TRANSLATION)
        export = Export(_words(entries, Entry._fields), _words(translations, SIDES))
        about = {"server": self.server.name, "timestamp_utc": datetime.now(UTC).isoformat()}
        self.response.payload.data = written(export, about)


class ImportAll(Service):
    """Puts an export in the place of all dictionaries and translations: all of it, or, after an error, nothing."""

    name = "zato.kvdb.data-dict.impexp.import"

    class SimpleIO:
        """``data`` is an export, or the JSON that is in one. How much there is now is returned."""

        input_required = (AsIs("data"),)
        input_optional = (Int("cluster_id"),)
        output_required = (Int("entries"), Int("translations"))

    def handle(self) -> None:
        """What is there already keeps its ID."""
        export = read(self.request.input.data)
        with together(self.server) as act:
            wanted = {_key(row, Entry._fields): row for row in export.entries}
            translations = {_key(row, SIDES): row for row in export.translations}
            _delete(act, TRANSLATION, SIDES, translations)
            _delete(act, ENTRY, Entry._fields, wanted)
            numbers = _create(act, ENTRY, Entry._fields, wanted)
            linked = {
                key: {**row, "id1": numbers[key[:3]], "id2": numbers[key[3:]]} for key, row in translations.items()
            }
            _create(act, FOLLOWING, SIDES, linked)
        self.response.payload = {"entries": len(wanted), "translations": len(translations)}


Key = tuple[str, ...]


def _stored(objects: Objects, object_type: ObjectType) -> list[StoredObject]:
    return objects.page(Query((object_type.name,)))[0]


def _words(items: Sequence[StoredObject], names: Sequence[str]) -> list[Words]:
    return [{name: str(item.fields[name]) for name in names} for item in items]


def _key(fields: Mapping[str, object], names: Sequence[str]) -> Key:
    return tuple(str(fields[name]) for name in names)


def _delete(act: Act, object_type: ObjectType, names: Sequence[str], wanted: Mapping[Key, object]) -> None:
    for item in _stored(act.objects, object_type):
        if _key(item.fields, names) not in wanted:
            act.delete(object_type, item.id)


def _create(
    act: Act, object_type: ObjectType, names: Sequence[str], wanted: Mapping[Key, Mapping[str, object]]
) -> dict[Key, int]:
    """The IDs of all that is wanted; what is not there yet is created."""
    numbers = {_key(item.fields, names): item.id for item in _stored(act.objects, object_type)}
    missing = (key for key in wanted if key not in numbers)
    make = partial(act.create, object_type)
    return numbers | {key: make(wanted[key]).id for key in missing}
