"""The slowest scenarios."""

from apitest.events import ScenarioFinished
from apitest.report.slowest import Slowest


def found(*seconds: float) -> list[float]:
    """What is kept of scenarios that took so long."""
    slowest = Slowest()
    for number, each in enumerate(seconds):
        slowest.take(ScenarioFinished("a.feature", number, "A", "passed", each, None))
    return [scenario.seconds for scenario in slowest.found()]


def test_the_five_slowest_are_kept() -> None:
    """Those that took a second or longer, the slowest first; of several alike, the earlier ones."""
    assert found(1, 3, 2, 0.9, 6, 5, 4) == [6, 5, 4, 3, 2]
    assert found(2, 2) == [2, 2]


def test_one_is_not_worth_a_list() -> None:
    """Nor is what took no time."""
    assert found(9, 0.5) == found(0.5, 0.4) == found() == []
