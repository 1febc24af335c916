"""``self.kvdb`` in services."""

from typing import TYPE_CHECKING

from apitest_server.components import Key
from apitest_server.kvdb.dictionaries import Dictionaries
from apitest_server.kvdb.redis_server import RedisServer

if TYPE_CHECKING:
    from redis import Redis


class KeyValues:
    """Translations of data dictionaries, and Redis.

    Attributes:
        translate: ``translate(system1, key1, value1, system2, key2, default="")``, of the dictionaries.
    """

    def __init__(self, dictionaries: Dictionaries, redis: RedisServer) -> None:
        self.translate = dictionaries.translate
        self._redis = redis

    @property
    def conn(self) -> "Redis":
        """A client of Redis, with texts; for plain services, which run in threads.

        Raises:
            ComponentMissing: server.conf names no Redis, or its driver is not installed.
        """
        return self._redis.conn


DICTIONARIES: Key[Dictionaries] = Key("dictionaries")
