"""The parent's part of a parallel run, with workers that are interpreters of their own."""

import json
from pathlib import Path

import pytest

from apitest.runner.workers import starting
from tests.apitest.command_line import apitest, feature, here, two_scenarios


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with Python of its own, whose workers are fresh interpreters."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(starting, "can_fork", lambda: False)
    return two_scenarios(tmp_path)


def test_fresh_interpreters_come_to_the_same(root: Path) -> None:
    """Options of the command line, and values that it gives, mean the same to an interpreter of its own."""
    ran = here("run", "-j", "2", "--by", "scenario", "-D", "name=Anna", "--report", "jsonl=events.jsonl")
    assert ran.status == 1
    assert '"Maria"' in ran.output
    assert '"Anna"' in ran.output
    told = [json.loads(line) for line in (root / "events.jsonl").read_text().splitlines()]
    assert sorted(event["worker"] for event in told if event["type"] == "ScenarioStarted") == [1, 2]
    assert (told[0]["type"], told[0]["workers"], told[-1]["counts"]["scenarios"]) == (
        "RunStarted",
        2,
        {"passed": 1, "failed": 1},
    )


def test_a_worker_that_dies_without_a_scenario(root: Path) -> None:
    """A file that ends its worker before a scenario runs is told of; the others run."""
    (root / "features" / "environment.py").write_text(
        "import os\ndef before_feature(context, feature):\n    if feature.name == 'Bad': os._exit(6)\n"
    )
    feature(root, "Feature: Bad", "  Scenario: never", '    Given I store "a" under "b"', name="bad.feature")
    ran = here("run", "-j", "2")
    assert ran.status == 1, ran.output
    assert "ended by itself with status 6 while no scenario ran" in ran.output
    assert "2 scenarios passed" in ran.output


def test_nobody_is_left(root: Path) -> None:
    """Where every worker ends before it has run anything, that is told, and the run ends."""
    (root / "features" / "environment.py").write_text("import os\nos._exit(7)\n")
    feature(root, "Feature: More", "  Scenario: never", '    Given I store "a" under "b"', name="more.feature")
    feature(root, "Feature: Most", "  Scenario: never", '    Given I store "a" under "b"', name="most.feature")
    ran = here("run", "-j", "2")
    assert ran.status == 2, ran.output
    assert "No worker is left to run the rest: 1 of what was handed out did not run" in ran.output


WAITS = """
import os, pathlib, time
from behave import when

@when("the first one is told")
def told(context):
    until = time.monotonic() + 30
    while '"ScenarioFinished"' not in pathlib.Path("events.jsonl").read_text():
        assert time.monotonic() < until, "It was not told while another one ran"
        time.sleep(0.01)
"""


def test_a_scenario_is_told_while_the_next_one_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker has told and not sent is found by its parent, once, and not told a second time when it comes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "features" / "steps").mkdir(parents=True)
    (tmp_path / "features" / "steps" / "own.py").write_text(WAITS)
    feature(
        tmp_path,
        "Feature: Two",
        "  Scenario: first",
        '    Given I store "a" under "b"',
        "  Scenario: second",
        "    When the first one is told",
    )
    ran = apitest(tmp_path, "run", "-j", "2", "--report", "jsonl=events.jsonl")
    assert ran.status == 0, ran.output
    told = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    assert [event["name"] for event in told if event["type"] == "ScenarioFinished"] == ["first", "second"]
