"""Which server runs on a directory: a file that the running one holds locked, with its address and process ID.

The lock goes with the process, however that ends, so a server that was killed leaves nothing behind to be cleared up.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from apitest_server.errors import StartError

try:
    import fcntl
except ImportError:  # There is no such module on Windows, where nothing is locked
    fcntl = None  # type: ignore[assignment]

FILE_NAME = ".running"
_TRIES = 5
_PAUSE = 0.01  # seconds


class Running(msgspec.Struct):
    """A running server.

    Attributes:
        pid: its process ID.
        address: such as ``http://127.0.0.1:17010``; empty while it is starting.
        since: when it started, in seconds since 1970.
        certificate: the fingerprint of its certificate, where it speaks TLS.
    """

    pid: int
    address: str
    since: float
    certificate: str = ""


class Seat:
    """The seat of a directory's one server."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / FILE_NAME
        self._file: IO[bytes] | None = None

    def take(self, may_share: bool = False) -> None:
        """Takes the seat; with ``may_share`` another server may have it as well.

        Raises:
            StartError: it is taken, or the directory cannot be written.
        """
        try:
            file = self.path.open("a+b")
        except OSError as error:
            if may_share:
                return
            raise StartError(f"Cannot write {self.path}: {error.strerror or error}") from None
        for _ in range(_TRIES):
            if _locked(file):
                self._file = file
                self.tell("")
                return
            time.sleep(_PAUSE)  # Who only looks whether the seat is taken has it for a moment
        file.close()
        if not may_share:
            raise self.refusal(self.taken())

    def tell(self, address: str, certificate: str = "") -> None:
        """Says where this process can be reached, and what it is known by there, if it has the seat."""
        if self._file is not None:
            self._write(msgspec.json.encode(Running(os.getpid(), address, time.time(), certificate)))

    def leave(self) -> None:
        """Gives the seat up."""
        if self._file is not None:
            self._write(b"")
            self._file.close()
            self._file = None

    def taken(self) -> Running | None:
        """Who has the seat; ``None`` if nobody does."""
        with suppress(OSError), self.path.open("rb") as file:
            if not _locked(file):
                with suppress(msgspec.DecodeError):
                    return msgspec.json.decode(file.read(), type=Running)
        return None

    def refusal(self, by: Running | None) -> StartError:
        """The error for a seat that somebody has already."""
        where = f"{by.address or 'still starting'}, process {by.pid}" if by else str(self.path)
        fix = f"Stop it with: apitest server stop {self.path.parent}"
        return StartError(f"The server of {self.path.parent} is running already", where, fix)

    def _write(self, content: bytes) -> None:
        assert self._file is not None
        self._file.truncate(0)
        self._file.write(content)
        self._file.flush()


def _locked(file: IO[bytes]) -> bool:
    """Locks a file for as long as it is open; whether that was possible."""
    if not hasattr(fcntl, "flock"):
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
