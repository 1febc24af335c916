"""Hooks and steps of a project that cannot be called as behave calls them."""

import pytest

from tests.apitest.runner.running import ONE, Runs

STEP = "Feature: F\n  Scenario: S\n    Given own 1 and 2\n"


@pytest.mark.parametrize(
    ("own", "problem", "fix"),
    [
        ("@step('own {a} and {b}')\ndef own(context, a): pass", "unexpected keyword argument 'b'", "context, a, b"),
        ("@step('own {a} and {b}')\ndef own(a, b): pass", "multiple values for argument 'a'", "context, a, b"),
        ("@step('own {} and {}')\ndef own(context): pass", "takes 1 positional argument", "context, value1, value2"),
        ("@step('own 1 and 2')\ndef own(): pass", "takes 0 positional arguments", "context"),
    ],
)
def test_a_step(own: str, problem: str, fix: str, runs: Runs) -> None:
    """It is the project's fault, with its place and what to write."""
    run = runs({"a.feature": STEP, "steps/own.py": f"from behave import step\n{own}\n"})
    (failure,) = run.failures
    assert failure.problem.startswith("own() does not take what it is called with: ")
    assert problem in failure.problem
    assert failure.fix == f"Write def own({fix}):"
    assert failure.where == "features/steps/own.py:2"
    assert run.status == 2


@pytest.mark.parametrize(
    ("hook", "fix"),
    [
        ("before_all", "def before_all(context):"),
        ("before_feature", "def before_feature(context, feature):"),
        ("after_scenario", "def after_scenario(context, scenario):"),
        ("before_step", "def before_step(context, step):"),
        ("before_tag", "def before_tag(context, tag):"),
    ],
)
def test_a_hook(hook: str, fix: str, runs: Runs) -> None:
    """The parameters that it has to have are told."""
    run = runs({"a.feature": "@tagged\n" + ONE, "environment.py": f"\ndef {hook}(): pass\n"})
    failure = run.failures[0]
    assert failure.problem.startswith(f"{hook}() does not take what it is called with")
    assert failure.fix == f"Write {fix}"
    assert failure.where.startswith("features/environment.py:2")
    assert run.status == 2


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        (
            "def before_scenario(context, scenario):\n    yield\n",
            "before_scenario() has a yield, so nothing of it has run",
        ),
        ("async def before_scenario(context, scenario): pass\n", "before_scenario() is asynchronous"),
        ("async def before_scenario(context, scenario):\n    yield\n", "before_scenario() has a yield"),
    ],
)
def test_what_does_not_run(own: str, problem: str, runs: Runs) -> None:
    """A function whose body is never run would let everything pass."""
    run = runs({"a.feature": ONE, "environment.py": own})
    assert run.failures[0].problem.startswith(problem)
    assert run.status == 2


def test_a_step_with_a_yield(runs: Runs) -> None:
    """It would be a check that never fails."""
    own = "from behave import step\n@step('own 1 and 2')\ndef own(context):\n    assert 0\n    yield\n"
    run = runs({"a.feature": STEP, "steps/own.py": own})
    assert run.failures[0].problem == "own() has a yield, so nothing of it has run"
    assert run.status == 2


def test_what_a_function_does_wrong_itself(runs: Runs) -> None:
    """A TypeError from within it is told with its own lines."""
    own = "from behave import step\n@step('own 1 and 2')\ndef own(context): len(1)\n"
    (failure,) = runs({"a.feature": STEP, "steps/own.py": own}).failures
    assert failure.problem.startswith("TypeError: object of type 'int'")
    assert "len(1)" in failure.traceback


def test_a_clean_up(runs: Runs) -> None:
    """One with a wrong signature is not apitest's mistake."""
    hooks = "def clean(a): pass\ndef before_scenario(context, scenario): context.add_cleanup(clean)\n"
    (failure,) = runs({"a.feature": ONE, "environment.py": hooks}).failures
    assert failure.problem == "TypeError: clean() missing 1 required positional argument: 'a'"
    assert failure.fix.startswith("Functions that the project gives to behave, such as clean-ups")
