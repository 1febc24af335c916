"""The HTML report as a file."""

from pathlib import Path

import pytest

from apitest.events import Event, RunFinished, ScenarioFinished, StepFinished
from apitest.report.html import report
from apitest.report.target import Target
from tests.apitest.report import samples
from tests.apitest.report.html import reading


def page(told: list[Event], path: Path) -> str:
    """The report of a run."""
    with report.opened(Target(path)) as listen:
        for event in told:
            listen(event)
    return path.read_text("utf-8")


@pytest.mark.parametrize("told", [samples.passing(), samples.failing(), samples.dry(), samples.nothing_there()])
def test_it_has_what_was_told(told: list[Event], tmp_path: Path) -> None:
    """Each scenario that began is there with its state and all its steps."""
    made = page(told, tmp_path / "report.html")
    found = reading.scenarios(made)
    assert [(row.get("name", ""), row["status"]) for row, _ in found] == [
        (one.name, one.status) for one in told if isinstance(one, ScenarioFinished) and one.name != "Not selected"
    ]
    steps = [step["name"] for _, details in found for step in details["steps"]]
    assert steps == [one.name for one in told if isinstance(one, StepFinished)]
    (end,) = reading.blocks(made, "end")
    assert end["exit_status"] == next(one.exit_status for one in told if isinstance(one, RunFinished))


def test_files_hooks_and_notes(tmp_path: Path) -> None:
    """What belongs to no scenario is in the index, too; notes for --verbose only are not."""
    failing = reading.entries(page(samples.failing(), tmp_path / "a"))
    assert [one["broken"] for one in failing if "broken" in one] == [
        "features/broken.feature",
        "features/orders.feature",
        "environment.py, after_all",
    ]
    passing = reading.entries(page(samples.passing(), tmp_path / "b"))
    assert [one["notice"] for one in passing if "notice" in one] == ["Nothing is encrypted: TLS verification is off"]


def test_nothing_of_the_run_is_markup(tmp_path: Path) -> None:
    """Whatever a name holds, it is in a block."""
    evil = "</script><img src=x onerror=alert(1)>\u202e\x00\ud800"
    told = samples.run(samples.feature(samples.scenario(4, evil, [samples.step("Given", evil, 5)]), name=evil))
    made = page(told, tmp_path / "report.html")
    assert "onerror" not in made
    ((row, details),) = reading.scenarios(made)
    assert (row["name"], details["steps"][0]["name"]) == (evil, evil)
