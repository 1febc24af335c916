"""Caches: created, changed and deleted; how full they are and how well they serve."""

from apitest_server.internal import crud
from apitest_server.internal.cache._meant import WHICH, is_named, meant
from apitest_server.internal.crud import Between, Field, ObjectType
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Float, Int

CACHE = ObjectType(
    name="cache.builtin",
    title="Cache",
    fields=(
        Field(Between("max_size", 1, 10_000_000, default=10_000), about="Entries, at most"),
        Field(Bool("extend_expiry_on_get", default=False)),
        Field(Bool("extend_expiry_on_set", default=True)),
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(CACHE, __name__)


class Clear(Service):
    """Takes everything out of a cache and lets its statistics begin anew."""

    name = "zato.cache.builtin.clear"

    class SimpleIO:
        """The default cache where none is named."""

        input_optional = WHICH
        output_required = ("cache", Int("deleted"))

    def handle(self) -> None:
        """Returns how many entries there were."""
        cache = meant(self.server, self.request.input)
        self.response.payload = {"cache": cache.name, "deleted": cache.clear()}


class GetStatistics(Service):
    """Size, hits and misses of all caches, or of one; those of entries that ended are ``expired`` or ``evicted``."""

    name = "zato.cache.builtin.get-statistics"

    class SimpleIO:
        """A row a cache."""

        input_optional = WHICH
        output_required = (
            "name", Int("size"), Int("max_size"), Int("hits"), Int("misses"), Float("hit_ratio"),
            Int("sets"), Int("deletes"), Int("expired"), Int("evicted"),
        )  # fmt: skip

    def handle(self) -> None:
        """A cache that is not there is a 404."""
        given = self.request.input
        caches = [meant(self.server, given)] if is_named(given) else map(self.cache.named, self.cache.names())
        self.response.payload[:] = [cache.statistics() for cache in caches]
