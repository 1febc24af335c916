"""Files that reports are written to."""

import os
import shutil
from pathlib import Path

import pytest

from apitest.errors import UsageError
from apitest.report.written import opened_file


def test_directories_are_made(tmp_path: Path) -> None:
    """A report may go to a directory that is not there yet."""
    path = tmp_path / "a" / "b" / "report"
    with opened_file(path, "tap") as file:
        file.write("é\ud800\n")
    assert path.read_bytes() == b"\xc3\xa9\\ud800\n"


def test_a_path_below_a_file(tmp_path: Path) -> None:
    """It is told what cannot be written, where, and what to do."""
    (tmp_path / "a").write_text("")
    with pytest.raises(UsageError) as raised, opened_file(tmp_path / "a" / "b", "tap"):
        pass
    assert raised.value.problem.startswith("The tap report cannot be written: ")
    assert raised.value.where == str(tmp_path / "a" / "b")


@pytest.mark.parametrize("again", [False, True])
def test_a_directory_that_vanishes(again: bool, tmp_path: Path) -> None:
    """What was written is there at the end, even if another file took its place."""
    path = tmp_path / "a" / "report"
    with opened_file(path, "tap") as file:
        file.write("first\n")
        file.flush()
        shutil.rmtree(path.parent)
        if again:
            path.parent.mkdir()
            path.write_text("of somebody else")
        file.write("second\n")
    assert path.read_text() == "first\nsecond\n"


def test_a_device(tmp_path: Path) -> None:
    """What cannot be read again is written only."""
    with opened_file(Path(os.devnull), "tap") as file:
        file.write("x")


def test_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file the report goes there, and it stays open."""
    with opened_file(None, "tap") as file:
        file.write("x\n")
    print("y")
    assert capsys.readouterr().out == "x\ny\n"
