"""The log of this server, read: what it says of one call, and its last errors."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from apitest_server.components import Key
from apitest_server.logs.backwards import entries
from apitest_server.logs.entries import Entry, entry_of

PATIENCE = 5.0  # seconds that a search may take
_SERIOUS = ("ERROR", "CRITICAL")


@dataclass(slots=True)
class Found:
    """What a search has found.

    Attributes:
        entries: in the order in which they were written.
        is_complete: whether there are no others.
    """

    entries: list[Entry] = field(default_factory=list)
    is_complete: bool = True


class Log:
    """The files that the log of this process goes to, once it is known where it goes.

    Attributes:
        path: of the newest file; ``None`` where the log goes to standard error.
    """

    def __init__(self) -> None:
        self.path: Path | None = None
        self._backups = 0
        self._flush: Callable[[], None] | None = None

    def goes_to(self, path: Path, backups: int, flush: Callable[[], None]) -> None:
        """Tells where it goes.

        Args:
            path: of the newest file.
            backups: how many rotated ones there may be, ``path.1`` being the newest of them.
            flush: writes what has not been written yet.
        """
        self.path, self._backups, self._flush = path, backups, flush

    def of(self, cid: str, limit: int) -> Found:
        """The last entries of one call."""
        return self._search(cid.encode("utf-8"), limit, lambda entry: True)

    def errors(self, limit: int) -> Found:
        """The last entries that are errors."""
        return self._search(b"ERROR", limit, lambda entry: entry.level in _SERIOUS)

    def _search(self, needle: bytes, limit: int, fits: Callable[[Entry], bool]) -> Found:
        found, deadline = Found(), monotonic() + PATIENCE
        if self.path is None:
            return found
        if self._flush is not None:
            self._flush()
        paths = [self.path, *(self.path.with_name(f"{self.path.name}.{n}") for n in range(1, self._backups + 1))]
        for raw in entries(paths, needle, lambda: monotonic() > deadline):
            if raw is None or len(found.entries) == limit:
                found.is_complete = False
                break
            entry = entry_of(raw.decode("utf-8", "replace"))
            if fits(entry):
                found.entries.append(entry)
        found.entries.reverse()
        return found


LOG: Key[Log] = Key("log")
