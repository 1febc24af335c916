"""Report formats by their names."""

from pathlib import Path

import pytest

from apitest import events
from apitest.errors import UsageError
from apitest.report import formats
from apitest.report.target import Target


@pytest.mark.parametrize("name", [*formats.FORMATS, "terminal", "beside"])
def test_every_format_takes_events(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is opened listens to the events of a run, and has written something when it is closed."""
    path = tmp_path / "report.xml"
    with formats.named(name).opened(Target(path)) as listen:
        listen(events.RunStarted("project", verbose=False))
        listen(events.Notice("Something to know", verbose_only=False))
        listen(events.RunFinished({"scenarios": {"passed": 1}}, 0.5, 0, ""))
    written = path.read_text() if path.is_file() else "".join(map(str, path.glob("*")))
    assert written + capsys.readouterr().out


def test_the_summary_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal then shows no totals."""
    with formats.named("terminal").opened(Target(summary=False)) as listen:
        listen(events.RunFinished({"scenarios": {"passed": 1}}, 0.5, 0, ""))
    assert capsys.readouterr().out == ""


def test_who_shows_steps_that_passed() -> None:
    """A run tells of each of them only where a report shows them."""
    assert formats.want_passed(formats.asked(["tap", "junit"]))
    assert not formats.want_passed(formats.asked(["tap", "github"]))


def test_an_unknown_format() -> None:
    """The formats that exist are named."""
    with pytest.raises(UsageError, match='Unknown report format "xyz"') as raised:
        formats.named("xyz")
    assert raised.value.fix == f"Use one of {', '.join(sorted(formats.FORMATS))}"


def test_a_misspelt_format() -> None:
    """The one that was probably meant is told."""
    with pytest.raises(UsageError, match='Unknown report format "josnl"') as raised:
        formats.asked(["josnl=x"])
    assert raised.value.fix == "Did you mean jsonl?"


def test_what_is_asked_for() -> None:
    """A report goes to the file after the sign, to that of its format without one, and to standard output for -."""
    assert formats.asked(["jsonl"]) == [("jsonl", Path("events.jsonl"))]
    assert formats.asked(["jsonl=a=b", "jsonl=-"]) == [("jsonl", Path("a=b")), ("jsonl", None)]


@pytest.mark.parametrize("files", [("x", "./x"), ("", "events.jsonl"), ("-", "-")])
def test_one_file_for_two_reports(files: tuple[str, str]) -> None:
    """They would overwrite each other, however the file is spelt."""
    with pytest.raises(UsageError, match="Two reports go to"):
        formats.asked([f"jsonl={file}" for file in files])


def test_a_directory_is_no_output() -> None:
    """What is written as a directory is refused for standard output, which would stay empty."""
    with pytest.raises(UsageError, match="The allure report is a directory"):
        formats.asked(["allure=-"])
