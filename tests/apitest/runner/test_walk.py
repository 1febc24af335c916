"""The walk over features, rules, outlines and scenarios: what is told, and what is skipped.

That it does as behave does is what the differential tests show.
"""

from typing import Any

import pytest

from apitest import events
from apitest.errors import UsageError
from apitest.runner.run import Rules
from tests.apitest.runner.running import ONE, Runs

OWN = """
from behave import step

@step("it passes")
def passes(context): pass

@step("it fails")
def fails(context): assert False, "no"

@step("the {what} is skipped")
def skips(context, what): getattr(context, what).skip("in a step")

@step("the run is aborted")
def aborts(context): context.abort("by a step")
"""

RULES = """
@tagged
Feature: F
  Background: B
    Given it passes
  Scenario: outside
    Given it passes
  @ruled
  Rule: R
    Scenario: inside
      Given it fails
    Scenario Outline: row <n>
      Given it <does>
      Examples:
        | n | does   |
        | 1 | fails  |
        | 2 | passes |
  Rule: Q
    @one
    Scenario: last
      Given it passes
"""


@pytest.fixture
def rules(runs: Runs) -> Any:
    """Runs the feature above, with options."""
    return lambda *options, **files: runs({"a.feature": RULES, "steps/own.py": OWN, **files}, *options)


def test_rules_and_outlines(rules: Any) -> None:
    """Everything in them runs, each with the background."""
    run = rules()
    assert run.scenarios == {
        "outside": "passed",
        "inside": "failed",
        "row 1 -- @1.1": "failed",
        "row 2 -- @1.2": "passed",
        "last": "passed",
    }
    assert len(run.of(events.StepFinished)) == 10
    assert run.events[-1].counts["steps"] == {"passed": 8, "failed": 2}


@pytest.mark.parametrize(
    ("option", "names"),
    [
        ("--stop", ["outside", "inside"]),
        ("--tags=@one", ["last"]),
        ("--name=row 1", ["row 1 -- @1.1"]),
        ("--name=outside", ["outside"]),
        ("--tags=not @tagged", []),
    ],
)
def test_selections(rules: Any, option: str, names: list[str]) -> None:
    """Only what is selected runs."""
    assert list(rules(option).scenarios) == names


def test_stop_within_an_outline(rules: Any) -> None:
    """The rows after the one that failed do not run, nor what follows."""
    assert list(rules("--stop", "--name=row", "--name=last").scenarios) == ["row 1 -- @1.1"]


@pytest.mark.parametrize("what", ["scenario", "feature", "rule"])
def test_skips_by_a_step(runs: Runs, what: str) -> None:
    """What comes after it is skipped, without an event of its own."""
    text = "Feature: F\n  Rule: R\n    Scenario: A\n      Given it passes\n"
    text += f"      And the {what} is skipped\n      And it passes\n    Scenario: B\n      Given it passes\n"
    run = runs({"a.feature": text, "steps/own.py": OWN})
    assert run.status == 0
    assert len(run.of(events.StepFinished)) == (3 if what == "scenario" else 2)
    assert "B" in run.scenarios if what == "scenario" else "B" not in run.scenarios


def test_an_abort(runs: Runs) -> None:
    """The scenario goes on to its end; nothing after it runs."""
    text = "Feature: F\n  Scenario: A\n    Given the run is aborted\n    And it passes\n"
    text += "  Scenario: B\n    Given it passes\n"
    run = runs({"a.feature": text, "steps/own.py": OWN})
    assert run.events[-1].aborted == "by a step"
    assert run.steps == {"the run is aborted": "passed", "it passes": "passed"}
    assert run.status == 1


@pytest.mark.parametrize("layer", ["feature", "rule", "scenario"])
def test_hooks_that_fail(rules: Any, layer: str) -> None:
    """What they stand before does not run; what failed is told in an event."""
    hooks = f"def before_{layer}(context, item):\n    assert item.name not in ('F', 'R', 'outside'), 'no'\n"
    run = rules(**{"environment.py": hooks})
    assert ("outside" in run.scenarios) is (layer != "feature")
    assert ("inside" in run.scenarios) is (layer == "scenario")
    assert run.status == 1


@pytest.mark.parametrize("layer", ["feature", "rule", "scenario"])
def test_hooks_that_skip(rules: Any, layer: str) -> None:
    """What they skip counts as skipped."""
    hooks = f"def before_{layer}(context, item):\n    if item.name in ('F', 'R', 'inside'): item.skip('not now')\n"
    counts = rules(**{"environment.py": hooks}).events[-1].counts["scenarios"]
    assert counts["skipped"] == {"feature": 5, "rule": 3, "scenario": 1}[layer]


def test_features_and_scenarios_without_anything(runs: Runs) -> None:
    """They pass, or are skipped if they are not to run."""
    hooks = "def before_feature(context, feature): feature.skip()\n"
    hooks = "import zato.apitest\n" + hooks  # in other projects it is an error
    text = "Feature: F\n"
    assert runs({"a.feature": text, "environment.py": "import zato.apitest\n"}).events[-1].counts["features"] == {
        "skipped": 1
    }
    assert runs({"a.feature": text, "environment.py": hooks}).events[-1].counts["features"] == {"skipped": 1}
    run = runs({"a.feature": "Feature: F\n  @x\n  Scenario: S\n"}, "--tags=not @x")
    assert run.events[-1].counts["scenarios"] == {"skipped": 1}


def test_goes_on_after_a_failure(runs: Runs) -> None:
    """Where the project asks for it, until a step is undefined."""
    hooks = "def before_scenario(context, scenario): scenario.continue_after_failed_step = True\n"
    text = "Feature: F\n  Scenario: A\n    Given it fails\n    And it passes\n"
    text += "    And nobody knows\n    And it passes too\n"
    run = runs({"a.feature": text, "steps/own.py": OWN, "environment.py": hooks})
    assert [(step.name, step.status) for step in run.of(events.StepFinished)] == [
        ("it fails", "failed"),
        ("it passes", "passed"),
        ("nobody knows", "undefined"),
        ("it passes too", "undefined"),
    ]


def test_steps_after_a_failure(runs: Runs) -> None:
    """They are looked up only, so that undefined ones are told of at once."""
    text = "Feature: F\n  Scenario: A\n    Given it fails\n    And it passes\n    And nobody knows\n"
    run = runs({"a.feature": text, "steps/own.py": OWN})
    assert run.steps == {"it fails": "failed", "it passes": "skipped", "nobody knows": "undefined"}
    assert run.status == 2


class TestFormatters:
    """Behave's own formatters are told what they expect."""

    def test_what_one_writes(self, rules: Any, tmp_path: Any) -> None:
        """The plain formatter's file has each scenario and step."""
        rules("-f", "plain", "-o", "plain.txt")
        text = (tmp_path / "plain.txt").read_text()
        assert "Rule: R" in text
        assert "Given it fails ... failed" in text

    def test_a_dry_run(self, rules: Any, tmp_path: Any) -> None:
        """Each step is told with where it is defined."""
        rules("--dry-run", "-f", "pretty", "-o", "pretty.txt")
        assert "steps/own.py" in (tmp_path / "pretty.txt").read_text()

    def test_undefined_steps(self, runs: Runs, tmp_path: Any) -> None:
        """They are told, too."""
        runs({"a.feature": ONE + "    And nobody knows\n"}, "-f", "plain", "-o", "plain.txt")
        assert "And nobody knows ... undefined" in (tmp_path / "plain.txt").read_text()

    def test_skipped_ones_are_left_out(self, rules: Any, tmp_path: Any) -> None:
        """If so asked."""
        rules("--tags=@one", "--no-skipped", "-f", "plain", "-o", "plain.txt")
        text = (tmp_path / "plain.txt").read_text()
        assert "last" in text
        assert "inside" not in text

    def test_one_that_fails(self, runs: Runs) -> None:
        """It is named, with what it failed with."""
        hooks = "def before_scenario(c, s):\n    def bad(): raise OSError('gone')\n    c.add_cleanup(bad)\n"
        with pytest.raises(UsageError, match="The formatter progress cannot go on: KeyError"):
            runs({"a.feature": ONE, "environment.py": hooks}, "-f", "progress")


CHECKS = {
    "a check": 'Then variable "x" is "1"',
    "a check of another keyword": 'Given variable "x" is "1"',
    "an own step in a Then": "Then own",
    "a step that runs a check": "Given it runs a check",
}
NO_CHECKS = {
    "an own step": "Given own",
    "something done in a Then": 'Then I store "2" under "y"',
    "a step that runs no check": "Given it runs no check",
}
OWN_CHECKS = """from behave import step
@step('own')
def own(context): pass
@step('it runs a check')
def runs_a_check(context): context.execute_steps('Then variable "x" is "1"')
@step('it runs no check')
def runs_no_check(context): context.execute_steps('Given own')
"""


@pytest.mark.parametrize("retried", [False, True])
@pytest.mark.parametrize("what", [*CHECKS, *NO_CHECKS])
def test_a_scenario_that_checks_nothing(what: str, retried: bool, runs: Runs) -> None:
    """It is told of and counted, and fails in a strict run; so it is where behave itself runs the scenario."""
    text = ONE + f"    {(CHECKS | NO_CHECKS)[what]}\n"
    files = {"a.feature": text, "steps/own.py": OWN_CHECKS}
    if retried:
        files["environment.py"] = (
            "from behave.contrib.scenario_autoretry import patch_scenario_with_autoretry as patch\n"
            "def before_feature(context, feature): patch(feature.scenarios[0], max_attempts=2)\n"
        )
    run = runs(files)
    (finished,) = run.of(events.ScenarioFinished)
    assert finished.checked is (what in CHECKS)
    assert run.events[-1].unchecked == (what in NO_CHECKS)
    assert run.status == 0
    strict = runs(files, rules=Rules(strict=True))
    assert strict.status == (what in NO_CHECKS)
    assert [failure.kind for failure in strict.failures] == ["ChecksNothing"] * (what in NO_CHECKS)


def test_a_scenario_that_fails_is_not_one_without_checks(runs: Runs) -> None:
    """Its failure is what is told; so is that nothing was run."""
    text = "Feature: F\n  Scenario: S\n    Given nonsense\n"
    assert [failure.kind for failure in runs({"a.feature": text}, rules=Rules(strict=True)).failures] == [
        "UndefinedStep"
    ]
    assert runs({"a.feature": ONE}, "--dry-run", rules=Rules(strict=True)).status == 0


def test_the_rule_of_a_scenario(rules: Any) -> None:
    """Each scenario is told with the name of its rule, and the tags of that one ahead of its own."""
    found = {event.name: (event.rule, event.tags) for event in rules().of(events.ScenarioStarted)}
    assert found["outside"] == ("", ())
    assert found["inside"] == ("R", ("ruled",))
    assert {found[name] for name in found if name.startswith("row")} == {("R", ("ruled",))}
    assert found["last"] == ("Q", ("one",))
