"""Tests of apitest_server.kvdb.objects."""

from apitest_server.kvdb.dictionaries import Dictionaries, Entry
from apitest_server.kvdb.objects import EntryObjects, TranslationObjects
from apitest_server.odb import StoredObject

ENTRY = {"system": "CRM", "key": "country", "value": "us"}
TRANSLATION = {"system1": "CRM", "key1": "country", "value1": "us", "system2": "ERP", "key2": "land", "value2": "1"}


def test_entries_take_effect_and_lose_it() -> None:
    """By their three words."""
    dictionaries = Dictionaries()
    objects = EntryObjects(dictionaries)
    item = StoredObject(7, "kvdb.data-dict.dictionary", "x", ENTRY)
    objects.put(item)
    assert dictionaries.number(Entry("CRM", "country", "us")) == 7
    objects.remove(item)
    assert dictionaries.entries() == []


def test_translations_take_effect_and_lose_it() -> None:
    """Whatever they are called."""
    dictionaries = Dictionaries()
    objects = TranslationObjects(dictionaries)
    item = StoredObject(7, "kvdb.data-dict.translation", "x", TRANSLATION)
    objects.put(item)
    assert dictionaries.translate("CRM", "country", "us", "ERP", "land") == "1"
    objects.remove(item)
    assert dictionaries.translate("CRM", "country", "us", "ERP", "land") == ""
