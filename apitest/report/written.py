"""Files that reports are written to: made with the directories that they lack, and there when the run is over."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TextIO

from apitest.errors import UsageError
from apitest.report.output import prepare


@contextmanager
def opened_file(path: Path | None, name: str) -> Iterator[TextIO]:
    """A report's file, overwritten if it exists; standard output for None.

    A file that was removed meanwhile, with its directory or alone, is there again at the end.

    Args:
        path: the file.
        name: of the report's format, for errors.

    Raises:
        UsageError: the file cannot be made.
        OSError: it can be written no longer.
    """
    if path is None:
        prepare(sys.stdout, color=False)
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        made_directory(path.parent)
        # What can be read again can be put back; a pipe or a device cannot be opened like that.
        mode: Literal["w", "w+"] = "w" if path.exists() and not path.is_file() else "w+"
        file = _open(path, mode)
    except OSError as error:
        raise refused(name, path, error) from None
    with file:
        yield file
        file.flush()
        if mode == "w+":
            _put_back(file, path)


def _open(path: Path, mode: Literal["w", "w+"]) -> TextIO:
    return path.open(mode, encoding="utf-8", newline="\n", errors="backslashreplace")


def made_directory(path: Path) -> None:
    """Makes a directory with all above it, unless it is there."""
    path.mkdir(parents=True, exist_ok=True)


def _put_back(file: TextIO, path: Path) -> None:
    """Writes the file again if what has its name is another one, or nothing."""
    if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
        return
    import shutil

    made_directory(path.parent)
    file.seek(0)
    with _open(path, "w") as again:
        shutil.copyfileobj(file, again)


def refused(name: str, path: Path | None, error: OSError) -> UsageError:
    """The error of a report that cannot be written, or not to its end."""
    where = str(path) if path else "standard output"
    return UsageError(
        f"The {name} report cannot be written: {error.strerror or error}", where, "Give it another file, NAME=FILE"
    )
