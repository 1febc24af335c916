"""Where the log goes: a file that is rotated by its size, or any other thing that can be written.

Nothing waits here: what cannot be written now is for the caller to try again.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Protocol

_PRIVATE = 0o600  # Who may read the log learns who calls what
_PRINTED = (1, 2)  # Standard output and standard error


class Sink(Protocol):
    """What lines are written to."""

    def write(self, data: bytes) -> int:
        """Writes as much as there is room for; how many bytes that was.

        Raises:
            OSError: nothing can be written.
        """

    def close(self) -> None:
        """Nothing is written any more."""


class StandardError:
    """Standard error, of whatever kind it is."""

    def write(self, data: bytes) -> int:
        """Writes as much as there is room for."""
        return os.write(2, data)

    def close(self) -> None:
        """It belongs to the process."""


class LogFile:
    """A file that lines are appended to.

    It begins anew where it was moved away or deleted by others. Where services print into the same file, what they
    print goes to the new one as well.
    """

    def __init__(self, path: Path, max_size: int, backups: int) -> None:
        """Opens it.

        Args:
            path: the file; its directory is made where it does not exist.
            max_size: in bytes; a batch of lines that would make the file larger goes into a new one.
            backups: how many rotated files are kept, ``path.1`` being the newest.

        Raises:
            OSError: it cannot be opened.
        """
        self.path = path
        self._max_size = self._rotated_at = max_size
        self._backups = backups
        self._mode = _PRIVATE
        path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = self._opened()

    def write(self, data: bytes) -> int:
        """Writes as much as there is room for; how many bytes that was.

        Raises:
            OSError: nothing can be written.
        """
        about = os.fstat(self._descriptor)
        if stat.S_ISREG(about.st_mode):
            self._mode = stat.S_IMODE(about.st_mode)
            if not self._is_in_place(about):
                self.reopen()
            elif about.st_size and about.st_size + len(data) > self._rotated_at:
                self._rotate(about.st_size)
        return os.write(self._descriptor, data)

    def reopen(self) -> None:
        """Goes on in the file that has the path now; a new one where there is none.

        Raises:
            OSError: it cannot be opened; the one before stays open.
        """
        new = self._opened()
        old, self._descriptor = self._descriptor, new
        about = os.fstat(old)
        for printed in _PRINTED:
            with suppress(OSError):  # It may be closed
                if os.path.samestat(os.fstat(printed), about):
                    os.dup2(new, printed)
        os.close(old)
        self._rotated_at = self._max_size

    def close(self) -> None:
        """Nothing is written any more."""
        os.close(self._descriptor)

    def _opened(self) -> int:
        # Not blocking: a pipe that nobody reads from must not hold the server
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
        self._real = Path(os.path.realpath(self.path))  # Of a link, it is the file that is rotated
        return os.open(self._real, flags, self._mode)

    def _is_in_place(self, about: os.stat_result) -> bool:
        try:
            return os.path.samestat(self.path.stat(), about)
        except FileNotFoundError:
            return False

    def _rotate(self, size: int) -> None:
        try:
            self._move(self._backups)
            self.reopen()
        except OSError:  # Going on in a file that is too large is better than not writing
            self._rotated_at = size + self._max_size

    def _move(self, number: int) -> None:
        """Makes room: the file becomes the first backup, that one the second, until the last one goes."""
        if not number:
            self._real.unlink()
            return
        for older in range(number, 1, -1):
            with suppress(FileNotFoundError):
                self._backup(older - 1).replace(self._backup(older))
        self._real.replace(self._backup(1))

    def _backup(self, number: int) -> Path:
        return self._real.with_name(f"{self._real.name}.{number}")
