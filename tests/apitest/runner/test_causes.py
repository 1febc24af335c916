"""Which failures are causes, and which follow from others."""

import pytest

from apitest import events
from tests.apitest.runner.running import Run, Runs
from tests.apitest.web import WebServer

OWN = "from behave import step\n@step('I keep my {what} as \"{name}\"')\ndef keep(context, what, name): pass\n"
FAILS = '    Given I store "a" under "b"\n    Then variable "b" is "c"\n'
USES = '  Scenario: Use\n    Given I store "#token" under "copy"\n    Then variable "copy" is "x"\n'
USES_COPY = '  Scenario: Use the copy\n    Then variable "copy" is "x"\n'
GOES_ON = "def before_scenario(context, scenario): scenario.continue_after_failed_step = True\n"


def feature(*storing: str) -> str:
    """A feature whose first scenario fails before steps that store something, and whose others need that."""
    return "Feature: F\n  Scenario: Log in\n" + FAILS + "".join(f"    And {step}\n" for step in storing) + USES


def consequences(run: Run) -> dict[str, str]:
    """The scenarios that follow from others, with the place of the cause."""
    return {scenario.name: scenario.cause for scenario in run.of(events.ScenarioFinished) if scenario.cause}


@pytest.mark.parametrize("storing", ['I store "x" under "token"', 'I keep my secret as "token"', 'I stroe "x" "token"'])
def test_a_variable_of_a_failed_scenario(storing: str, runs: Runs) -> None:
    """What lacks it names that scenario; steps of one's own and undefined ones count by what they have in quotes."""
    run = runs({"a.feature": feature(storing), "steps/own.py": OWN})
    assert consequences(run) == {"Use": "features/a.feature:2"}
    (failure,) = [one for one in run.failures if one.cause]
    assert failure.problem == "There is no variable #token"
    assert failure.fix.startswith('A consequence: the scenario "Log in" failed, so it did not store the value')
    assert run.events[-1].consequences == 1
    assert run.status == (2 if "stroe" in storing else 1)


def test_one_follows_from_another(runs: Runs) -> None:
    """All count as consequences, and the run fails as its cause does."""
    run = runs({"a.feature": feature('I store "x" under "token"') + USES_COPY})
    assert consequences(run) == {"Use": "features/a.feature:2", "Use the copy": "features/a.feature:6"}
    assert run.status == 1


def test_a_variable_that_nobody_stores(runs: Runs) -> None:
    """It is a mistake of the project, whatever failed before."""
    run = runs({"a.feature": feature('I store "x" under "other"')})
    assert consequences(run) == {}
    assert run.status == 2


def test_a_scenario_with_a_mistake_of_its_own(runs: Runs) -> None:
    """It is no consequence."""
    text = feature('I store "x" under "token"') + "    And nonsense\n"
    run = runs({"a.feature": text})
    assert consequences(run) == {}
    assert run.status == 2


def test_another_feature(runs: Runs) -> None:
    """It has no variables of the one before, so that it follows from none of its failures."""
    run = runs({"a.feature": feature('I store "x" under "token"'), "b.feature": "Feature: G\n" + USES})
    assert len(consequences(run)) == 1
    assert run.status == 2


def test_what_cannot_be_reached(runs: Runs) -> None:
    """What follows from it does not change the exit status."""
    text = "Feature: F\n  Scenario: Log in\n"
    text += '    Given address "http://127.0.0.1:9"\n    When the URL is invoked\n'
    text += '    Then I store "/id" from response under "token"\n'
    run = runs({"a.feature": text + USES})
    assert consequences(run) == {"Use": "features/a.feature:2"}
    assert run.status == 3


def test_steps_that_are_not_run(runs: Runs) -> None:
    """They tell which step did not pass."""
    run = runs({"a.feature": feature('I store "x" under "token"')})
    reasons = [step.reason for step in run.of(events.StepFinished) if step.status == "skipped"]
    assert reasons == ["the step in line 4 did not pass", "the step in line 7 did not pass"]


def test_steps_that_go_on(runs: Runs, web: WebServer) -> None:
    """In a scenario that goes on after failures, what lacks a value or the response of a failed step names that."""
    lines = ['Given address "@nothing"', "When the URL is invoked", 'Then status is "200"', 'And variable "x" is "1"']
    text = "Feature: F\n  Scenario: S\n" + "".join(f"    {line}\n" for line in lines)
    run = runs({"a.feature": text, "environment.py": GOES_ON})
    status = run.failures[2]
    assert status.problem.startswith("There is no response yet")
    assert status.fix.startswith("A consequence: the step in line 3 failed, so nothing was sent")
    assert [bool(failure.cause) for failure in run.failures] == [False, False, True, False]
    assert consequences(run) == {}


def test_a_scenario_that_was_left_out(runs: Runs) -> None:
    """That it stores what is missing is told."""
    text = 'Feature: F\n  Scenario: Log in\n    Given I store "x" under "token"\n' + USES
    for option in ("--name=Use", "--tags=not @first"):
        run = runs({"a.feature": text.replace("  Scenario: Log", "  @first\n  Scenario: Log")}, option)
        assert run.status == 2
        assert run.failures[0].fix.startswith(
            'The scenario "Log in" stores it and was not chosen to run: features/a.feature:3\n'
        )
