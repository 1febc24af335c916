"""Tests of apitest_server.deploy.pickup."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from apitest_server.deploy.pickup import Pickup
from apitest_server.deploy.user_file import LARGEST


@pytest.fixture
def pickup(tmp_path: Path) -> Pickup:
    """A directory with two files, both of them known."""
    (tmp_path / "a.py").write_text("a\n")
    (tmp_path / "b.py").write_text("b\n")
    one = Pickup(tmp_path)
    assert one.all() == {"a.py": b"a\n", "b.py": b"b\n"}
    return one


def test_a_change_counts_once_it_was_seen_twice(pickup: Pickup) -> None:
    """New, changed and removed files alike; then it is known."""
    (pickup.directory / "a.py").write_text("a2\n")
    (pickup.directory / "b.py").unlink()
    (pickup.directory / "c.py").write_text("c\n")
    assert pickup.changes() == {}
    assert pickup.changes() == {"a.py": b"a2\n", "b.py": None, "c.py": b"c\n"}
    assert pickup.changes() == {}


def test_a_file_that_is_still_changing_does_not_count(pickup: Pickup) -> None:
    """Whoever writes in bursts is waited for."""
    path = pickup.directory / "a.py"
    for length in range(2, 6):
        path.write_text("x" * length)
        assert pickup.changes() == {}
    assert pickup.changes() == {"a.py": b"xxxxx"}


def test_a_file_that_is_open_for_writing_does_not_count(pickup: Pickup, caplog: pytest.LogCaptureFixture) -> None:
    """However long that takes; the log says so once."""
    with (pickup.directory / "a.py").open("a") as file:
        file.write("half")
        file.flush()
        assert [pickup.changes() for _ in range(4)] == [{}] * 4
    assert pickup.changes() == {"a.py": b"a\nhalf"}
    assert caplog.text.count("is being written") == 1


def test_a_file_that_was_gone_for_a_moment_was_not(pickup: Pickup) -> None:
    """Some editors delete a file before they write it anew."""
    path = pickup.directory / "a.py"
    path.unlink()
    assert pickup.changes() == {}
    path.write_text("a2\n")
    assert pickup.changes() == {}
    assert pickup.changes() == {"a.py": b"a2\n"}


def test_other_files_are_not_seen(pickup: Pickup) -> None:
    """Hidden ones, other suffixes, links to nowhere."""
    (pickup.directory / ".hidden.py").touch()
    (pickup.directory / "notes.txt").touch()
    (pickup.directory / "link.py").symlink_to("nowhere")
    assert [pickup.changes(), pickup.changes()] == [{}, {}]


def unreadable(path: Path) -> bytes:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def test_what_cannot_be_read_is_told_once(
    pickup: Pickup, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again at each look, since it may be about to change."""
    path = pickup.directory / "a.py"
    path.write_text("a2\n")
    monkeypatch.setattr("apitest_server.deploy.pickup.read_whole", unreadable)
    assert [pickup.changes() for _ in range(4)] == [{}] * 4
    assert caplog.text.count("a.py cannot be read: Permission denied") == 1
    monkeypatch.undo()
    assert pickup.changes() == {"a.py": b"a2\n"}


def test_what_is_not_a_file_is_refused_once(pickup: Pickup) -> None:
    """Neither opened nor waited for: a directory, a pipe, a link to a device; nor is a file that is too large read."""
    (pickup.directory / "folder.py").mkdir()
    os.mkfifo(pickup.directory / "pipe.py")
    (pickup.directory / "device.py").symlink_to("/dev/zero")
    (pickup.directory / "large.py").write_bytes(b"#" * (LARGEST + 1))
    assert pickup.changes() == {}
    found = {name: str(error).split("\n")[0] for name, error in pickup.changes().items()}
    assert found == {
        "device.py": "device.py is not a regular file",
        "folder.py": "folder.py is not a regular file",
        "large.py": "large.py is larger than 1024 KB",
        "pipe.py": "pipe.py is not a regular file",
    }
    assert pickup.changes() == {}
    (pickup.directory / "pipe.py").unlink()
    (pickup.directory / "pipe.py").write_text("x\n")
    assert [pickup.changes(), pickup.changes()] == [{}, {"pipe.py": b"x\n"}]


def test_a_directory_that_goes_away_takes_nothing_with_it(pickup: Pickup, caplog: pytest.LogCaptureFixture) -> None:
    """A mount that is lost removes no services."""
    away = pickup.directory.with_name("away")
    shutil.move(pickup.directory, away)
    assert [pickup.changes() for _ in range(4)] == [{}] * 4
    assert caplog.text.count("cannot be read") == 1
    shutil.move(away, pickup.directory)
    assert pickup.changes() == {}


def test_what_was_written_on_purpose_is_no_change(pickup: Pickup) -> None:
    """A deployment over the API writes the file that it deployed."""
    (pickup.directory / "c.py").write_text("c\n")
    pickup.wrote("c.py")
    assert [pickup.changes(), pickup.changes()] == [{}, {}]
