"""What is told beside one of behave's formatters."""

import pytest

from apitest import events
from apitest.events import Failure
from apitest.report import beside
from apitest.report.target import Target

UNDEFINED = Failure("UndefinedStep", 2, "Undefined step: adress", fix="Did you mean: address")
END = events.RunFinished({}, 0.1, 2, "")


def told(capsys: pytest.CaptureFixture[str], *happened: events.Event, **shown: bool) -> list[str]:
    """The lines that are written for a few events."""
    with beside.opened(Target(**shown)) as listener:  # type: ignore[arg-type]  # flags
        for event in happened:
            listener(event)
    return capsys.readouterr().out.splitlines()


def step(failure: Failure | None) -> events.StepFinished:
    """A step that has its state."""
    return events.StepFinished("Given", "adress", 3, "undefined", 0.0, failure, None, None)


def test_undefined_steps(capsys: pytest.CaptureFixture[str]) -> None:
    """They are told at the end with their place and the near misses, and how to correct them."""
    scenario = events.ScenarioStarted("a.feature", 2, "S", ())
    assert told(capsys, scenario, step(UNDEFINED), END) == [
        "",
        "What the formatter does not tell",
        "",
        "  Undefined step: adress",
        "  → Did you mean: address",
        "  at a.feature:3",
        "",
        "→ apitest run --fix corrects undefined steps that are close to a sentence",
    ]
    assert "--fix" not in "\n".join(told(capsys, scenario, step(UNDEFINED), END, fixing=True))


def test_what_the_formatter_tells(capsys: pytest.CaptureFixture[str]) -> None:
    """A step that failed is not told again; without anything to tell, nothing is written."""
    assert told(capsys, step(Failure("CheckFailed", 1, "no")), step(None), END) == []


def test_files_and_notices(capsys: pytest.CaptureFixture[str]) -> None:
    """They are told at once, notices for --verbose only then."""
    failed = events.FileFailed("a.feature", Failure("FeatureFileError", 2, "Not Gherkin", "a.feature:1"))
    notices = (events.Notice("seen", verbose_only=False), events.Notice("hidden", verbose_only=True))
    lines = told(capsys, failed, *notices)
    assert lines == ["", "! a.feature", "  Not Gherkin", "  at a.feature:1", "", "note  seen"]
    assert "note  hidden" in told(capsys, *notices, verbose=True)


def test_hooks_and_scenarios_without_checks(capsys: pytest.CaptureFixture[str]) -> None:
    """A failure outside of steps is told with its scenario or feature, and what checked nothing is counted."""
    hook = Failure("KeyError", 1, "KeyError: 'x'")
    lines = told(
        capsys,
        events.ScenarioFinished("a.feature", 2, "S", "error", 0.0, hook),
        events.FeatureFinished("a.feature", "F", "error", 0.0, hook),
        END._replace(unchecked=2),
    )
    assert lines[2:] == [
        "",
        "  KeyError: 'x'",
        "  at a.feature:2",
        "",
        "  KeyError: 'x'",
        "  at a.feature",
        "",
        "2 scenarios that passed check nothing",
    ]


def test_a_rule_that_failed(capsys: pytest.CaptureFixture[str]) -> None:
    """A failure of its hooks is told with its name and its line."""
    hook = Failure("KeyError", 1, "KeyError: 'x'", "before_rule")
    lines = told(capsys, events.RuleFailed("a.feature", 3, "R", hook), END)
    assert lines[-2:] == ["  KeyError: 'x'", '  at a.feature:3, the rule "R", before_rule']
