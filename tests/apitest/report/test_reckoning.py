"""Tests of apitest.report.reckoning."""

from collections import Counter

from apitest import events
from apitest.report.reckoning import Reckoning


def scenario(line: int, *steps: str, **about: object) -> list[events.Event]:
    """A scenario, told."""
    ended = events.ScenarioFinished("a", line, f"s{line}", steps[-1], 0.5, None)._replace(**about)
    done = [events.StepFinished("Given", "x", 1, status, 0.1, None, None, None) for status in steps]
    return [events.ScenarioStarted("a", line, f"s{line}", ()), *done, ended]


def test_what_counts() -> None:
    """The last tries of scenarios that ended, with their steps; what was only begun does not."""
    made = Reckoning()
    told = [
        *scenario(1, "passed", "failed", tried_again=True),
        *scenario(1, "passed", "passed", attempt=2),
        *scenario(5, "passed", checked=False),
        *scenario(9, "passed", "failed", cause="a:1"),
        *scenario(12, "passed")[:-1],
    ]
    for event in told:
        made.take(event)
    assert made.feature("a", "A") == events.FeatureFinished("a", "A", "failed", 1.5, None)
    assert made.feature("b", "B") == events.FeatureFinished("b", "B", "skipped", 0, None)
    counts = {
        "features": {"failed": 1},
        "scenarios": {"passed": 2, "failed": 1},
        "steps": {"passed": 4, "failed": 1},
    }
    assert made.run(Counter(failed=1)) == events.RunFinished(counts, 1.5, 2, "", 1, 1, 1)
