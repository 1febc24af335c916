"""Tests of apitest_server.process.log_file."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.process.log_file import LogFile, StandardError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "a.log"


@pytest.fixture
def file(path: Path) -> Iterator[LogFile]:
    """A file of 10 bytes with two backups."""
    one = LogFile(path, 10, 2)
    yield one
    one.close()


def texts(path: Path) -> dict[str, str]:
    """What is in a log's directory."""
    return {found.name: found.read_text() for found in sorted(path.parent.iterdir())}


def test_a_file_is_for_its_owner_only(path: Path, file: LogFile) -> None:
    """Lines are appended, also to those of an earlier start."""
    assert file.write(b"one\n") == 4
    again = LogFile(path, 100, 2)
    again.write(b"two\n")
    again.close()
    assert texts(path) == {"a.log": "one\ntwo\n"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_is_rotated_by_its_size(path: Path, file: LogFile) -> None:
    """The newest backups are kept, and whoever was allowed to read the file may read the next one."""
    path.chmod(0o640)
    for number in range(1, 7):
        file.write(b"line %d\n" % number)
    assert texts(path) == {"a.log": "line 6\n", "a.log.1": "line 5\n", "a.log.2": "line 4\n"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_without_backups_a_file_begins_anew(path: Path) -> None:
    """Nothing is kept of it."""
    one = LogFile(path, 10, 0)
    for number in range(1, 4):
        one.write(b"line %d\n" % number)
    one.close()
    assert texts(path) == {"a.log": "line 3\n"}


def test_a_batch_that_is_larger_than_a_file_is_written(path: Path, file: LogFile) -> None:
    """Alone."""
    file.write(b"a" * 50)
    file.write(b"b")
    assert texts(path) == {"a.log": "b", "a.log.1": "a" * 50}


def test_a_file_that_cannot_be_rotated_grows(path: Path, file: LogFile) -> None:
    """It is tried again once it has grown by as much once more."""
    (path.parent / "a.log.2").mkdir()
    for number in range(1, 4):
        file.write(b"line %d\n" % number)
    assert path.read_text() == "line 2\nline 3\n"
    (path.parent / "a.log.2").rmdir()
    file.write(b"line 4\n")
    assert texts(path) == {"a.log": "line 4\n", "a.log.1": "line 2\nline 3\n", "a.log.2": "line 1\n"}


@pytest.mark.parametrize("deleted", [False, True])
def test_a_file_that_was_moved_away_is_made_anew(path: Path, file: LogFile, deleted: bool) -> None:
    """As a tool that rotates logs, or another server of the same directory, does."""
    file.write(b"one\n")
    path.unlink() if deleted else path.rename(path.with_suffix(".old"))
    file.write(b"two\n")
    assert path.read_text() == "two\n"
    if not deleted:
        assert path.with_suffix(".old").read_text() == "one\n"


def test_what_is_printed_goes_along(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A descriptor that is the log's file is the next one's, too."""
    one = LogFile(path, 10, 2)
    printed = os.open(path, os.O_WRONLY | os.O_APPEND)
    monkeypatch.setattr("apitest_server.process.log_file._PRINTED", (printed, 12345))
    one.write(b"one\n")
    one.reopen()
    one.write(b"a long line\n")
    os.write(printed, b"printed\n")
    one.close()
    os.close(printed)
    assert texts(path) == {"a.log": "a long line\nprinted\n", "a.log.1": "one\n"}


def test_of_a_link_its_target_is_rotated(path: Path) -> None:
    """The link stays."""
    path.parent.mkdir()
    link = path.with_name("link")
    link.symlink_to(path)
    one = LogFile(link, 10, 2)
    one.write(b"line 1\n")
    one.write(b"line 2\n")
    one.close()
    assert link.is_symlink()
    assert (path.read_text(), path.with_name("a.log.1").read_text()) == ("line 2\n", "line 1\n")


def test_a_full_disk_is_told(path: Path) -> None:
    """By the error that the system gives; nothing is rotated."""
    full = LogFile(Path("/dev/full"), 10, 2)
    with pytest.raises(OSError, match=r"^\[Errno") as caught:
        full.write(b"a line that is long enough\n")
    assert caught.value.errno == errno.ENOSPC
    full.close()


def test_a_pipe_that_nobody_reads_holds_nobody(path: Path) -> None:
    """It is refused at once."""
    path.parent.mkdir()
    os.mkfifo(path)
    with pytest.raises(OSError, match=r"^\[Errno") as caught:
        LogFile(path, 10, 2)
    assert caught.value.errno == errno.ENXIO


def test_standard_error_is_written_as_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    """And stays open."""
    sink = StandardError()
    assert sink.write(b"one\n") == 4
    sink.close()
    sink.write(b"two\n")
    assert capfd.readouterr().err == "one\ntwo\n"
