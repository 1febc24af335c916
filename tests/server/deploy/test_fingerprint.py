"""Tests of apitest_server.deploy.fingerprint."""

import os
import time
from pathlib import Path

from apitest_server.deploy.fingerprint import are_proof, digests, one_digest, stamps


def test_stamps_are_of_all_sources_below(tmp_path: Path) -> None:
    """Packages inside are seen, byte code and other files are not."""
    for name in ("a.py", "b/c.py", "b/__pycache__/c.py", "b/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x = 1\n")
    assert set(stamps((tmp_path,))) == {str(tmp_path / "a.py"), str(tmp_path / "b" / "c.py")}


def test_another_content_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    """Setting a file's time of modification back does not hide that it was written."""
    file = tmp_path / "a.py"
    file.write_text("x = 1\n")
    before, about, digest = stamps((tmp_path,)), file.stat(), one_digest(digests(stamps((tmp_path,))))
    while stamps((tmp_path,)) == before:  # Until the file system's clock has ticked
        file.write_text("x = 2\n")
        os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert one_digest(digests(stamps((tmp_path,)))) != digest


def test_stamps_of_young_files_prove_nothing(tmp_path: Path) -> None:
    """A file that was written just now may be written again within the same tick of the clock."""
    (tmp_path / "a.py").write_text("x = 1\n")
    taken = stamps((tmp_path,))
    assert not are_proof(taken, time.time_ns())
    assert are_proof(taken, time.time_ns() + 3_000_000_000)


def test_names_and_contents_are_told_apart(tmp_path: Path) -> None:
    """Moving text from one file to the next, or renaming a file, changes the hash."""
    hashes = set()
    for first, second in (("ab", "c"), ("a", "bc")):
        (tmp_path / "a.py").write_text(first)
        (tmp_path / "b.py").write_text(second)
        hashes.add(one_digest(digests(stamps((tmp_path,)))))
    (tmp_path / "b.py").rename(tmp_path / "c.py")
    hashes.add(one_digest(digests(stamps((tmp_path,)))))
    assert len(hashes) == 3


def test_unused_files_are_only_known_by_their_names(tmp_path: Path) -> None:
    """Neither stamped nor read."""
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text("x = 1\n")
    unused = str(tmp_path / "b.py")
    taken = stamps((tmp_path,), {unused})
    assert (taken[unused], digests(taken)[unused]) == (None, b"")
    (tmp_path / "b.py").write_text("x = 2, 3\n")
    assert stamps((tmp_path,), {unused}) == taken
    assert are_proof({unused: None}, 0)
