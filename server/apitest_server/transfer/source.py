"""Where files come from, as channels see it: directories of this machine, or of an FTP or SFTP server."""

from collections.abc import Callable
from typing import Protocol

from apitest_server.transfer.watch import Stamp

Wanted = Callable[[str], bool]


class Source(Protocol):
    """Files of one place. Every method may take long, and raises an HTTPError where it cannot do what it is asked."""

    def seen(self, directory: str, wanted: Wanted) -> dict[str, Stamp]:
        """The files of a directory whose names are wanted, each with what changes while it is being written."""

    def is_free(self, path: str) -> bool:
        """Whether nobody writes to a file, as far as that can be told."""

    def size(self, path: str) -> int:
        """Of a file, in bytes."""

    def read(self, path: str) -> bytes:
        """The content of a file."""

    def move(self, path: str, to: str) -> bool:
        """Gives a file another path, which must be free; whether it was still there."""

    def delete(self, path: str) -> None:
        """Deletes a file; one that is gone is fine."""

    def exists(self, path: str) -> bool:
        """Whether there is anything of that path."""

    def make(self, directory: str) -> None:
        """Makes a directory unless it is there."""
