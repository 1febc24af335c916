"""The line of servers that share a SQLite file on one machine: a named pipe for each, in a directory beside the file.

A pipe that nobody reads any more is one of a server that is dead; whoever finds one clears it up.
"""

import errno
import os
import select
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from apitest_server.errors import StartError

_SUFFIX = ".pipe"
_ROOM = 4096  # parts that wait for somebody who takes in slowly; they have missed something where it is not enough
_READ = 1 << 16
PIPE_BUF = getattr(select, "PIPE_BUF", 512)


class Pipes:
    """A server's end of it."""

    limit = PIPE_BUF  # So many bytes are written to a pipe at once, whoever else writes to it

    def __init__(self, database: Path, name: str) -> None:
        """Can be written to from now on.

        Args:
            database: the SQLite file.
            name: of this server's pipe.

        Raises:
            StartError: the directory cannot be written.
        """
        self._directory = database.with_name(f"{database.name}-servers")
        self._own = f"{name}{_SUFFIX}"
        self._waiting: dict[str, deque[bytes]] = {}
        self._open: dict[str, int] = {}
        self._rest = b""
        part = self._directory / f".{name}"
        if not hasattr(os, "mkfifo"):
            raise StartError("On this system several servers need PostgreSQL: there are no named pipes", str(database))
        try:
            self._directory.mkdir(mode=0o700, exist_ok=True)
            os.mkfifo(part, 0o600)
            # For writing as well: so there is always somebody who writes, and reading never finds an end.
            self._reading = os.open(part, os.O_RDWR | os.O_NONBLOCK)
            part.rename(self._directory / self._own)  # Nobody finds a pipe that is not read
        except OSError as error:
            raise StartError(
                f"Other servers of this ODB cannot be told of changes: {error.strerror or error}", str(self._directory)
            ) from None
        for name in self._others():
            self._look_at(name)

    def fileno(self) -> int:
        """Of this server's pipe."""
        return self._reading

    def send(self, parts: Sequence[str]) -> None:
        """What a pipe has no room for waits until it has."""
        for name in self._others():
            waiting = self._waiting.setdefault(name, deque(maxlen=_ROOM))
            waiting.extend(part.encode("ascii") + b"\n" for part in parts)
        self._write()

    def receive(self) -> list[str]:
        """What came; a part is read once it is there as a whole."""
        self._write()
        came = bytearray(self._rest)
        with suppress(BlockingIOError):
            while chunk := os.read(self._reading, _READ):
                came += chunk
                if len(chunk) < _READ:
                    break
        *parts, rest = bytes(came).split(b"\n")
        self._rest = rest
        return [part.decode("ascii", "replace") for part in parts]

    @property
    def is_waiting(self) -> bool:
        """Whether a pipe was full."""
        return bool(self._waiting)

    @property
    def has_come(self) -> bool:
        """Never: what came is in the pipe."""
        return False

    def close(self) -> None:
        """Nobody can write to it any more."""
        with suppress(OSError):
            (self._directory / self._own).unlink()
        for descriptor in (self._reading, *self._open.values()):
            os.close(descriptor)
        with suppress(OSError):
            self._directory.rmdir()  # If this was the last one

    def _others(self) -> list[str]:
        try:
            names = [entry.name for entry in os.scandir(self._directory)]
        except OSError:
            return []
        return [name for name in names if name.endswith(_SUFFIX) and name != self._own]

    def _write(self) -> None:
        for name in list(self._waiting):
            try:
                self._write_to(name)
            except OSError as error:
                if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK):
                    continue
                self._forget(name)  # Nobody reads it
        self._waiting = {name: parts for name, parts in self._waiting.items() if parts}

    def _write_to(self, name: str) -> None:
        self._look_at(name)
        parts = self._waiting.get(name)
        while parts:
            os.write(self._open[name], parts[0])
            parts.popleft()

    def _look_at(self, name: str) -> None:
        """Opens a pipe, or clears it up if nobody reads it."""
        if name in self._open:
            return
        try:
            self._open[name] = os.open(self._directory / name, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno == errno.ENXIO:
                self._forget(name)
            self._waiting.pop(name, None)

    def _forget(self, name: str) -> None:
        self._waiting.pop(name, None)
        if name in self._open:
            os.close(self._open.pop(name))
        with suppress(OSError):
            (self._directory / name).unlink()
