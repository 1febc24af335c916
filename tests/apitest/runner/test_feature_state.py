"""The state of the feature that runs."""

from typing import Any

import pytest

from apitest import events
from tests.apitest.runner.running import ONE, Runs

TWO = ONE + '  Scenario: T\n    Then variable "#x" is "1"\n'


def test_each_feature_starts_with_nothing(runs: Runs) -> None:
    """Variables live as long as the feature, and the next one has none of them."""
    other = 'Feature: G\n  Scenario: U\n    Then variable "#x" is "1"\n'
    run = runs({"a.feature": TWO, "b.feature": other})
    assert [step.status for step in run.of(events.StepFinished)] == ["passed", "passed", "error"]
    assert run.failures[0].kind == "UnknownValue"


def test_what_lives_as_long_as_a_scenario_is_closed_with_it(runs: Runs) -> None:
    """A close that fails is a failure of its scenario, and the feature goes on."""
    own = """
from behave import given

class Broken:
    def close(self):
        raise ValueError("cannot close")

@given("something broken")
def broken(context):
    context.zato.scenario.put("test", "broken", Broken())
"""
    text = "Feature: F\n  Scenario: S\n    Given something broken\n" + ONE.partition("\n")[2].replace(": S", ": T")
    run = runs({"a.feature": text, "steps/own.py": own})
    assert list(run.scenarios.values()) == ["cleanup_error", "passed"]
    assert run.failures[0].problem == "ValueError: cannot close"


def test_a_project_may_put_something_else_in_its_place(runs: Runs) -> None:
    """Then there is nothing to close and no exchange to show."""
    hooks = "def before_scenario(context, scenario):\n    context.zato = object()\n"
    own = "from behave import given\n@given('it fails')\ndef fails(context):\n    assert False\n"
    run: Any = runs(
        {"a.feature": "Feature: F\n  Scenario: S\n    Given it fails\n", "steps/own.py": own, "environment.py": hooks}
    )
    assert (run.status, run.failures[0].exchange) == (1, None)


FIRST = """Feature: F
  Scenario: S
    Given address "http://one"
    And REST method "PUT"
  Scenario: T
    Then the request is "{}"
"""
OWN = """
from behave import then

@then('the request is "{expected}"')
def is_(context, expected):
    request = context.zato.request
    assert f"{request.method} {request.address}" == expected
"""


@pytest.mark.parametrize(
    ("environment", "expected"),
    [("", "GET "), ("from zato.apitest.util import new_context\n", "PUT http://one")],
)
def test_a_request_is_carried_over_in_old_projects_only(runs: Runs, environment: str, expected: str) -> None:
    """A scenario starts with a request of its own, unless the project's environment.py imports zato.apitest."""
    files = {"a.feature": FIRST.format(expected), "steps/own.py": OWN, "environment.py": environment}
    run = runs(files, prepare=lambda state: setattr(state, "verbose", True))
    assert run.status == 0
    told = run.of(events.Notice)[0]
    assert told.verbose_only
    assert told.text.startswith("Requests are carried over: " if environment else "Requests are fresh: ")
