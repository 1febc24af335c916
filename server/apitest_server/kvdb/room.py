"""Opens data dictionaries and Redis."""

from apitest_server.kvdb.dictionaries import Dictionaries
from apitest_server.kvdb.facade import DICTIONARIES, KeyValues
from apitest_server.kvdb.objects import EntryObjects, TranslationObjects
from apitest_server.kvdb.redis_server import REDIS, RedisServer
from apitest_server.room import Host, Room
from apitest_server.service.base import KVDB

ENTRY = "kvdb.data-dict.dictionary"
TRANSLATION = "kvdb.data-dict.translation"


def open_room(server: Host) -> Room:
    """Offers translations and Redis to services."""
    server.components[DICTIONARIES] = dictionaries = Dictionaries()
    server.components[REDIS] = redis = RedisServer(server.config.kvdb)
    server.components[KVDB] = KeyValues(dictionaries, redis)
    return Room(
        kinds={
            ENTRY: lambda: EntryObjects(dictionaries),
            TRANSLATION: lambda: TranslationObjects(dictionaries),
        },
        close=redis.close,
    )
