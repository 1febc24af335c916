"""The reports of a run, side by side."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from apitest.errors import UsageError
from apitest.events import Failure, FileFailed, Notice
from apitest.progress import Progress
from apitest.report import jsonl
from apitest.report.several import Reports
from apitest.report.target import Target

FULL = Path("/dev/full")
NOTICE = Notice("Something to know", verbose_only=False)
PROGRESS = Progress(1, 0, 2, ("a",))


def _open(reports: Reports, path: Path) -> None:
    reports.open("jsonl", path, jsonl.opened(Target(path)))


def test_each_hears_of_everything(tmp_path: Path) -> None:
    """Two reports have the same events."""
    with Reports() as reports:
        _open(reports, tmp_path / "a")
        _open(reports, tmp_path / "b")
        reports(NOTICE)
    assert (tmp_path / "a").read_text() == (tmp_path / "b").read_text() != ""
    assert reports.failed == []


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is full")
def test_a_full_disk(tmp_path: Path) -> None:
    """The report is left after one message; the others go on."""
    with Reports() as reports:
        _open(reports, FULL)
        _open(reports, tmp_path / "b")
        reports(NOTICE)
        reports(NOTICE)
    (error,) = reports.failed
    assert (error.problem, error.where) == ("The jsonl report cannot be written: No space left on device", str(FULL))
    assert (tmp_path / "b").read_text().count("Something to know") == 2


def test_one_that_cannot_be_completed(tmp_path: Path) -> None:
    """It is told at the end if the end is where it fails."""
    directory = tmp_path / "a"
    with Reports() as reports:
        _open(reports, directory / "events")
        reports(NOTICE)
        (directory / "events").unlink()
        directory.rmdir()
        directory.write_text("")
    (error,) = reports.failed
    assert error.where == str(directory / "events")


def test_one_that_cannot_be_opened(tmp_path: Path) -> None:
    """That is a mistake in the command; those that are open are closed."""
    with pytest.raises(UsageError, match="cannot be written: Is a directory"), Reports() as reports:
        _open(reports, tmp_path / "a")
        _open(reports, tmp_path)


def test_one_that_needs_little_hears_little(tmp_path: Path) -> None:
    """A report may say which events it needs, and only one that watches is told how far the run is."""
    heard: dict[str, list[object]] = {"all": [], "notices": [], "watches": []}
    finished = FileFailed("a.feature", Failure("E", 2, "P"))
    with Reports() as reports:
        reports.open("all", None, nullcontext(heard["all"].append))
        reports(NOTICE)
        reports.open("notices", None, nullcontext(heard["notices"].append), only=(Notice,))
        reports.open("watches", None, nullcontext(heard["watches"].append), watches=True)
        for event in (NOTICE, finished, PROGRESS):
            reports(event)
    assert heard == {"all": [NOTICE, NOTICE, finished], "notices": [NOTICE], "watches": [NOTICE, finished, PROGRESS]}
