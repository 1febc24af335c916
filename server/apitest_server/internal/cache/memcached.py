"""Caches in memcached: defined and tried; services use them as ``self.cache.get_cache("memcached", name)``."""

from apitest_server.cache.memcached import PORTS
from apitest_server.cache.memcached_values import checked
from apitest_server.internal import crud
from apitest_server.internal.crud import VERIFIED, Between, Field, ObjectType, Places
from apitest_server.service.elements import Bool, Text


class _Prefix(Text):
    """What keys begin with."""

    def parse(self, value: object) -> str:
        """The prefix."""
        prefix = super().parse(value)
        return checked(prefix) if prefix else ""


MEMCACHED = ObjectType(
    name="cache.memcached",
    title="Memcached cache",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(
            Places("servers", PORTS, "memcached"),
            required=True,
            searched=True,
            about="One a line, such as memcached.example.com:11211",
        ),
        Field(_Prefix("key_prefix", default=""), about="What each key begins with there"),
        Field(Between("timeout", 1, 3600, default=5), about="In seconds"),
        Field(Between("pool_size", 1, 200, default=8), about="How many unused sessions with each server are kept"),
        Field(Bool("use_tls", default=False)),
        *VERIFIED,
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(MEMCACHED, __name__)


class Ping(crud.Ping):
    """Asks all servers of a cache in memcached whether they are there."""

    name = "zato.cache.memcached.ping"
    object_type = MEMCACHED
