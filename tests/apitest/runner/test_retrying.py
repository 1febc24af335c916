"""Scenarios that failed are tried again."""

import pytest

from apitest import events
from apitest.runner.run import Rules
from tests.apitest.runner.running import Run, Runs

STEPS = """\
from behave import step
times = {}

@step("a count of {name}")
def count(context, name):
    times[name] = times.get(name, 0) + 1
    context.zato.user_ctx["times"] = str(times[name])

@step("it works at try {number:d}")
def works(context, number):
    assert context.zato.user_ctx["times"] == str(number), "not yet"

@step("Ctrl-C is pressed")
def interrupted(context):
    raise KeyboardInterrupt
"""


def tried(runs: Runs, *scenarios: str, retries: int = 2, options: tuple[str, ...] = ()) -> Run:
    """A run of scenarios, each of steps between which there are bars."""
    text = "Feature: F\n"
    for number, steps in enumerate(scenarios, 1):
        text += f"  Scenario: {number}\n" + "".join(f"    Given {step}\n" for step in steps.split(" | "))
    return runs({"a.feature": text, "steps/own.py": STEPS}, *options, rules=Rules(retries=retries))


def tries(run: Run) -> list[tuple[str, int, str, bool]]:
    """The name, number and status of each try, and whether it was followed by another one."""
    return [(one.name, one.attempt, one.status, one.tried_again) for one in run.of(events.ScenarioFinished)]


def test_what_passes_later_passes(runs: Runs) -> None:
    """The run is green, the scenario counts once, as passed, and is told as flaky."""
    ran = tried(runs, "a count of a | it works at try 2", "a count of b | it works at try 1")
    assert tries(ran) == [("1", 1, "failed", True), ("1", 2, "passed", False), ("2", 1, "passed", False)]
    [end] = ran.of(events.RunFinished)
    assert (ran.status, end.exit_status, end.flaky, end.counts["scenarios"]) == (0, 0, 1, {"passed": 2})
    assert [one.attempt for one in ran.of(events.ScenarioStarted)] == [1, 2, 1]


def test_what_never_passes_fails(runs: Runs) -> None:
    """It fails once, after all its tries."""
    ran = tried(runs, "a count of a | it works at try 9")
    assert tries(ran) == [("1", 1, "failed", True), ("1", 2, "failed", True), ("1", 3, "failed", False)]
    [end] = ran.of(events.RunFinished)
    assert (ran.status, end.flaky, end.counts["scenarios"]) == (1, 0, {"failed": 1})


def test_without_retries(runs: Runs) -> None:
    """Nothing is tried twice unless that is asked for."""
    assert tries(tried(runs, "a count of a | it works at try 2", retries=0)) == [("1", 1, "failed", False)]


def test_each_try_begins_alike(runs: Runs) -> None:
    """The variables are those of before the first one, and those of earlier scenarios are there."""
    ran = tried(
        runs,
        'I store "1" under "kept"',
        'variable "kept" is "1" | I store "2" under "kept" | a count of a | it works at try 2',
    )
    assert ran.status == 0, ran.failures
    assert ran.runner.teller.flaky == 1


def test_what_cannot_pass_is_not_tried_again(runs: Runs, subtests: pytest.Subtests) -> None:
    """An undefined step, and a consequence of another failure, would only cost time."""
    with subtests.test("undefined"):
        assert tries(tried(runs, "nonsense")) == [("1", 1, "error", False)]
    with subtests.test("consequence"):
        bad = 'I store "1" under "x" | variable "x" is "2" | I store "3" under "y"'
        ran = tried(runs, bad, 'variable "y" is "3"')
        assert [one for one in tries(ran) if one[0] == "2"] == [("2", 1, "error", False)]
        assert ran.runner.teller.consequences == 1


def test_ctrl_c_is_the_end(runs: Runs) -> None:
    """An interrupted scenario is not tried again."""
    assert tries(tried(runs, "Ctrl-C is pressed", "a count of a")) == [("1", 1, "error", False)]


def test_a_dry_run_tries_nothing(runs: Runs) -> None:
    """Nothing runs, so that nothing is tried again."""
    assert len(tries(tried(runs, "nonsense", options=("--dry-run",)))) == 1


def test_the_rows_of_an_outline(runs: Runs) -> None:
    """Each is tried by itself."""
    text = "Feature: F\n  Scenario Outline: O\n    Given a count of <a>\n    Then it works at try <a>\n"
    text += "    Examples:\n      | a |\n      | 1 |\n      | 2 |\n"
    ran = runs({"a.feature": text, "steps/own.py": STEPS}, rules=Rules(retries=1))
    assert [one[1:] for one in tries(ran)] == [(1, "passed", False), (1, "failed", True), (2, "passed", False)]
    assert ran.status == 0


def test_stop_counts_the_last_try(runs: Runs) -> None:
    """With --stop, a scenario that passes in the end does not end the run."""
    ran = tried(runs, "a count of a | it works at try 2", "a count of b", options=("--stop",))
    assert ran.scenarios == {"1": "passed", "2": "passed"}
