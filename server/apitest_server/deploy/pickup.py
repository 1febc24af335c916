"""Looks at the pick-up directory: which files came, changed or went, and have come to rest since."""

import logging
import os
from pathlib import Path

from apitest_server.deploy.user_file import read_whole
from apitest_server.errors import DeploymentError

logger = logging.getLogger("apitest.deployment")
Stamp = tuple[int, int, int, int]
Content = bytes | DeploymentError | None  # Of a file: what is in it, why that is not read, or that it is gone


class Pickup:
    """A directory and what was last seen in it.

    A change counts once two looks in a row see the same: size, times and inode. A file is read only while nobody has
    it open for writing. So whoever writes slowly, and editors that delete a file before they write it anew, never
    make half a file or a missing one count.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._known: dict[str, Stamp] = {}
        self._last: dict[str, Stamp] = {}
        self._told: set[str] = set()

    def all(self) -> dict[str, Content]:
        """All files as they are now, by name and sorted.

        Raises:
            OSError: the directory cannot be read.
        """
        self._last = self._seen()
        return self.changes()

    def changes(self) -> dict[str, Content]:
        """What changed and came to rest since the last call: file name -> content."""
        try:
            seen = self._seen()
        except OSError as error:
            self._tell("", f"The directory {self.directory} cannot be read: {error.strerror or error}")
            return {}
        self._told.discard("")
        names = sorted(seen.keys() | self._known.keys())
        changed = [name for name in names if seen.get(name) != self._known.get(name)]
        rested = [name for name in changed if seen.get(name) == self._last.get(name)]
        self._last = seen
        return {name: content for name in rested for content in self._contents(name, seen.get(name))}

    def wrote(self, name: str) -> None:
        """This file was written by who deployed it, so it does not count as a change."""
        self._known[name] = self._last[name] = _stamp((self.directory / name).stat())

    def _contents(self, name: str, stamp: Stamp | None) -> list[Content]:
        """The content, or nothing if the file is not at rest after all."""
        if stamp is None:
            self._known.pop(name, None)
            return [None]
        path = self.directory / name
        content: Content
        try:
            content = read_whole(path)
            if content is None:
                self._tell(name, f"{path} is being written; it is deployed once it is closed")
                return []
            if _stamp(path.stat()) != stamp:
                return []
        except DeploymentError as error:
            content = error
        except OSError as error:
            self._tell(name, f"{path} cannot be read: {error.strerror or error}")
            return []
        self._told.discard(name)
        self._known[name] = stamp
        return [content]

    def _tell(self, name: str, what: str) -> None:
        """Once, not at each look."""
        if name not in self._told:
            self._told.add(name)
            logger.warning(what)

    def _seen(self) -> dict[str, Stamp]:
        seen = {}
        with os.scandir(self.directory) as entries:
            for entry in entries:
                if entry.name.endswith(".py") and not entry.name.startswith("."):
                    try:
                        seen[entry.name] = _stamp(entry.stat())
                    except OSError:
                        continue  # It went away just now, or is a link to nowhere
        return seen


def _stamp(about: os.stat_result) -> Stamp:
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino
