"""What a channel does with the files of a source, one thing at a time, in threads: looks, takes, reads, settles."""

from datetime import UTC, datetime
from posixpath import basename, join
from typing import NamedTuple

from apitest_server.errors import NotFound, PayloadTooLarge
from apitest_server.transfer.names import Owner, is_wanted, owner_of, renamed, taken
from apitest_server.transfer.owners import Owners
from apitest_server.transfer.source import Source
from apitest_server.transfer.watch import Stamp


class Wish(NamedTuple):
    """Which files are taken, and what becomes of them.

    Attributes:
        patterns: that their names match.
        is_case_sensitive: how they do.
        move_to: where they go afterwards; where it is empty they are deleted.
        move_failed_to: where those go whose service has failed; where it is empty they stay, and are tried again.
        reads: whether their content is read.
        largest: bytes that are read of one at most.
    """

    patterns: tuple[str, ...]
    is_case_sensitive: bool
    move_to: str
    move_failed_to: str
    reads: bool
    largest: int


class Taker:
    """Takes files of a source in the name of a channel."""

    def __init__(self, source: Source, wish: Wish, owners: Owners) -> None:
        self.wish = wish
        self.owner: Owner = owners.new()
        self._owners = owners
        self._source = source

    def end(self) -> None:
        """Nobody works any longer on what this one has taken."""
        self._owners.end(self.owner)

    def look(self, directory: str) -> dict[str, Stamp]:
        """The files that are wanted; those whose owners are gone are given back, and seen at the next look."""
        found = self._source.seen(directory, self._concerns)
        for name in found:
            owned = owner_of(name)
            if owned is not None and self._owners.is_gone(owned[1]):
                self._move(join(directory, name), directory, owned[0])
        return {name: stamp for name, stamp in found.items() if owner_of(name) is None}

    def take(self, directory: str, name: str) -> bool:
        """Whether it could be taken: somebody else may have been faster, or writes to it.

        Raises:
            PayloadTooLarge: it is larger than what may be read; it stays.
        """
        path = join(directory, name)
        try:
            if not self._source.is_free(path):
                return False
            is_too_large = self.wish.reads and self._source.size(path) > self.wish.largest
        except NotFound:
            return False
        if is_too_large:
            raise PayloadTooLarge(f"`{path}` is larger than the {self.wish.largest} bytes that this channel reads")
        return self._source.move(path, self._taken(directory, name))

    def read(self, directory: str, name: str) -> bytes | None:
        """The content of a file that was taken; ``None`` where the channel does not read it."""
        return self._source.read(self._taken(directory, name)) if self.wish.reads else None

    def settle(self, directory: str, name: str, is_done: bool) -> None:
        """The services have done with a file that was taken, or have failed: it goes where it belongs."""
        path = self._taken(directory, name)
        if is_done and not self.wish.move_to:
            self._source.delete(path)
            return
        target = self.wish.move_to if is_done else self.wish.move_failed_to
        if target:
            self._source.make(target)
        self._move(path, target or directory, name)

    def _concerns(self, name: str) -> bool:
        owned = owner_of(name)
        return is_wanted(owned[0] if owned else name, self.wish.patterns, self.wish.is_case_sensitive)

    def _taken(self, directory: str, name: str) -> str:
        return join(directory, taken(name, self.owner))

    def _move(self, path: str, directory: str, name: str) -> None:
        """Into a directory, with a time in its name if there is such a file already."""
        target = join(directory, name)
        if self._source.exists(target):
            target = join(directory, renamed(basename(name), f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"))
        self._source.move(path, target)
