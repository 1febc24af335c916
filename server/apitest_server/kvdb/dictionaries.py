"""PURE  Data dictionaries: what each system calls a thing, and which of its names means which of another system's."""

from typing import NamedTuple


class Entry(NamedTuple):
    """A value that a key has in a system."""

    system: str
    key: str
    value: str


class Source(NamedTuple):
    """What is translated: a value of one system, and into what."""

    system1: str
    key1: str
    value1: str
    system2: str
    key2: str


class Dictionaries:
    """The entries and translations, by ID. Any thread may read while one thread changes them."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self._numbers: dict[Entry, int] = {}
        self._sources: dict[int, Source] = {}
        self._values: dict[Source, tuple[int, str]] = {}

    def put_entry(self, number: int, entry: Entry) -> None:
        """Adds an entry, or puts it in the place of that with the same ID."""
        self.drop_entry(number)
        self._entries[number] = entry
        self._numbers[entry] = number

    def drop_entry(self, number: int) -> None:
        """Forgets an entry, if there is one."""
        old = self._entries.pop(number, None)
        if old is not None and self._numbers.get(old) == number:  # Another one may have its words by now
            del self._numbers[old]

    def put_translation(self, number: int, source: Source, value: str) -> None:
        """Adds a translation, or puts it in the place of that with the same ID."""
        old = self._sources.get(number)
        self._sources[number] = source
        self._values[source] = (number, value)
        if old != source:
            self._forget(number, old)

    def drop_translation(self, number: int) -> None:
        """Forgets a translation, if there is one."""
        self._forget(number, self._sources.pop(number, None))

    def number(self, entry: Entry) -> int:
        """The ID of an entry; 0 if there is none."""
        return self._numbers.get(entry, 0)

    def entries(self) -> list[Entry]:
        """All entries, sorted."""
        return sorted(self._numbers.copy())

    def last_entry(self) -> int:
        """The highest ID of an entry; 0 without entries."""
        return max(self._entries.copy(), default=0)

    def last_translation(self) -> int:
        """The highest ID of a translation; 0 without translations."""
        return max(self._sources.copy(), default=0)

    def translate(self, system1: str, key1: str, value1: str, system2: str, key2: str, default: str = "") -> str:
        """What ``value1`` of ``key1`` in ``system1`` is called by ``key2`` in ``system2``.

        Args:
            system1: the system that the value is of.
            key1: what it is the value of there.
            value1: the value.
            system2: the system that is to understand it.
            key2: what it is the value of there.
            default: returned where there is no such translation.
        """
        found = self._values.get(Source(system1, key1, value1, system2, key2))
        return default if found is None else found[1]

    def _forget(self, number: int, source: Source | None) -> None:
        if source is not None and self._values.get(source, (0, ""))[0] == number:
            del self._values[source]
