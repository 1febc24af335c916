"""A cache that any thread may use at any time."""

import time
from collections.abc import Callable
from dataclasses import asdict
from math import inf, isfinite
from threading import Lock
from typing import Any, Literal, NamedTuple

from apitest_server.cache.entries import Entries, Entry
from apitest_server.cache.matching import matcher
from apitest_server.service.offers import Wanted

DEFAULT_SIZE = 10_000


class Change(NamedTuple):
    """What was done to a cache.

    Attributes:
        verb: what.
        key: of the entry; empty for ``clear``, which takes out all of them.
        value: that was set.
        expiry: in seconds.
    """

    verb: Literal["set", "delete", "expire", "clear"]
    key: str = ""
    value: object = None
    expiry: float = 0


class Cache:
    """Keys and values in memory.

    Several entries are named by what their keys are like, with one of ``prefix``, ``suffix``, ``contains``,
    ``not_contains``, ``contains_all``, ``contains_any`` and ``regex``: ``cache.get_by(prefix="user:")``. Values are
    kept as they are, not copied. What is written after such a call has begun may or may not be seen by it.
    """

    def __init__(
        self,
        name: str,
        max_size: int = DEFAULT_SIZE,
        extend_expiry_on_get: bool = False,
        extend_expiry_on_set: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Makes an empty cache.

        Args:
            name: unique in the server.
            max_size: the highest number of entries; then the one that was not used for longest makes room.
            extend_expiry_on_get: whether reading an entry gives it its whole time again.
            extend_expiry_on_set: whether writing one does.
            clock: seconds that only grow.
        """
        self.name = name
        self._clock = clock
        self._lock = Lock()
        self._entries = Entries(max_size, extend_expiry_on_get, extend_expiry_on_set)
        self.changed: Callable[[Cache, Change], None] | None = None  # Told of each change, while no other can be made

    def configure(self, max_size: int, extend_expiry_on_get: bool, extend_expiry_on_set: bool) -> None:
        """Other settings, from now on; the entries stay as far as there is room."""
        with self._lock:
            self._entries.extend_on_get = extend_expiry_on_get
            self._entries.extend_on_set = extend_expiry_on_set
            self._entries.resize(max_size, self._clock())

    def get(self, key: str, default: object = None) -> Any:
        """The value under a key, or the default."""
        with self._lock:
            entry = self._entries.get(key, self._clock())
        return default if entry is None else entry.value

    def details(self, key: str) -> dict[str, object] | None:
        """An entry's value and what else is known of it, without using it; ``None`` where there is none."""
        with self._lock:
            now = self._clock()
            entry = self._entries.peek(key, now)
        return None if entry is None else _details(key, entry, now)

    def set(self, key: str, value: object, expiry: float = 0) -> None:
        """Writes a value; it lives for ``expiry`` seconds, 0 for ever.

        Raises:
            ValueError: the expiry is not valid.
        """
        self._write(key, value, expiry)

    def add(self, key: str, value: object, expiry: float = 0) -> bool:
        """Writes a value where there is none; whether it has.

        Raises:
            ValueError: the expiry is not valid.
        """
        return self._write(key, value, expiry, where_there_is_one=False)

    def replace(self, key: str, value: object, expiry: float = 0) -> bool:
        """Writes a value where there is one already; whether it has.

        Raises:
            ValueError: the expiry is not valid.
        """
        return self._write(key, value, expiry, where_there_is_one=True)

    def delete(self, key: str) -> bool:
        """Takes an entry out; false where there is none."""
        with self._lock:
            self._tell(Change("delete", key))
            return self._entries.delete(key, self._clock()) is not None

    def expire(self, key: str, expiry: float) -> bool:
        """Lets an entry live for so many seconds from now, 0 for ever; false where there is none.

        Raises:
            ValueError: the expiry is not valid.
        """
        _checked(expiry)
        with self._lock:
            self._tell(Change("expire", key, None, expiry))
            return self._entries.expire(key, expiry, self._clock())

    def keys(self, **criterion: Wanted) -> list[str]:
        """All keys, or those that are meant; those first that were not used for longest."""
        return [key for key, _ in self._items(criterion)]

    def get_by(self, **criterion: Wanted) -> dict[str, object]:
        """Reads the entries whose keys are meant."""
        missing = object()
        found = {key: self.get(key, missing) for key in self.keys(**criterion)}
        return {key: value for key, value in found.items() if value is not missing}

    def set_by(self, value: object, expiry: float = 0, **criterion: Wanted) -> list[str]:
        """Gives one value to all entries whose keys are meant; returns the keys."""
        keys = self.keys(**criterion)
        for key in keys:
            self.set(key, value, expiry)
        return keys

    def delete_by(self, **criterion: Wanted) -> list[str]:
        """Takes out the entries whose keys are meant; returns the keys."""
        return [key for key in self.keys(**criterion) if self.delete(key)]

    def expire_by(self, expiry: float, **criterion: Wanted) -> list[str]:
        """Gives a time to all entries whose keys are meant; returns the keys."""
        return [key for key in self.keys(**criterion) if self.expire(key, expiry)]

    def list_entries(self, **criterion: Wanted) -> list[dict[str, object]]:
        """What is known of each entry, without using it."""
        found, now = self._items(criterion), self._clock()
        return [_details(key, entry, now) for key, entry in found]

    def clear(self) -> int:
        """Takes everything out and starts to count anew; returns how many entries there were."""
        with self._lock:
            self._tell(Change("clear"))
            return self._entries.clear(self._clock())

    def take(self, change: Change, still_counts: Callable[[], bool]) -> None:
        """Does what another server has done to its cache, if that still is to count once nobody else writes."""
        with self._lock:
            if not still_counts():
                return
            now = self._clock()
            if change.verb == "set":
                self._entries.set(change.key, change.value, change.expiry, now)
            elif change.verb == "delete":
                self._entries.delete(change.key, now)
            elif change.verb == "expire":
                self._entries.expire(change.key, change.expiry, now)
            else:
                self._entries.clear(now)

    def statistics(self) -> dict[str, object]:
        """Size, hits, misses and so on."""
        with self._lock:
            counts = asdict(self._entries.counts)
            size = len(self._entries.items(self._clock()))
        reads = counts["hits"] + counts["misses"]
        ratio = round(counts["hits"] / reads, 4) if reads else 0.0
        return {"name": self.name, "size": size, "max_size": self._entries.max_size, **counts, "hit_ratio": ratio}

    def __len__(self) -> int:
        return len(self._items({}))

    def __contains__(self, key: str) -> bool:
        return self.details(key) is not None

    def _write(self, key: str, value: object, expiry: float, where_there_is_one: bool | None = None) -> bool:
        """Whether it has written it; ``None`` for anywhere."""
        _checked(expiry)
        with self._lock:
            now = self._clock()
            if where_there_is_one not in (None, self._entries.peek(key, now) is not None):
                return False
            self._entries.set(key, value, expiry, now)
            self._tell(Change("set", key, value, expiry))
            return True

    def _tell(self, change: Change) -> None:
        if self.changed is not None:
            self.changed(self, change)

    def _items(self, criterion: dict[str, Wanted]) -> list[tuple[str, Entry]]:
        """A copy is taken under the lock; keys are compared after it, since an expression may take its time."""
        if len(criterion) > 1:
            raise ValueError(f"Use one criterion at a time, not {' and '.join(criterion)}")
        matches = [matcher(kind, wanted) for kind, wanted in criterion.items()]
        with self._lock:
            items = self._entries.items(self._clock())
        return [(key, entry) for key, entry in items if all(match(key) for match in matches)]


def _checked(expiry: float) -> None:
    if not isfinite(expiry) or expiry < 0:
        raise ValueError(f"The expiry must be a number of seconds, 0 or more, not {expiry}")


def _details(key: str, entry: Entry, now: float) -> dict[str, object]:
    remaining = None if entry.expires_at == inf else round(max(0.0, entry.expires_at - now), 3)
    return {
        "key": key,
        "value": entry.value,
        "expiry": entry.expiry,
        "expires_in": remaining,
        "age": round(now - entry.written_at, 3),
        "hits": entry.hits,
    }
