"""What a project's own code prints and logs."""

import sys

import pytest

from apitest import events
from tests.apitest.runner.running import Runs

OWN = """
import logging, sys
from behave import step

@step("it prints {word}")
def prints(context, word):
    print(word)
    print("error of", word, file=sys.stderr)
    logging.getLogger("own").warning("log of %s", word)

@step("it fails with {word}")
def fails(context, word):
    prints(context, word)
    assert False, word
"""


def feature(*lines: str) -> str:
    return "Feature: F\n" + "\n".join(f"  {line}" for line in lines)


def test_a_failing_step_keeps_what_it_printed(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output, error and the log, and nothing of the steps before it; the terminal stays clean."""
    text = feature(
        "Scenario: A", "Given it prints one", "And it fails with two", "Scenario: B", "Given it fails with three"
    )
    run = runs({"a.feature": text, "steps/own.py": OWN})
    first, second = (failure.captured for failure in run.failures)
    assert "two\nerror of two\n" in first
    assert "log of two" in first
    assert "one" not in first
    assert "three" in second
    assert capsys.readouterr() == ("", "")


def test_a_failing_step_that_prints_nothing(runs: Runs) -> None:
    """It has what the steps of its scenario printed before it, and nothing of other scenarios."""
    text = feature(
        *("Scenario: A", "Given it prints one"),
        *("Scenario: B", "Given it prints two", 'And I store "1" under "x"', 'Then variable "x" is "2"'),
        *("Scenario: C", 'Given I store "1" under "x"', 'Then variable "x" is "2"'),
    )
    run = runs({"a.feature": text, "steps/own.py": OWN})
    second, third = (failure.captured for failure in run.failures)
    assert "two\nerror of two\n" in second
    assert "log of two" in second
    assert "one" not in second
    assert third == ""


def test_nothing_is_captured_where_it_is_not_wanted(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    """Without capture everything is printed as it comes."""
    run = runs({"a.feature": feature("Scenario: A", "Given it fails with one"), "steps/own.py": OWN}, "--no-capture")
    assert run.failures[0].captured == ""
    assert "one\n" in capsys.readouterr().out


def test_hooks_are_captured(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    """What a step's hooks print belongs to the step, be it a built-in one."""
    hooks = "def before_step(context, step): print('before')\ndef after_step(context, step): assert 0, 'after'\n"
    run = runs({"a.feature": feature("Scenario: A", 'Given I store "1" under "x"'), "environment.py": hooks})
    assert run.of(events.StepFinished)[0].status == "hook_error"
    assert "before" in run.runner.feature.scenarios[0].steps[0].captured.stdout
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("stored", [True, False])
def test_a_scenario_that_passes(runs: Runs, stored: bool) -> None:
    """What it printed is kept where behave's switch for it says so."""
    hooks = f"def before_scenario(context, scenario): scenario.capture_sink.store_on_success = {stored}\n"
    run = runs(
        {"a.feature": feature("Scenario: A", "Given it prints one"), "steps/own.py": OWN, "environment.py": hooks}
    )
    assert ("one" in run.runner.feature.scenarios[0].captured.stdout) is stored


def test_a_scenario_that_fails(runs: Runs) -> None:
    """All that its own steps printed is kept."""
    text = feature("Scenario: A", "Given it prints one", "And it fails with two")
    captured = runs({"a.feature": text, "steps/own.py": OWN}).runner.feature.scenarios[0].captured
    assert captured.stdout.splitlines()[:2] == ["one", "two"]


def test_streams_are_put_back(runs: Runs) -> None:
    """Whatever a step raises."""
    before = sys.stdout, sys.stderr
    own = OWN + "@step('it exits')\ndef exits(context): raise SystemExit\n"
    runs({"a.feature": feature("Scenario: A", "Given it exits"), "steps/own.py": own})
    assert (sys.stdout, sys.stderr) == before
