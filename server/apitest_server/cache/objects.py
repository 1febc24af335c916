"""Caches that are defined in the ODB, in the running server. Their entries live in memory and end with the server."""

from apitest_server.cache.caches import Caches
from apitest_server.errors import Conflict
from apitest_server.odb import StoredObject
from apitest_server.odb.live import Each


class CacheObjects(Each):
    """Makes, changes and removes caches as their definitions come, change and go."""

    def __init__(self, caches: Caches) -> None:
        self._caches = caches
        self._names: dict[int, str] = {}

    def check(self, item: StoredObject) -> None:
        """Refuses a name that is taken by a cache without a definition: the default one.

        Raises:
            Conflict: it is.
        """
        if item.name != self._names.get(item.id) and item.name in self._caches.names():
            raise Conflict(f"A cache `{item.name}` exists already")

    def put(self, item: StoredObject) -> None:
        """The entries of a cache that is there already stay, as far as there is room."""
        name = self._names.get(item.id)
        if name is None:
            self._caches.create(item.name)
        elif name != item.name:
            self._caches.rename(name, item.name)
        self._names[item.id] = item.name
        fields = item.fields
        cache = self._caches.named(item.name)
        cache.configure(fields["max_size"], fields["extend_expiry_on_get"], fields["extend_expiry_on_set"])

    def remove(self, item: StoredObject) -> None:
        """With everything in it."""
        self._caches.remove(self._names.pop(item.id, ""))
