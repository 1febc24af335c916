"""Tests of apitest_server.kvdb.facade."""

import pytest

from apitest_server.config.model import KeyValueDatabase
from apitest_server.errors import ComponentMissing
from apitest_server.kvdb.dictionaries import Dictionaries, Source
from apitest_server.kvdb.facade import KeyValues
from apitest_server.kvdb.redis_server import RedisServer


def test_it_translates() -> None:
    """By the dictionaries as they are at that moment."""
    dictionaries = Dictionaries()
    kvdb = KeyValues(dictionaries, RedisServer(KeyValueDatabase()))
    source = Source("a", "b", "c", "d", "e")
    assert kvdb.translate(*source, default="-") == "-"
    dictionaries.put_translation(1, source, "f")
    assert kvdb.translate(*source) == "f"


def test_without_redis_it_says_so() -> None:
    """Once somebody asks for it."""
    kvdb = KeyValues(Dictionaries(), RedisServer(KeyValueDatabase()))
    with pytest.raises(ComponentMissing, match="names no Redis"):
        _ = kvdb.conn
