"""What a run tells as events: their order, and what stays silent."""

import pytest

from apitest import events
from apitest.context import RunState
from apitest.runner.run import Rules
from tests.apitest.runner.running import ONE, Runs


def test_the_order_of_events(runs: Runs) -> None:
    """Each begins before what is in it, and ends after."""
    kinds = [type(event) for event in runs({"a.feature": ONE}).events]
    assert kinds == [
        events.RunStarted,
        events.FeatureStarted,
        events.ScenarioStarted,
        events.StepFinished,
        events.ScenarioFinished,
        events.FeatureFinished,
        events.RunFinished,
    ]


def test_a_step_with_text_and_table(runs: Runs) -> None:
    """The event holds the doc string and the table, its headings first."""
    text = ONE + '    And a table\n      | a | b |\n      | 1 | 2 |\n    And a text\n      """\n      x\n      """\n'
    own = "from behave import step\n@step('a table')\n@step('a text')\ndef own(context): pass\n"
    _, table, doc = runs({"a.feature": text, "steps/own.py": own}).of(events.StepFinished)
    assert (table.table, table.text) == ((("a", "b"), ("1", "2")), None)
    assert (doc.table, doc.text) == (None, "x")


SQL = """Feature: F
  Scenario: S
    Given I connect to "sqlite:///:memory:" as "db"
    And SQL "SELECT 1; SELECT 2" is executed, using "db"
    And I store "1" under "x"
"""


def test_exchanges_are_those_of_their_step(runs: Runs) -> None:
    """A step has what it sent and received if a report wants that; secrets are masked in it, too."""
    text = SQL.replace("SELECT 2", "SELECT 'hush-hush-1'")
    assert {step.exchanges for step in runs({"a.feature": text}).of(events.StepFinished)} == {()}

    def prepare(state: RunState) -> None:
        state.trace.wants_exchanges = True
        state.secrets.add("hush-hush-1")

    run = runs({"a.feature": text}, prepare=prepare)
    exchanges = [step.exchanges for step in run.of(events.StepFinished)]
    assert [[one.request for one in step] for step in exchanges] == [[], ["SELECT 1", "SELECT '***'"], []]
    assert not run.of(events.Exchange)


PASSES_AND_FAILS = """Feature: F
  Scenario: passes
    Given I store "1" under "x"
    Then variable "x" is "1"
  Scenario: fails
    Given I store "2" under "x"
    Then variable "x" is "1"
    And variable "x" is "2"
"""


def test_steps_of_scenarios_that_passed(runs: Runs) -> None:
    """Where nobody wants them, those that passed are told of only in a scenario that did not, in their order."""

    def prepare(state: RunState) -> None:
        state.trace.wants_passed = False

    run = runs({"a.feature": PASSES_AND_FAILS}, prepare=prepare)
    assert [(step.line, step.status) for step in run.of(events.StepFinished)] == [
        (6, "passed"),
        (7, "failed"),
        (8, "skipped"),
    ]
    assert [(scenario.name, scenario.steps) for scenario in run.of(events.ScenarioFinished)] == [
        ("passes", 2),
        ("fails", 3),
    ]
    assert run.events[-1].counts["steps"] == {"passed": 3, "failed": 1, "skipped": 1}


def test_a_clean_up_that_fails_after_steps_that_passed(runs: Runs) -> None:
    """The steps of a scenario that a hook fails afterwards are told of, too."""

    def prepare(state: RunState) -> None:
        state.trace.wants_passed = False

    hook = "def after_scenario(context, scenario):\n    raise ValueError('not now')\n"
    run = runs({"a.feature": ONE, "environment.py": hook}, prepare=prepare)
    assert [step.status for step in run.of(events.StepFinished)] == ["passed"]
    assert run.scenarios == {"S": "hook_error"}


def test_what_is_not_selected_stays_silent(runs: Runs) -> None:
    """Neither the feature nor its scenario is told of; they are counted."""
    run = runs({"a.feature": ONE}, "--tags", "other")
    assert not run.of(events.FeatureStarted) + run.of(events.ScenarioStarted) + run.of(events.ScenarioFinished)
    assert run.events[-1].counts["scenarios"] == {"skipped": 1}


def test_a_hook_that_fails_is_the_place(runs: Runs) -> None:
    """The failure of a feature's hook tells which it was."""
    hooks = "def after_feature(context, feature): raise KeyError('x')\n"
    run = runs({"a.feature": ONE, "environment.py": hooks})
    assert run.of(events.FeatureFinished)[0].failure.where == "after_feature"


def test_a_hook_of_the_run_that_fails(runs: Runs) -> None:
    """It is told as a file that failed, and counts."""
    run = runs({"a.feature": ONE, "environment.py": "def after_all(context): raise KeyError('x')\n"})
    (failed,) = run.of(events.FileFailed)
    assert (failed.uri, run.status) == ("environment.py, after_all", 1)


UNSPEAKABLE = """
from behave import step

class Unspeakable(Exception):
    def __str__(self):
        return self.detail
"""
HOOKS = """
def before_scenario(context, scenario):
    if scenario.name == "hook":
        fail(None)
    if scenario.name == "clean-up":
        context.add_cleanup(fail, None)

def after_all(context):
    fail(None)
"""
FAILS = "\ndef fail(context):\n    raise Unspeakable\n"


@pytest.mark.parametrize("options", [(), ("-f", "progress3")])
def test_exceptions_whose_text_cannot_be_had(options: tuple[str, ...], runs: Runs) -> None:
    """What raises one fails and is told by its kind, everything else runs, and a formatter of behave goes on."""
    files = {"environment.py": UNSPEAKABLE + FAILS + HOOKS}
    files["steps/own.py"] = f'{UNSPEAKABLE}\n@step("I fail"){FAILS}'
    ends = ("I fail", 'I store "1" under "x"', 'I store "1" under "x"', 'I store "1" under "x"')
    names = ("step", "hook", "clean-up", "last")
    files["a.feature"] = "Feature: F\n" + "".join(
        f"  Scenario: {name}\n    Given {end}\n" for name, end in zip(names, ends, strict=True)
    )
    run = runs(files, *options)
    assert run.scenarios == {"step": "error", "hook": "hook_error", "clean-up": "cleanup_error", "last": "passed"}
    problem = "Unspeakable: its text cannot be had, since Unspeakable.__str__ raises AttributeError"
    assert [failure.problem for failure in run.failures] == [problem] * 4


RULES = """
def before_rule(context, rule):
    if rule.name == "hook":
        raise ValueError("before")
    if rule.name == "clean-up":
        context.add_cleanup(lambda: 1 / 0)

def after_rule(context, rule):
    if rule.name == "after":
        raise ValueError("after")

def before_tag(context, tag):
    if tag == "bad":
        raise ValueError("tag")
"""


def test_rules_that_fail(runs: Runs) -> None:
    """A hook or a clean-up of a rule is told with its place when the rule is over, and counts for the exit status."""
    rules = ("good", "hook", "clean-up", "after", "tag")
    parts = (f'Rule: {name}\nScenario: {name}\nGiven I store "1" under "x"\n' for name in rules)
    text = "Feature: F\n" + "".join(parts).replace("Rule: tag", "@bad\nRule: tag")
    run = runs({"a.feature": text, "environment.py": RULES})
    failed = run.of(events.RuleFailed)
    assert [(event.uri, event.line, event.name, event.failure.problem, event.failure.where) for event in failed] == [
        ("features/a.feature", 5, "hook", "ValueError: before", "before_rule"),
        ("features/a.feature", 8, "clean-up", "ZeroDivisionError: division by zero", "a clean-up"),
        ("features/a.feature", 11, "after", "ValueError: after", "after_rule"),
        ("features/a.feature", 15, "tag", "ValueError: tag", "before_tag(tag=bad)"),
    ]
    assert run.scenarios == dict.fromkeys(("good", "clean-up", "after"), "passed")
    assert (run.events[-1].counts["scenarios"], run.status) == ({"passed": 3, "untested": 2}, 1)


def test_a_rule_that_fails_ahead_of_everything(runs: Runs) -> None:
    """Its feature is told of first."""
    text = 'Feature: F\n  Rule: hook\n    Scenario: S\n      Given I store "1" under "x"\n'
    run = runs({"a.feature": text, "environment.py": RULES})
    kinds = [events.RunStarted, events.FeatureStarted, events.RuleFailed, events.FeatureFinished, events.RunFinished]
    assert [type(event) for event in run.events] == kinds


def test_whether_scenarios_were_chosen(runs: Runs) -> None:
    """The end of a run tells a feature that a hook skipped from one that the tags leave out."""
    skips = "def before_feature(context, feature):\n    feature.skip()\n"
    skipped = runs({"a.feature": ONE, "environment.py": skips})
    left_out = runs({"a.feature": ONE, "environment.py": skips}, "--tags", "x", rules=Rules(allow_empty=True))
    for run, chosen in ((skipped, True), (left_out, False)):
        assert (run.events[-1].counts["scenarios"], run.events[-1].chosen) == ({"skipped": 1}, chosen)
