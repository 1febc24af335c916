"""Tests of apitest.runner.unread: what stands below a step is read, or told."""

import pytest

from apitest import events
from tests.apitest.runner.running import Runs

OWN = """
from behave import step

@step("it looks at nothing")
def looks_at_nothing(context):
    pass

@step("it runs steps")
def runs_steps(context):
    context.execute_steps('Given I store "1" under "x"')
    assert context.text == "below"
"""
OLD = "from zato.apitest.steps import *\n"
BELOW = {"table": "| a | b |\n      | c | d |", "doc string": '"""\n      below\n      """'}


def feature(step: str, below: str) -> str:
    return f"Feature: F\n  Scenario: S\n    Given {step}\n      {BELOW[below]}\n"


@pytest.mark.parametrize("below", BELOW)
def test_what_a_built_in_step_does_not_look_at(runs: Runs, below: str) -> None:
    """It is an error of the step, since whoever wrote it wanted something of it."""
    run = runs({"a.feature": feature('I store "1" under "x"', below)})
    (failure,) = run.failures
    assert failure.problem == f"This step takes no {below}: what stands below it is neither done nor checked"
    assert (run.scenarios, run.status) == ({"S": "error"}, 2)


@pytest.mark.parametrize(
    ("step", "below"), [("request is", "doc string"), ("query parameters", "table"), ("it looks at nothing", "table")]
)
def test_what_is_read(runs: Runs, step: str, below: str) -> None:
    """Sentences with a table or a doc string have theirs; what a project's own steps look at is their own matter."""
    text = feature(step, below).replace("below", "{}")
    assert runs({"a.feature": text, "steps/own.py": OWN}).scenarios == {"S": "passed"}


def test_the_text_of_a_step_that_runs_steps(runs: Runs) -> None:
    """It is there after them."""
    run = runs({"a.feature": feature("it runs steps", "doc string"), "steps/own.py": OWN})
    assert run.scenarios == {"S": "passed"}, run.failures


def test_a_step_that_fails_anyway(runs: Runs) -> None:
    """Its own failure is told."""
    run = runs({"a.feature": feature('variable "x" is "1"', "table")})
    assert "takes no table" not in run.failures[0].problem


def test_old_projects_are_told(runs: Runs) -> None:
    """They run unchanged, with a note of the place."""
    run = runs({"a.feature": feature('I store "1" under "x"', "table"), "environment.py": OLD})
    assert run.scenarios == {"S": "passed"}
    assert any(note.text.startswith("features/a.feature:3: This step takes no table") for note in run.of(events.Notice))
