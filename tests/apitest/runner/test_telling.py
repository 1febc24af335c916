"""What a run tells as events: their order, and what stays silent."""

from apitest import events
from apitest.context import RunState
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
