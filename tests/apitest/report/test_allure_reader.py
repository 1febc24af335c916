"""The results for Allure, read by Allure's own program."""

import json
from pathlib import Path

import pytest

from apitest.events import Event, ScenarioStarted
from tests.apitest.report import allure_reading, consumers, samples
from tests.apitest.report.test_scenarios import retried
from tests.services import allure
from tests.services.starting import had

pytestmark = pytest.mark.allure


@pytest.fixture(scope="module")
def home() -> Path:
    """Where the program is."""
    return had("allure", allure.program)


def replaced(began: Event) -> Event:
    """The beginning of a scenario with tags."""
    assert isinstance(began, ScenarioStarted)
    return began._replace(tags=("slow", "lock(db)"), worker=3)


def everything() -> list[Event]:
    """A scenario of each kind: tags, tables, texts, exchanges, failures, tries, and what is broken beside scenarios."""
    step = samples.step("Then", "JSON is", 105, text='{"a": "łódź"}', table=(("a", "b"), ("1", "2")))
    steps = [step._replace(exchanges=(samples.EXCHANGE, samples.NO_ANSWER)), samples.step("And", "more", 106)]
    began, *rest = samples.scenario(104, "Everything", steps)
    tagged = iter([replaced(began), *rest])
    return [*samples.failing(), *retried(), *samples.run(samples.feature(tagged))]


def test_allure_shows_what_was_told(home: Path, tmp_path: Path) -> None:
    """Each scenario is in a suite with its status, labels, tries, steps, messages and the files of its attachments."""
    told = everything()
    results = consumers.write("allure", told, tmp_path / "results")
    allure.generate(home, results, tmp_path / "report")
    assert allure_reading.problems(tmp_path / "report", told) == []
    summary = json.loads((tmp_path / "report" / "widgets" / "summary.json").read_text())
    assert summary["statistic"]["total"] == len(allure_reading.expected(told))
    environment = json.loads((tmp_path / "report" / "widgets" / "environment.json").read_text())
    assert "apitest" in [fact["name"] for fact in environment]


def test_what_is_broken_is_found(home: Path, tmp_path: Path) -> None:
    """An attachment without its file, a result that is not JSON, and a try that is gone show in Allure's report."""
    told = everything()
    results = consumers.write("allure", told, tmp_path / "results")
    by_name = {}
    for file in results.glob("*-result.json"):
        result = json.loads(file.read_text("utf-8"))
        by_name.setdefault(result["name"], []).append((result["start"], file, result))
    ((_, _, complete),) = by_name["Everything"]
    (results / complete["steps"][0]["attachments"][1]["source"]).unlink()
    by_name["Compare"][0][1].write_text("{")
    min(by_name["Never"])[1].unlink()
    allure.generate(home, results, tmp_path / "report")
    assert sorted(problem.partition(" ")[2] for problem in allure_reading.problems(tmp_path / "report", told)) == [
        "Compare: missing",
        "Everything: Then JSON is: an attachment has no file",
        "Never: has other tries: []",
    ]
