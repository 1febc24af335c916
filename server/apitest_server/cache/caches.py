"""All caches of a server: what ``self.cache`` is in a service."""

import time
from collections.abc import Callable
from difflib import get_close_matches
from threading import Lock
from typing import TYPE_CHECKING

from apitest_server.cache.cache import DEFAULT_SIZE, Cache
from apitest_server.errors import Conflict, NotFound
from apitest_server.outgoing.connections import Connections
from apitest_server.service.offers import AnyCache

if TYPE_CHECKING:
    from apitest_server.cache.memcached import MemcachedCache

DEFAULT = "default"


class Caches(Cache):
    """The default cache itself, and the way to the named ones: ``self.cache.named("customers").get(key)``.

    Attributes:
        memcached: the caches in memcached, by name.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(DEFAULT, clock=clock)
        self.memcached: Connections[MemcachedCache] = Connections("Memcached cache")
        self._named: dict[str, Cache] = {DEFAULT: self}
        self._names_lock = Lock()

    @property
    def default(self) -> Cache:
        """The default cache."""
        return self

    def named(self, name: str = DEFAULT) -> Cache:
        """A cache by its name.

        Raises:
            NotFound: there is none; says what there is that is like it.
        """
        found = self._named.get(name or DEFAULT)
        if found is None:
            near = get_close_matches(name, self._named, n=1)
            raise NotFound(f"No such cache: `{name}`" + (f"; did you mean `{near[0]}`?" if near else ""))
        return found

    def get_cache(self, kind: str, name: str) -> AnyCache:
        """A cache by its kind, in the words of existing services: ``builtin`` or ``memcached``.

        Raises:
            NotFound: there is no such kind, or no cache of this name.
        """
        if kind == "builtin":
            return self.named(name)
        if kind == "memcached":
            return self.memcached[name]
        raise NotFound(f"No such kind of cache: `{kind}`; there are `builtin`, `memcached`")

    def create(
        self,
        name: str,
        max_size: int = DEFAULT_SIZE,
        extend_expiry_on_get: bool = False,
        extend_expiry_on_set: bool = True,
    ) -> Cache:
        """Makes a cache.

        Raises:
            Conflict: there is one of this name.
        """
        with self._names_lock:
            if name in self._named:
                raise Conflict(f"A cache `{name}` exists already")
            made = Cache(name, max_size, extend_expiry_on_get, extend_expiry_on_set, self._clock)
            made.changed = self.changed
            self._named = {**self._named, name: made}
        return made

    def rename(self, name: str, new_name: str) -> None:
        """Calls a cache something else; its entries stay."""
        cache = self.named(name)
        with self._names_lock:
            if new_name in self._named:
                raise Conflict(f"A cache `{new_name}` exists already")
            rest = {key: value for key, value in self._named.items() if key != name}
            self._named = {**rest, new_name: cache}
            cache.name = new_name

    def remove(self, name: str) -> None:
        """Forgets a cache with everything in it; one that is not there is no error."""
        with self._names_lock:
            self._named = {key: value for key, value in self._named.items() if key != name or key == DEFAULT}

    def names(self) -> list[str]:
        """The names of all caches, sorted."""
        return sorted(self._named)
