"""Events gathered to scenarios, and every format against the same events."""

from pathlib import Path

import pytest

from apitest.events import Event, RuleFailed, ScenarioFinished, ScenarioStarted
from apitest.report.scenarios import Broken, Gathering, Told, outcome
from tests.apitest.report import consumers, samples


def retried() -> list[Event]:
    """A run whose one scenario passes at its second try, and another never does."""
    failed = samples.step("Then", "it holds", 5, "failed", failure=samples.CHECK)
    parts: list[Event] = []
    for line, name, last in ((4, "Now and then", "passed"), (9, "Never", "failed")):
        for attempt in (1, 2):
            status = last if attempt == 2 else "failed"
            parts.append(ScenarioStarted(samples.URI, line, name, (), 1000.0 + attempt, 1, attempt))
            parts.append(failed if status == "failed" else samples.step("Then", "it holds", 5))
            parts.append(
                ScenarioFinished(samples.URI, line, name, status, 0.1, None, attempt=attempt, tried_again=attempt == 1)
            )
    return samples.run(samples.feature(iter(parts)), status=1, passed=1, failed=1)


RUNS = {
    "passing": samples.passing(),
    "failing": samples.failing(),
    "ruled": samples.ruled(),
    "dry": samples.dry(),
    "aborted": samples.aborted(),
    "nothing": samples.nothing_there(),
    "retried": retried(),
}


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("name", consumers.READERS)
def test_every_format_tells_the_same(name: str, run: str, tmp_path: Path) -> None:
    """As many passed, failed, erred and were skipped in each format as in the events."""
    path = consumers.write(name, RUNS[run], tmp_path / ("report.xml" if name == "junit" else "report"))
    found = consumers.READERS[name](path)
    assert +found == +consumers.of_events(RUNS[run])


def test_scenarios_come_whole() -> None:
    """With the feature that they are of, even after that of another; what is broken comes beside them."""
    told: list[Told] = []
    broken: list[str] = []
    gather = Gathering(told.append, lambda one: broken.append(one.name))
    for event in [*samples.failing(), *samples.scenario(3, "", [], uri="features/x.feature")]:
        gather(event)
    assert [one.name for one in told][:2] == ["Create a customer", "Read a customer back"]
    assert (told[0].feature.name, told[-1].feature.name, told[-1].name) == ("Customers", "", "line 3")
    assert broken == ["features/broken.feature", "features/orders.feature", "environment.py, after_all"]


def test_a_rule_that_failed() -> None:
    """It has its name, its line, and the name of its feature where that was told last."""
    broken: list[Broken] = []
    gather = Gathering(lambda told: None, broken.append)
    for event in [*samples.ruled(), RuleFailed("features/x.feature", 2, "Three", samples.HOOK)]:
        gather(event)
    assert [one.name for one in broken] == [
        "features/customers.feature:3, the rule in line 3",
        'features/customers.feature:8, the rule "Two"',
        'features/x.feature:2, the rule "Three"',
    ]
    assert [one.feature for one in broken] == ["Customers", "Customers", ""]
    assert broken[0].explanation == "ValueError: no\nat features/customers.feature:3, before_rule"


def test_a_hook_is_a_reason_too() -> None:
    """What a scenario failed with is that of its steps and its own."""
    told: list[Told] = []
    gather = Gathering(told.append, lambda one: None)
    step = samples.step("Then", "x", 5, "failed", failure=samples.CHECK)
    for event in samples.scenario(3, "S", [step], "hook_error", failure=samples.HOOK):
        gather(event)
    assert [(line, failure.kind) for line, failure in told[0].failures] == [(5, "CheckFailed"), (3, "ValueError")]
    assert "ValueError: no" in told[0].explanation


@pytest.mark.parametrize(
    ("status", "expected"),
    {
        "passed": "passed",
        "failed": "failed",
        "hook_error": "error",
        "undefined": "error",
        "pending": "error",
        "untested": "skipped",
        "skipped": "skipped",
        "pending_warn": "skipped",
        "xyzzy": "error",
    }.items(),
)
def test_outcomes(status: str, expected: str) -> None:
    """Of behave's states there are four; one that is not known is an error."""
    assert outcome(status) == expected
