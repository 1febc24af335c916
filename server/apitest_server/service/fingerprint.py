"""What a tree of source files is made of: stamps that are quick to take, and a hash that cannot be mistaken.

A stamp is what a file's directory entry tells: size, times, inode. Equal stamps mean equal contents unless the
file was written within one tick of the file system's clock after it was stamped; so stamps of files that were young
when they were taken prove nothing, as in the index of git, and the contents are hashed instead.
"""

import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

Stamps = dict[str, tuple[int, int, int, int]]
_YOUNG = 2_000_000_000  # nanoseconds; no file system in use ticks slower than every two seconds


def stamps(roots: tuple[Path, ...]) -> Stamps:
    """Path -> size, times of change (contents, entry; in nanoseconds) and inode, of all ``.py`` files below."""
    found: Stamps = {}
    for root in roots:
        for entry in _sources(str(root)):
            about = entry.stat()
            found[entry.path] = (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)
    return found


def are_proof(taken: Stamps, now: int) -> bool:
    """Whether stamps taken at ``now`` (nanoseconds since 1970) are of files that were old enough by then."""
    return all(max(mtime, ctime) < now - _YOUNG for _, mtime, ctime, _ in taken.values())


def contents_hash(paths: Stamps) -> str:
    """One hash over the names and the contents of files.

    Raises:
        OSError: one of them cannot be read.
    """
    digest = blake2b(digest_size=20)
    for path in sorted(paths):
        content = Path(path).read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def _sources(directory: str) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(directory) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield entry
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _sources(entry.path)
