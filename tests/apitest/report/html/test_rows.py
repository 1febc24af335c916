"""Events as the page's scripts read them."""

from apitest.events import FeatureStarted, ScenarioFinished, ScenarioStarted
from apitest.report.html import rows
from tests.apitest.report import samples


def test_what_is_empty_is_left_out() -> None:
    """A step has its fields by their names."""
    assert rows.step(samples.step("When", "it is sent", 3)) == {
        "keyword": "When",
        "name": "it is sent",
        "line": 3,
        "status": "passed",
        "seconds": 0.0004,
    }


def test_an_exchange_is_there_once() -> None:
    """A failure's own is left out if the step has it, and there if it has not."""
    failed = samples.step("Then", "it holds", 4, "failed", failure=samples.CHECK)
    assert "exchange" in rows.step(failed)["failure"]  # type: ignore[operator]  # a dictionary
    both = rows.step(failed._replace(exchanges=(samples.EXCHANGE,)))
    assert "exchange" not in both["failure"]  # type: ignore[operator]  # a dictionary
    assert both["exchanges"] == [rows.exchange(samples.EXCHANGE)]


def test_a_scenario_tells_what_went_wrong() -> None:
    """Its problem is that of its hook, else that of the first step that failed; a long one is cut."""
    began = ScenarioStarted("a.feature", 3, "S", ("x",), 5.0, 2, 2, "R")
    ended = ScenarioFinished("a.feature", 3, "S", "failed", 0.5, None)
    steps = [rows.step(samples.step("Then", "x", 4, "failed", failure=samples.CHECK._replace(problem="y" * 999)))]
    made = rows.scenario(began, ended, 1, (2, 3), steps)
    assert made["problem"] == "y" * 300
    assert (made["worker"], made["attempt"], made["block"], made["place"], made["rule"]) == (2, 2, 2, 3, "R")
    hook = rows.scenario(began, ended._replace(failure=samples.HOOK), 0, (0, 0), steps)
    assert hook["problem"] == samples.HOOK.problem
    assert "problem" not in rows.scenario(began, ended._replace(status="passed"), 0, (0, 0), [])


def test_a_feature_has_a_number() -> None:
    """By which its scenarios name it."""
    made = rows.feature(FeatureStarted("a.feature", 3, "A", ("x", "y")), 7)
    assert made == {"feature": 7, "uri": "a.feature", "line": 3, "name": "A", "tags": ["x", "y"]}
