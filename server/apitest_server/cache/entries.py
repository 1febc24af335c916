"""PURE  The entries of a cache: what is over its time is gone, and what was not used for longest makes room.

Time is a number of seconds that only grows, and an argument of each method.
"""

from collections import OrderedDict
from dataclasses import dataclass
from math import inf


@dataclass(slots=True)
class Entry:
    """One entry.

    Attributes:
        value: anything, kept as it is.
        expiry: how many seconds it lives, 0 for ever.
        expires_at: when it is over.
        written_at: when its value was set.
        hits: how often it was read.
    """

    value: object
    expiry: float
    expires_at: float
    written_at: float
    hits: int = 0


@dataclass(slots=True)
class Counts:
    """What happened to a cache since it was made or ``clear`` was called: ``hits`` of reads and the rest of them."""

    hits: int = 0
    misses: int = 0
    sets: int = 0
    deletes: int = 0
    expired: int = 0
    evicted: int = 0


class Entries:
    """At most ``max_size`` entries.

    Attributes:
        max_size: how many.
        extend_on_get: whether reading an entry gives it its whole time again.
        extend_on_set: whether a new value gives it; else an entry ends when it would have ended before.
        counts: statistics.
    """

    def __init__(self, max_size: int, extend_on_get: bool = False, extend_on_set: bool = True) -> None:
        self.max_size = max_size
        self.extend_on_get = extend_on_get
        self.extend_on_set = extend_on_set
        self.counts = Counts()
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._nothing_expires_before = inf

    def get(self, key: str, now: float) -> Entry | None:
        """Reads an entry: it counts, and the entry is now the one used last."""
        entry = self.peek(key, now)
        if entry is None:
            self.counts.misses += 1
            return None
        self.counts.hits += 1
        entry.hits += 1
        self._entries.move_to_end(key)
        if self.extend_on_get and entry.expiry:
            self._until(entry, now + entry.expiry)
        return entry

    def peek(self, key: str, now: float) -> Entry | None:
        """Looks at an entry without using it."""
        entry = self._entries.get(key)
        if entry is not None and entry.expires_at <= now:
            self._forget(key)
            return None
        return entry

    def set(self, key: str, value: object, expiry: float, now: float) -> Entry:
        """Writes an entry, in the place of that of the same key; returns it."""
        old = self.peek(key, now)
        entry = Entry(value, expiry, inf, now)
        if old is not None and not self.extend_on_set:
            entry.expiry, entry.expires_at, entry.hits = old.expiry, old.expires_at, old.hits
        elif expiry:
            self._until(entry, now + expiry)
        self._entries[key] = entry
        self._entries.move_to_end(key)
        self.counts.sets += 1
        self._make_room(now)
        return entry

    def delete(self, key: str, now: float) -> Entry | None:
        """Takes an entry out; returns it, or ``None`` where there is none."""
        entry = self.peek(key, now)
        if entry is not None:
            del self._entries[key]
            self.counts.deletes += 1
        return entry

    def expire(self, key: str, expiry: float, now: float) -> bool:
        """Lets an entry live for so many seconds from now, 0 for ever; false where there is none."""
        entry = self.peek(key, now)
        if entry is None:
            return False
        entry.expiry = expiry
        entry.expires_at = inf
        if expiry:
            self._until(entry, now + expiry)
        return True

    def items(self, now: float) -> list[tuple[str, Entry]]:
        """All entries, those first that make room first."""
        self._sweep(now)
        return list(self._entries.items())

    def resize(self, max_size: int, now: float) -> None:
        """Another size; if it is smaller, entries make room at once."""
        self.max_size = max_size
        self._make_room(now)

    def clear(self, now: float) -> int:
        """Takes everything out and starts to count anew; returns how many entries there were."""
        count = len(self.items(now))
        self._entries.clear()
        self.counts = Counts()
        self._nothing_expires_before = inf
        return count

    def _until(self, entry: Entry, moment: float) -> None:
        entry.expires_at = moment
        self._nothing_expires_before = min(self._nothing_expires_before, moment)

    def _make_room(self, now: float) -> None:
        if len(self._entries) > self.max_size:
            self._sweep(now)
        while len(self._entries) > self.max_size:
            self._entries.popitem(last=False)
            self.counts.evicted += 1

    def _sweep(self, now: float) -> None:
        """Forgets what is over its time; looks at nothing as long as nothing can be."""
        if now < self._nothing_expires_before:
            return
        for key in [key for key, entry in self._entries.items() if entry.expires_at <= now]:
            self._forget(key)
        self._nothing_expires_before = min((entry.expires_at for entry in self._entries.values()), default=inf)

    def _forget(self, key: str) -> None:
        del self._entries[key]
        self.counts.expired += 1
