"""The reports of a run, side by side."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from apitest.errors import UsageError
from apitest.events import Event, Failure, FileFailed, Notice, RunFinished, RunStarted
from apitest.progress import Progress
from apitest.report import jsonl
from apitest.report.html import report as html
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


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is full")
def test_one_that_writes_as_it_opens() -> None:
    """A disk that is full before the run begins is an error as any other, and no traceback."""
    with (
        pytest.raises(UsageError, match="The html report cannot be written: No space left on device"),
        Reports() as both,
    ):
        both.open("html", FULL, html.opened(Target(FULL)))


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


class Unspeakable(Exception):
    """Its text is made of what it does not have."""

    def __str__(self) -> str:
        return str(vars(self)["detail"])


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TypeError("a mistake"), "TypeError: a mistake"),
        (MemoryError(), "MemoryError"),
        (Unspeakable(), "Unspeakable: its text cannot be had, since Unspeakable.__str__ raises KeyError"),
    ],
)
def test_a_run_that_a_mistake_ends(error: Exception, told: str) -> None:
    """Each report is told of it as of a file that cannot be used, and none is complete without it."""
    heard: list[Event] = []
    deaf: list[Event] = []

    def refuse(event: Event) -> None:
        raise TypeError(type(event).__name__)

    with pytest.raises(type(error)), Reports() as reports:
        reports.open("first", None, nullcontext(refuse))
        reports.open("second", None, nullcontext(heard.append))
        reports.open("third", None, nullcontext(deaf.append), only=(RunFinished,))
        raise error
    assert heard == [
        FileFailed("the run", Failure(type(error).__name__, 2, f"The run did not come to its end: {told}"))
    ]
    assert deaf == []


def test_an_error_of_ours_or_after_the_end() -> None:
    """What is told without a traceback, or once the run is over, adds nothing to the reports."""
    heard: list[Event] = []
    end = RunFinished({}, 0.0, 0, "")
    with pytest.raises(UsageError), Reports() as reports:
        reports.open("one", None, nullcontext(heard.append))
        raise UsageError("No")
    with pytest.raises(TypeError), Reports() as reports:
        reports.open("one", None, nullcontext(heard.append))
        reports(end)
        raise TypeError
    with pytest.raises(KeyboardInterrupt), Reports() as reports:
        reports.open("one", None, nullcontext(heard.append))
        raise KeyboardInterrupt
    assert heard == [end]


def test_an_error_of_ours_in_the_middle() -> None:
    """A formatter that cannot go on, for one, ends a run whose reports lack what would have come after that."""
    heard: list[Event] = []
    begun = RunStarted("p", verbose=False)
    with pytest.raises(UsageError), Reports() as reports:
        reports.open("one", None, nullcontext(heard.append))
        reports(begun)
        raise UsageError("No", fix="Choose another one")
    problem = "The run did not come to its end: No"
    assert heard == [begun, FileFailed("the run", Failure("UsageError", 2, problem, fix="Choose another one"))]
