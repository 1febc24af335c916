"""Disks that are full for a while."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

SIZE = 16  # MB of a file system
_UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


class Disk(Protocol):
    """What a server writes to."""

    def fill(self) -> None:
        """From now on it takes nothing more."""

    def free(self) -> None:
        """There is room again."""


class FileSystem:
    """A small file system of its own, which another file takes up; only root can have one."""

    def __init__(self, directory: Path) -> None:
        self._filler = directory / "filler"

    def fill(self) -> None:
        """Writes until the system refuses; the last kilobytes byte by byte."""
        with self._filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while file.write(b"x" * size) == size:
                        continue
                except OSError:
                    continue

    def free(self) -> None:
        """The other file is deleted."""
        self._filler.unlink()


class Limit:
    """The limit of a process for its files: as far as it can tell, that of its disk."""

    def __init__(self, process_id: Callable[[], int]) -> None:
        self._process_id = process_id

    def fill(self) -> None:
        """It may not write behind the first byte of any file."""
        resource.prlimit(self._process_id(), resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))

    def free(self) -> None:
        """It may write what it likes."""
        resource.prlimit(self._process_id(), resource.RLIMIT_FSIZE, _UNLIMITED)


def kinds() -> list[str]:
    """What the user of this process can have."""
    return ["limit", "file system"] if os.geteuid() == 0 else ["limit"]


@contextmanager
def mounted(directory: Path) -> Iterator[FileSystem]:
    """A file system on a directory."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(directory)], check=True)
    try:
        yield FileSystem(directory)
    finally:
        subprocess.run(["umount", "--lazy", str(directory)], check=True)
