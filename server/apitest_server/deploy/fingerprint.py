"""What a tree of source files is made of: stamps that are quick to take, and a hash that cannot be mistaken.

A stamp is what a file's directory entry tells: size, times, inode. Equal stamps mean equal contents unless the
file was written within one tick of the file system's clock after it was stamped; so stamps of files that were young
when they were taken prove nothing, as in the index of git, and the contents are hashed instead.
"""

import os
from collections.abc import Collection, Mapping
from hashlib import blake2b
from pathlib import Path

Stamp = tuple[int, int, int, int]
Stamps = dict[str, Stamp | None]
_YOUNG = 2_000_000_000  # nanoseconds; no file system in use ticks slower than every two seconds


def stamps(roots: tuple[Path, ...], unused: Collection[str] = ()) -> Stamps:
    """Of all ``.py`` files below: path -> size, times of change (contents, entry; nanoseconds) and inode.

    Of those that are ``unused`` it only matters that they are there; they have ``None``.
    """
    found: Stamps = {}
    directories = [str(root) for root in roots]
    while directories:  # One loop over everything: this is most of what a start from the cache does
        with os.scandir(directories.pop()) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith(".py"):
                    path = entry.path
                    found[path] = None if path in unused else _stamp(entry.stat())
                elif name != "__pycache__" and entry.is_dir():
                    directories.append(entry.path)
    return found


def are_proof(taken: Stamps, now: int) -> bool:
    """Whether stamps taken at ``now`` (nanoseconds since 1970) are of files that were old enough by then."""
    return all(max(stamp[1], stamp[2]) < now - _YOUNG for stamp in taken.values() if stamp is not None)


def digests(taken: Stamps) -> dict[str, bytes]:
    """Path -> hash of the contents; an empty one for files that are unused.

    Raises:
        OSError: one of them cannot be read.
    """
    return {path: _digest(path) if stamp is not None else b"" for path, stamp in taken.items()}


def one_digest(several: Mapping[str, bytes]) -> bytes:
    """One hash over names and contents."""
    whole = blake2b(digest_size=20)
    for path in sorted(several):
        whole.update(f"{path}\0".encode("utf-8", "surrogateescape") + several[path] + b"\0")
    return whole.digest()


def _stamp(about: os.stat_result) -> Stamp:
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino


def _digest(path: str) -> bytes:
    return blake2b(Path(path).read_bytes(), digest_size=20).digest()
