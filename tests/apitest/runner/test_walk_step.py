"""The states that what a step raises gives it."""

import pytest

from apitest import events
from tests.apitest.runner.running import Runs

OWN = """
from behave import step
from behave.api.pending_step import StepNotImplementedError

@step("it raises {what}")
def raises(context, what):
    raise {
        "an assertion": AssertionError("no"),
        "an error": KeyError("x"),
        "pending": StepNotImplementedError("later"),
        "exit": SystemExit(3),
        "Ctrl-C": KeyboardInterrupt(),
    }[what]
"""


@pytest.mark.parametrize(
    ("what", "status", "exit_status"),
    [
        ("an assertion", "failed", 1),
        ("an error", "error", 1),
        ("pending", "pending", 1),
        ("exit", "error", 1),
        ("Ctrl-C", "error", 130),
    ],
)
def test_what_a_step_raises(what: str, status: str, exit_status: int, runs: Runs) -> None:
    """An assertion fails the step, anything else is an error; the exit status follows."""
    text = f"Feature: F\n  Scenario: S\n    Given it raises {what}\n    And it raises an error\n"
    run = runs({"a.feature": text, "steps/own.py": OWN})
    assert [step.status for step in run.of(events.StepFinished)] == [status, "skipped"]
    assert run.status == exit_status


def test_a_pending_step_of_work_in_progress_passes(runs: Runs) -> None:
    """With the tag @wip it is a warning."""
    run = runs({"a.feature": "Feature: F\n  @wip\n  Scenario: S\n    Given it raises pending\n", "steps/own.py": OWN})
    (step,) = run.of(events.StepFinished)
    assert (step.status, step.failure, run.status) == ("pending_warn", None, 0)


def test_an_undefined_step_and_those_after_it(runs: Runs) -> None:
    """Each undefined step is told, the defined ones are skipped."""
    text = 'Feature: F\n  Scenario: S\n    Given nonsense\n    And I store "1" under "x"\n    And more nonsense\n'
    run = runs({"a.feature": text})
    assert list(run.steps.values()) == ["undefined", "skipped", "undefined"]
    assert [failure.problem for failure in run.failures] == [
        "Undefined step: nonsense",
        "Undefined step: more nonsense",
    ]
    assert run.status == 2
