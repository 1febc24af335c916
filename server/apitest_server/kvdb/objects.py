"""Entries of data dictionaries and translations between them, in the running server."""

from apitest_server.kvdb.dictionaries import Dictionaries, Entry, Source
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each


class EntryObjects(Each):
    """Entries come, change and go."""

    def __init__(self, dictionaries: Dictionaries) -> None:
        self._dictionaries = dictionaries

    def put(self, item: StoredObject) -> None:
        """Translations can name it from now on."""
        self._dictionaries.put_entry(item.id, Entry(*(item.fields[name] for name in Entry._fields)))

    def remove(self, item: StoredObject) -> None:
        """Translations cannot name it any longer."""
        self._dictionaries.drop_entry(item.id)


class TranslationObjects(Each):
    """Translations come, change and go."""

    def __init__(self, dictionaries: Dictionaries) -> None:
        self._dictionaries = dictionaries

    def put(self, item: StoredObject) -> None:
        """The next service that asks gets it."""
        source = Source(*(item.fields[name] for name in Source._fields))
        self._dictionaries.put_translation(item.id, source, item.fields["value2"])

    def remove(self, item: StoredObject) -> None:
        """The next service that asks does not get it."""
        self._dictionaries.drop_translation(item.id)
