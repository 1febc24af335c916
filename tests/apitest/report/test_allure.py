"""Results for Allure."""

import json
import shutil
from pathlib import Path

import pytest

from apitest.errors import UsageError
from apitest.events import FileFailed
from apitest.report import allure
from apitest.report.several import Reports
from apitest.report.target import Target
from tests.apitest.report import consumers, samples
from tests.apitest.report.test_scenarios import retried


def results(path: Path) -> dict[str, dict[str, object]]:
    """The results of a directory by their names."""
    found = (json.loads(file.read_text("utf-8")) for file in path.glob("*-result.json"))
    return {result["name"]: result for result in found}


def test_a_scenario_with_its_steps(tmp_path: Path) -> None:
    """It has its times, its labels, its steps with their tables, and files for texts and exchanges."""
    step = samples.step("Then", "JSON is", 5, text="{}", table=(("a", "b"), ("1", "2")))._replace(
        exchanges=(samples.EXCHANGE,), seconds=0.5
    )
    (found,) = results(
        consumers.write("allure", samples.run(samples.feature(samples.scenario(4, "S", [step]))), tmp_path)
    ).values()
    assert (found["status"], found["fullName"]) == ("passed", f"{samples.URI}:4 S")
    assert {"name": "suite", "value": "Customers"} in found["labels"]  # type: ignore[operator]  # a list
    (made,) = found["steps"]  # type: ignore[misc]  # a list
    assert made["parameters"] == [{"name": "a | b", "value": "1 | 2"}]
    assert made["stop"] - made["start"] == 500
    text, exchanges = ((tmp_path / one["source"]).read_text() for one in made["attachments"])
    assert text == "{}"
    assert "> POST http://127.0.0.1:8080/customers" in exchanges


def test_what_went_wrong(tmp_path: Path) -> None:
    """A failed check is told apart from what is broken, each with its message."""
    found = results(consumers.write("allure", samples.failing(), tmp_path))
    assert (found["Compare"]["status"], found["A typo"]["status"]) == ("failed", "broken")
    assert found["Compare"]["statusDetails"]["message"] == "The response is another document"  # type: ignore[index]  # a dictionary
    assert found["features/broken.feature"]["status"] == "broken"


def test_tries_are_those_of_one_scenario(tmp_path: Path) -> None:
    """They have one history; scenarios of one name in one file have two."""
    found = consumers.write("allure", retried(), tmp_path / "a")
    assert len({result["historyId"] for result in results(found).values()}) == 2
    twins = samples.feature(samples.scenario(4, "S", []), samples.scenario(9, "S", []))
    path = consumers.write("allure", samples.run(twins), tmp_path / "b")
    assert len({json.loads(file.read_text())["historyId"] for file in path.glob("*-result.json")}) == 2


def test_what_passed_at_a_later_try(tmp_path: Path) -> None:
    """The try that passed is flaky, which is what Allure shows; those before it are not."""
    found = consumers.write("allure", retried(), tmp_path)
    tries = [json.loads(file.read_text("utf-8")) for file in found.glob("*-result.json")]
    flaky = [(one["name"], one["status"]) for one in tries if one.get("statusDetails", {}).get("flaky")]
    assert flaky == [("Now and then", "passed")]


def test_what_is_broken_has_a_time(tmp_path: Path) -> None:
    """A file that cannot be read is no older than the run, which Allure would take to have lasted since 1970."""
    began, *rest = samples.run(iter([FileFailed("a.feature", samples.CHECK)]))
    (result,) = results(consumers.write("allure", [began._replace(at=1000.5), *rest], tmp_path)).values()
    assert result["start"] == 1_000_500


def test_a_directory_that_vanishes(tmp_path: Path) -> None:
    """What comes later is written all the same, and what was lost is told."""
    with Reports() as reports:
        reports.open("allure", tmp_path / "a", allure.opened(Target(tmp_path / "a")))
        for number, event in enumerate(samples.passing()):
            reports(event)
            if number == 10:
                shutil.rmtree(tmp_path / "a")
    assert results(tmp_path / "a")
    (error,) = reports.failed
    assert (
        error.problem == "The allure report cannot be written: its directory was removed, with the results up to then"
    )


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    """It is told before anything runs."""
    (tmp_path / "a").write_text("")
    with pytest.raises(UsageError, match="The allure report cannot be written"), allure.opened(Target(tmp_path / "a")):
        pass


def test_rules(tmp_path: Path) -> None:
    """A rule is a story; scenarios of one name are the same ones in other runs, whatever came first."""
    told = samples.of_rules()
    identities = []
    for number, events in enumerate((told, [told[0], told[1], *told[4:6], *told[2:4], *told[6:]])):
        written = consumers.write("allure", events, tmp_path / str(number))
        found = [json.loads(file.read_text("utf-8")) for file in written.glob("*-result.json")]
        stories = {
            label["value"]: one["historyId"] for one in found for label in one["labels"] if label["name"] == "story"
        }
        assert stories.keys() == {"Cash", "Cards"}
        identities.append(stories)
    assert identities[0] == identities[1]
