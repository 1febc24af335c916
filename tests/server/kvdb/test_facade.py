"""Tests of apitest_server.kvdb.facade."""

from apitest_server.kvdb.dictionaries import Dictionaries, Source
from apitest_server.kvdb.facade import KeyValues


def test_it_translates() -> None:
    """By the dictionaries as they are at that moment."""
    dictionaries = Dictionaries()
    kvdb = KeyValues(dictionaries)
    source = Source("a", "b", "c", "d", "e")
    assert kvdb.translate(*source, default="-") == "-"
    dictionaries.put_translation(1, source, "f")
    assert kvdb.translate(*source) == "f"
