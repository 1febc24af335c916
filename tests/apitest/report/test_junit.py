"""JUnit reports, as a CI server reads them."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from apitest.errors import UsageError
from apitest.events import RunStarted, ScenarioFinished, ScenarioStarted
from apitest.report import junit
from apitest.report.several import Reports
from apitest.report.target import Target
from tests.apitest.report import consumers, samples
from tests.apitest.report.test_scenarios import RUNS


@pytest.mark.parametrize("run", RUNS)
def test_a_file_a_feature(run: str, tmp_path: Path) -> None:
    """A directory has one for each, valid by itself, with the same verdicts as one file for all."""
    many = consumers.of_junit(consumers.write("junit", RUNS[run], tmp_path / "reports"))
    assert many == consumers.of_junit(consumers.write("junit", RUNS[run], tmp_path / "all.xml"))


def test_names_of_files(tmp_path: Path) -> None:
    """They are those of the features without the directory of all; of two alike, one has a number."""
    told = [RunStarted("shop", False)]
    for uri in (
        "shop/features/a.feature",
        "shop/features/sub/b.feature",
        "shop/features/sub.b.feature",
        "x/features/c.feature",
    ):
        told += samples.scenario(3, "S", [], uri=uri)  # type: ignore[arg-type]  # events
    path = consumers.write("junit", [*told], tmp_path / "reports")
    assert {file.name for file in path.iterdir()} == {
        "TESTS-a.xml",
        "TESTS-sub.b.xml",
        "TESTS-sub.b-2.xml",
        "TESTS-c.xml",
    }


def test_features_that_take_turns(tmp_path: Path) -> None:
    """Scenarios that come in turns, as from several workers, stand with those of their feature."""
    told = [RunStarted("", False)]
    for line in (3, 4):
        for uri in ("features/a.feature", "features/b.feature"):
            told += samples.scenario(line, f"S{line}", [], uri=uri)  # type: ignore[arg-type]  # events
    root = ElementTree.parse(consumers.write("junit", [*told], tmp_path / "all.xml")).getroot()
    assert [[case.get("name") for case in suite] for suite in root] == [["S3", "S4"]] * 2
    assert root.get("tests") == "4"


def test_a_try_that_was_the_last_one(tmp_path: Path) -> None:
    """A run that ends before a scenario is tried again has the try as its verdict."""
    told = [ScenarioStarted("a", 3, "S", ()), ScenarioFinished("a", 3, "S", "failed", 0.1, None, tried_again=True)]
    assert consumers.of_junit(consumers.write("junit", [*told], tmp_path / "all.xml")) == {"failed": 1}


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    """It is told before anything runs."""
    (tmp_path / "taken").write_text("")
    with (
        pytest.raises(UsageError, match="The junit report cannot be written"),
        junit.opened(Target(tmp_path / "taken")),
    ):
        pass


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """It is told when the run is over."""
    (tmp_path / "TESTS-customers.xml").mkdir()
    with Reports() as reports:
        reports.open("junit", tmp_path, junit.opened(Target(tmp_path)))
        for event in samples.failing():
            reports(event)
    (error,) = reports.failed
    assert error.problem == "The junit report cannot be written: Is a directory"


def test_a_rule_that_fails_ahead_of_scenarios(tmp_path: Path) -> None:
    """The suite has the name of the feature and the time of its first scenario all the same."""
    path = consumers.write("junit", samples.ruled(), tmp_path / "report.xml")
    (suite,) = ElementTree.parse(path).iter("testsuite")
    assert (suite.get("name"), suite.get("errors")) == ("customers.Customers", "2")
    assert [case.get("classname") for case in suite] == ["customers.Customers"] * 3
