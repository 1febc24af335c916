"""Report formats by their names."""

from pathlib import Path

import pytest

from apitest import events
from apitest.errors import UsageError
from apitest.report import formats, jsonl
from apitest.report.target import Target


@pytest.mark.parametrize("name", formats.FORMATS)
def test_every_format_takes_events(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is opened listens to the events of a run, and has written something when it is closed."""
    path = tmp_path / "report"
    with formats.opener(name)(Target(path)) as listen:
        listen(events.RunStarted("project", verbose=False))
        listen(events.Notice("Something to know", verbose_only=False))
        listen(events.RunFinished({"scenarios": {"passed": 1}}, 0.5, 0, ""))
    written = path.read_text() if path.exists() else ""
    assert written + capsys.readouterr().out


def test_the_summary_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal then shows no totals."""
    with formats.opener("terminal")(Target(summary=False)) as listen:
        listen(events.RunFinished({"scenarios": {"passed": 1}}, 0.5, 0, ""))
    assert capsys.readouterr().out == ""


def test_an_unknown_format() -> None:
    """The formats that exist are named."""
    with pytest.raises(UsageError, match='Unknown report format "html"') as raised:
        formats.opener("html")
    assert raised.value.fix == f"Use one of {', '.join(sorted(formats.FORMATS))}"


def test_lines_need_a_file() -> None:
    """Events cannot go to the terminal, where the report is."""
    with pytest.raises(UsageError, match="need a file"):
        jsonl.opened(Target())
