"""Directories of this machine that files are picked up from."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EXDEV
from pathlib import Path
from stat import S_ISREG

from apitest_server.deploy.leases import lease
from apitest_server.errors import NotFound, RemoteError
from apitest_server.transfer.source import Wanted
from apitest_server.transfer.watch import Stamp


class LocalSource:
    """Its paths that are relative begin in the server's directory."""

    def __init__(self, directory: Path) -> None:
        self._root = directory

    def seen(self, directory: str, wanted: Wanted) -> dict[str, Stamp]:
        """Size, time of change and number of the file."""
        found: dict[str, Stamp] = {}
        with self._asked(directory), os.scandir(self._root / directory) as entries:
            for entry in entries:
                if wanted(entry.name) and (about := _about(entry)) is not None:
                    found[entry.name] = (about.st_size, about.st_mtime_ns, about.st_ino)
        return found

    def is_free(self, path: str) -> bool:
        """Linux tells; elsewhere it is taken to be."""
        with self._asked(path):
            descriptor = os.open(self._root / path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            try:
                return lease(descriptor)
            finally:
                os.close(descriptor)

    def size(self, path: str) -> int:
        """As the file system has it."""
        with self._asked(path):
            return (self._root / path).stat().st_size

    def read(self, path: str) -> bytes:
        """All of it."""
        with self._asked(path):
            return (self._root / path).read_bytes()

    def move(self, path: str, to: str) -> bool:
        """Also to another file system."""
        with self._asked(path):
            try:
                (self._root / path).rename(self._root / to)
            except FileNotFoundError:
                if (self._root / path).exists():
                    raise
                return False
            except OSError as error:
                if error.errno != EXDEV:
                    raise
                import shutil

                shutil.move(self._root / path, self._root / to)
        return True

    def delete(self, path: str) -> None:
        """At once."""
        with self._asked(path):
            (self._root / path).unlink(missing_ok=True)

    def exists(self, path: str) -> bool:
        """Links to nowhere are there, too."""
        return os.path.lexists(self._root / path)

    def make(self, directory: str) -> None:
        """With those that it is in."""
        with self._asked(directory):
            (self._root / directory).mkdir(parents=True, exist_ok=True)

    @contextmanager
    def _asked(self, path: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise NotFound(f"This machine has no {self._root / path}") from None
        except OSError as error:
            raise RemoteError(f"{self._root / path} cannot be used: {error.strerror or error}") from None


def _about(entry: "os.DirEntry[str]") -> os.stat_result | None:
    """``None`` if it is something else than a file, or went away just now."""
    try:
        about = entry.stat()
    except OSError:
        return None
    return about if S_ISREG(about.st_mode) else None
