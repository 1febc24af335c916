import os
from errno import EXDEV
from pathlib import Path

import pytest

from apitest_server.errors import NotFound, RemoteError
from apitest_server.transfer.local import LocalSource


def everything(name: str) -> bool:
    return True


def test_files_alone_are_seen(tmp_path: Path) -> None:
    """What changes of them while they are written is seen, too; links to nowhere and directories are not."""
    (tmp_path / "in" / "directory").mkdir(parents=True)
    (tmp_path / "in" / "link").symlink_to(tmp_path / "none")
    file = tmp_path / "in" / "a.csv"
    file.write_text("1")
    source = LocalSource(tmp_path)
    before = source.seen("in", everything)
    assert list(before) == ["a.csv"]
    file.write_text("12")
    assert source.seen("in", everything) != before
    assert source.seen("in", lambda name: name == "b") == {}
    assert (source.size("in/a.csv"), source.read("in/a.csv")) == (2, b"12")


def test_a_file_that_is_being_written_is_not_free(tmp_path: Path) -> None:
    """It is once that is over."""
    source, path = LocalSource(tmp_path), tmp_path / "a"
    with path.open("w") as file:
        file.write("x")
        assert not source.is_free("a")
    assert source.is_free(str(path))


def test_files_are_moved_and_deleted(tmp_path: Path) -> None:
    """One of two who move the same file is told that it is gone; what is deleted twice is gone, too."""
    source = LocalSource(tmp_path)
    (tmp_path / "a").write_text("x")
    source.make("out/deep")
    source.make("out/deep")
    assert [source.move("a", "out/deep/b"), source.move("a", "out/deep/c")] == [True, False]
    assert [source.exists(path) for path in ("a", "out/deep/b", "out/deep/c")] == [False, True, False]
    source.delete("out/deep/b")
    source.delete("out/deep/b")
    assert list((tmp_path / "out" / "deep").iterdir()) == []


def test_a_file_goes_to_another_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot be renamed it is copied."""
    (tmp_path / "a").write_text("x")
    (tmp_path / "out").mkdir()

    def refuse(path: Path, to: Path) -> None:
        raise OSError(EXDEV, os.strerror(EXDEV))

    monkeypatch.setattr(Path, "rename", refuse)
    assert LocalSource(tmp_path).move("a", "out/a")
    assert ((tmp_path / "out" / "a").read_text(), (tmp_path / "a").exists()) == ("x", False)


def test_what_cannot_be_done_is_told_with_the_path(tmp_path: Path) -> None:
    """A directory that is not there, one that is a file, a target that cannot be."""
    source = LocalSource(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(NotFound, match=f"This machine has no {tmp_path}/none"):
        source.seen("none", everything)
    with pytest.raises(RemoteError, match="file cannot be used: Not a directory"):
        source.seen("file", everything)
    with pytest.raises(NotFound):
        source.move("file", "none/file")
    with pytest.raises(RemoteError, match="cannot be used"):
        source.make("file")
    with pytest.raises(RemoteError, match="cannot be used"):
        source.delete(".")
