"""Caches of the servers of one ODB: what is set, deleted or timed on one of them is so on the others a moment later.

Each server has its own entries, in its memory, and makes room by what was read there. Values travel as JSON; those that
would not come out as they were stay where they are, and the others have no entry rather than an old one.
"""

from collections.abc import Mapping
from threading import Lock
from typing import Any

import msgspec

from apitest_server.cache.cache import Cache, Change
from apitest_server.cache.caches import Caches
from apitest_server.cache.plain import is_plain
from apitest_server.cache.stamps import Stamps
from apitest_server.cluster.bus import Bus
from apitest_server.cluster.objects import SharedObjects
from apitest_server.errors import NotFound

_SUBJECT = "cache"
_LARGEST = 1 << 20  # bytes of a value that is sent to others


class SharedCaches:
    """Tells others what was done to caches here, and does what was done there."""

    def __init__(self, caches: Caches, bus: Bus, objects: SharedObjects) -> None:
        """Begins with the first other server; what is in the caches by then stays here."""
        self._caches = caches
        self._bus = bus
        self._objects = objects
        self._stamps = Stamps(bus.run_id)
        self._lock = Lock()
        caches.changed = self._tell
        bus.hear(_SUBJECT, self._hear)
        bus.lost(self._begin_anew)

    def _tell(self, cache: Cache, change: Change) -> None:
        """Called while the cache is locked, so that changes are told in their order."""
        if not self._bus.has_peers:
            return
        verb, value = change.verb, _encoded(change.value)
        if value is None:
            verb, value = "delete", b"null"
        with self._lock:
            number = self._stamps.made((cache.name, change.key if verb != "clear" else None))
        told = {"cache": cache.name, "verb": verb, "key": change.key, "expiry": change.expiry}
        self._bus.tell(_SUBJECT, {**told, "value": msgspec.Raw(value), "stamp": (number, self._bus.run_id)})

    def _hear(self, data: Mapping[str, Any]) -> None:
        # After what was told of objects before: the cache itself may be one of them.
        self._objects.then(lambda: self._take(data))

    def _take(self, data: Mapping[str, Any]) -> None:
        try:
            cache = self._caches.named(data["cache"])
        except NotFound:
            return
        change = Change(data["verb"], data["key"], data["value"], data["expiry"])
        number, by = data["stamp"]
        place = (cache.name, change.key if change.verb != "clear" else None)

        def still_counts() -> bool:
            with self._lock:
                return self._stamps.is_latest(place, (number, by))

        cache.take(change, still_counts)

    def _begin_anew(self) -> None:
        """Something was lost on the way: an entry may be old, and none is better than that."""
        if self._bus.has_peers:
            for name in self._caches.names():
                self._caches.named(name).take(Change("clear"), lambda: True)


def _encoded(value: object) -> bytes | None:
    """A value as JSON; ``None`` where it would not come out as it was, or is too large."""
    if not is_plain(value):
        return None
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:
        return None
    return encoded if len(encoded) <= _LARGEST else None
