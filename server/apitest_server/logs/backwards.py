"""Files of the log, searched from their ends: what happened last is what people look for."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

BLOCK = 1024 * 1024  # bytes that are looked at together; a thread of the event loop's process waits that long at most
LONGEST = 64 * 1024  # bytes of one entry that are read in each direction


def entries(paths: Sequence[Path], needle: bytes, is_over: Callable[[], bool]) -> Iterator[bytes | None]:
    """Entries with certain bytes in them, the newest first; ``None`` at the end where not everything was looked at.

    An entry is a line and the indented lines that follow it.

    Args:
        paths: of the files, the newest first; one that does not exist is passed over.
        needle: what to look for.
        is_over: asked before each block; true where no more of them may be looked at.
    """
    seen = set()
    for path in paths:
        try:
            file = path.open("rb")
        except (FileNotFoundError, NotADirectoryError):
            continue
        with file:
            about = os.fstat(file.fileno())
            if (about.st_dev, about.st_ino) in seen:  # It was rotated meanwhile
                continue
            seen.add((about.st_dev, about.st_ino))
            for found in _of_one(file, about.st_size, needle, is_over):
                yield found
                if found is None:
                    return


def _of_one(file: BinaryIO, size: int, needle: bytes, is_over: Callable[[], bool]) -> Iterator[bytes | None]:
    end = size
    while end > 0:
        if is_over():
            yield None
            return
        start = max(0, end - BLOCK)
        # What begins in this block may end in the next one, which was looked at before
        block = _read(file, start, min(size, end + len(needle) - 1) - start)
        at = block.rfind(needle)
        while at >= 0:
            first, entry = _around(file, start + at)
            yield entry
            end = first
            at = block.rfind(needle, 0, max(0, first - start)) if first > start else -1
        end = min(end, start)


def _around(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """The entry at a place, and where it begins."""
    before = max(0, place - LONGEST)
    head = _read(file, before, place - before)
    cut = len(head)
    while cut > 0:
        cut = head.rfind(b"\n", 0, cut) + 1
        following = head[cut : cut + 1] or _read(file, before + cut, 1)
        if following not in (b" ", b"\t") or cut == 0:
            break
        cut -= 1  # An indented line belongs to the one before
    tail = _read(file, place, LONGEST)
    at = tail.find(b"\n")
    while at >= 0 and tail[at + 1 : at + 2] in (b" ", b"\t"):
        at = tail.find(b"\n", at + 1)
    return before + cut, head[cut:] + (tail if at < 0 else tail[:at])


def _read(file: BinaryIO, start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)
