"""Disks that are full for a while."""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import psycopg

from tests.services.postgresql import PostgreSQL

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


class Log:
    """A small file system with the log of a PostgreSQL server, which ends all connections when that is full."""

    def __init__(self, filesystem: FileSystem, database: PostgreSQL) -> None:
        self._filesystem = filesystem
        self._database = database

    def fill(self) -> None:
        """Nor is there room left in the file that it writes to."""
        self._filesystem.fill()
        with suppress(psycopg.Error), psycopg.connect(self._database.url, autocommit=True) as connection:
            while True:
                connection.execute("SELECT pg_logical_emit_message(false, '', 'x'), pg_switch_wal()")

    def free(self) -> None:
        """As an administrator does it, who starts it again if it has given up."""
        self._filesystem.free()
        self._database.recover()


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
def mounted(directory: Path, size: int = SIZE) -> Iterator[FileSystem]:
    """A file system of so many MB on a directory."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(directory)], check=True)
    try:
        yield FileSystem(directory)
    finally:
        subprocess.run(["umount", "--lazy", str(directory)], check=True)


@contextmanager
def of_tables(database: PostgreSQL) -> Iterator[tuple[Disk, str]]:
    """A file system with the tables of a database, and the name of the tablespace."""
    with _small(database, "tables", 32) as (filesystem, directory):
        with psycopg.connect(database.url, autocommit=True) as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{directory}'")
        yield filesystem, "small"
        with psycopg.connect(database.url, autocommit=True) as connection:
            connection.execute("DROP TABLESPACE small")


@contextmanager
def of_log(database: PostgreSQL) -> Iterator[tuple[Disk, str]]:
    """A file system with the log, and the name of the tablespace, which is elsewhere."""
    with _small(database, "log", 96) as (filesystem, directory):
        database.move_log(directory)
        yield Log(filesystem, database), "pg_default"


@contextmanager
def _small(database: PostgreSQL, name: str, size: int) -> Iterator[tuple[FileSystem, Path]]:
    mount = database.directory / name
    mount.mkdir()
    with mounted(mount, size) as filesystem:
        directory = mount / name  # Of its user, as it insists
        directory.mkdir(mode=0o700)
        mount.chmod(0o755)
        shutil.chown(directory, database.user)
        yield filesystem, directory
