"""Scenarios that are asked for one by one."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from behave.step_registry import registry

from apitest import project as projects
from apitest.events import FeatureFinished, FileFailed, RuleFailed, RunFinished, ScenarioFinished
from apitest.runner.on_request import running
from apitest.runner.on_request.desk import END_FEATURE, END_RULE, Desk, Wish

SCENARIO = '  Scenario: {0}\n    Given I store "{0}" under "v{0}"\n    Then variable "v{0}" is "{0}"\n'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Of a project of two features, a and b, each with scenarios at lines 2, 5 and 8."""
    monkeypatch.chdir(tmp_path)
    kept = registry.steps
    (tmp_path / "features").mkdir()
    for name in "ab":
        text = f"Feature: {name}\n" + "".join(map(SCENARIO.format, (1, 2, 3)))
        (tmp_path / "features" / f"{name}.feature").write_text(text)
    found = Desk(partial(running.run, projects.find(tmp_path)))
    yield found
    found.end()
    registry.steps = kept


def ended(desk: Desk, wish: Wish) -> list[tuple[str, str]]:
    """What scenarios and features came to an end: their files and names."""
    return [
        (event.uri[-9], event.name)
        for event in desk.ask(wish).events
        if isinstance(event, ScenarioFinished | FeatureFinished)
    ]


def test_any_order(desk: Desk) -> None:
    """Each runs when it is asked for: a feature ends when another one, or an earlier scenario, is asked for."""
    a, b = "features/a.feature", "features/b.feature"
    assert ended(desk, Wish(a, 2)) == [("a", "1")]
    assert ended(desk, Wish(a, 8)) == [("a", "3")]
    assert ended(desk, Wish(b, 5)) == [("a", "a"), ("b", "2")]
    assert ended(desk, Wish(b, 2)) == [("b", "b"), ("b", "1")]
    assert ended(desk, END_FEATURE) == [("b", "b")]
    assert ended(desk, END_FEATURE) == []
    assert [type(event) for event in desk.end()] == [RunFinished]


def test_what_is_not_there(desk: Desk) -> None:
    """A line without a scenario, and a file that is gone, are answered, too."""
    assert ended(desk, Wish("features/a.feature", 3)) == []
    assert [type(event) for event in desk.ask(Wish("features/c.feature", 2)).events] == [FileFailed]
    assert ended(desk, Wish("features/a.feature", 2)) == [("a", "1")]


@pytest.mark.parametrize(
    ("hooks", "reasons"),
    [
        ("def before_feature(c, f): f.skip('not today')", ["not today"] * 3),
        ("def before_feature(c, f): f.skip()", ["skipped by a hook or a step"] * 3),
        ("def before_scenario(c, s): s.skip('because')", ["because"] * 3),
        ("def before_scenario(c, s): s.name == '2' and c.feature.skip('enough')", ["", "enough", "enough"]),
        ("def before_step(c, s): s.line == 6 and c.feature.skip('enough')", ["", "enough", "enough"]),
    ],
)
def test_what_is_skipped(desk: Desk, hooks: str, reasons: list[str]) -> None:
    """A scenario that a hook skips, or whose feature it skips, is answered, with the reason that was given."""
    Path("features/environment.py").write_text(hooks)
    answers = [desk.ask(Wish("features/a.feature", line)) for line in (2, 5, 8)]
    assert [answer.reason for answer in answers] == reasons
    assert [answer.skipped for answer in answers] == [bool(reason) for reason in reasons]


@pytest.mark.parametrize("options", ["--tags=slow", "--name=4"])
def test_what_the_options_leave_out(desk: Desk, options: str) -> None:
    """A scenario that [behave] options leave out is answered."""
    Path("features/config.ini").write_text(f"[behave]\noptions = {options}\n")
    found = Desk(partial(running.run, projects.find(Path.cwd())))
    answers = [found.ask(Wish("features/a.feature", line)) for line in (2, 5, 8)]
    assert {(answer.skipped, answer.reason) for answer in answers} == {
        (True, "left out by the [behave] options in config.ini")
    }
    found.end()


@pytest.mark.parametrize(
    ("hooks", "reason"),
    [
        ("def before_feature(c, f): del f.run_items[2]", "the feature has no scenario in line 8 any more"),
        ("def before_feature(c, f): 1 / 0", "HOOK-ERROR in before_feature: ZeroDivisionError: division by zero"),
        ("def after_scenario(c, s): c.abort('enough')", "the run was aborted: enough"),
    ],
)
def test_what_does_not_run(desk: Desk, hooks: str, reason: str) -> None:
    """A scenario that the runner does not come to is answered, and the answer says why it did not run."""
    Path("features/environment.py").write_text(hooks)
    desk.ask(Wish("features/a.feature", 2))
    answer = desk.ask(Wish("features/a.feature", 8))
    assert (answer.skipped, answer.reason) == (False, reason)


OWN_RUN = "def before_feature(c, f):\n    def run(runner): raise {}('hm')\n    f.scenarios[0].run = run\n"


def test_a_scenario_that_ends_its_feature(desk: Desk) -> None:
    """A scenario in which the feature is interrupted is answered, and those after it are, too."""
    Path("features/environment.py").write_text(OWN_RUN.format("KeyboardInterrupt"))
    for line in (2, 5):
        answer = desk.ask(Wish("features/a.feature", line))
        assert answer.reason == "the run was aborted: Interrupted"


def test_a_run_that_breaks(desk: Desk) -> None:
    """An exception that ends the runner is raised where a scenario was asked for, and where others are."""
    Path("features/environment.py").write_text(OWN_RUN.format("ZeroDivisionError"))
    for line in (2, 5):
        with pytest.raises(ZeroDivisionError, match="hm"):
            desk.ask(Wish("features/a.feature", line))
    assert desk.has_ended


RULES = """\
Feature: c
  Rule: one
    Scenario: 1
      Given I store "a" under "b"
    Scenario: 2
      Given I store "a" under "b"
  Rule: two
    Scenario: 3
      Given I store "a" under "b"
    Scenario: 4
      Given I store "a" under "b"
  Rule: three
    Scenario: 5
      Then variable "b" is "a"
"""
BREAKING = """\
def log(text):
    with open("log", "a") as file:
        file.write(text + " ")

def before_feature(context, feature): log("feature")
def before_rule(context, rule):
    log("before " + rule.name)
    assert rule.name != "two", "two is broken"
def after_rule(context, rule):
    log("after " + rule.name)
    assert rule.name != "one", "one breaks"
"""


def told(desk: Desk, wish: Wish) -> list[str]:
    """What scenarios ended, what rules failed, and why a scenario did not run."""
    answer = desk.ask(wish)
    kinds = (ScenarioFinished, RuleFailed)
    return [event.name for event in answer.events if isinstance(event, kinds)] + [answer.reason][: bool(answer.reason)]


def test_rules(desk: Desk) -> None:
    """What fails at the end of a rule is told when it ends, and what fails at the begin with its first scenario."""
    Path("features/environment.py").write_text(BREAKING)
    Path("features/c.feature").write_text(RULES)
    c = "features/c.feature"
    assert told(desk, Wish(c, 3)) == ["1"]
    assert told(desk, END_RULE) == ["one"]
    assert told(desk, Wish(c, 8)) == ["two", reason := "HOOK-ERROR in before_rule: AssertionError: two is broken"]
    assert told(desk, Wish(c, 10)) == [reason]
    assert told(desk, END_RULE) == []
    assert told(desk, Wish(c, 13)) == ["5"]
    assert told(desk, END_RULE) == told(desk, END_RULE) == told(desk, END_FEATURE) == []
    log = "feature before one after one before two after two before three after three "
    assert Path("log").read_text() == log


def test_rules_that_nobody_asks_for(desk: Desk) -> None:
    """Their hooks do not run; an earlier scenario of a rule begins its feature again."""
    Path("features/environment.py").write_text(BREAKING)
    Path("features/c.feature").write_text(RULES)
    c = "features/c.feature"
    assert told(desk, Wish(c, 13)) == ["5"]
    assert told(desk, Wish(c, 5)) == ["2"]
    assert told(desk, Wish(c, 3)) == ["one", "1"]
    log = "feature before three after three feature before one after one feature before one "
    assert Path("log").read_text() == log
