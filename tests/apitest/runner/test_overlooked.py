"""What of a feature file would never run."""

import pytest

from apitest.runner import overlooked
from apitest.runner.parsing import LeanParser

SENTENCES = ("x", 'I store "1" under "x"')
GOOD = "  Scenario: S\n    Given x\n"


def found(text: str) -> overlooked.Overlooked | None:
    """What is overlooked in a feature with these lines below its name."""
    text = f"Feature: F\n{text}"
    feature = LeanParser().parse(text, "a.feature")
    assert feature is not None
    return overlooked.find(feature, text.splitlines(), SENTENCES.__contains__)


@pytest.mark.parametrize(
    ("text", "line", "problem", "fix"),
    [
        ("  Scenrio: B\n    Given x\n" + GOOD, 2, "Scenrio: is not a keyword", "Did you mean Scenario:?"),
        ("  scenario: B\n    Given x\n" + GOOD, 2, "scenario: is not a keyword", "Did you mean Scenario:?"),
        ("  Scenario : B\n    Given x\n" + GOOD, 2, "Scenario : is not a keyword", "Did you mean Scenario:?"),
        ("  Senario Outline: B\n    Given x\n" + GOOD, 2, "is not a keyword", "Did you mean Scenario Outline:?"),
        ("  Backgroud:\n    Given x\n" + GOOD, 2, "Backgroud: is not a keyword", "Did you mean Background:?"),
        ("  Scenario: A\n  Scenrio: B\n    Given x\n", 3, "Scenrio: is not a keyword", "Did you mean Scenario:?"),
        ("  Scenario one\n    Given y\n" + GOOD, 2, "must be followed by a colon", "Write Scenario: one"),
        ("  Background\n    Given y\n" + GOOD, 2, "must be followed by a colon", "Write Background:"),
        ("  Feature: G\n" + GOOD, 2, "Feature: is not allowed here", "A file holds one Feature:"),
        ("  Given x\n" + GOOD, 2, "part of the feature's description", "Write Scenario:"),
        ("  Rule: R\n    Given x\n" + GOOD, 3, "part of the rule's description", "Write Scenario:"),
        ("  Scenario: S\n    Givn x\n    When y\n", 3, "does not start with a keyword", "Did you mean Given?"),
        (
            "  Scenario: S\n    Given\u200b x\n",
            3,
            "does not start with a keyword",
            "There is an invisible ZERO WIDTH SPACE",
        ),
        ("  Scenario: S\n    Givn something\n", 3, "does not start with a keyword", "Did you mean Given?"),
        (
            "  Scenario: S\n    # no\n\n    x\n    When y\n",
            5,
            "does not start with a keyword",
            "A step starts with Given",
        ),
        ("  Background:\n    Whne x\n" + GOOD, 3, "does not start with a keyword", "Did you mean When?"),
        ("  Scenario Outline: S\n    Given <a>\n", 2, "has no examples", "Add Examples:"),
        ("  Scenario Outline: S\n    Given <a>\n    Examples:\n    | a |\n", 4, "have no rows", "Add a row"),
        ("", 1, "This feature has no scenarios", "Write Scenario:"),
        ("  Background:\n    Given x\n", 1, "This feature has no scenarios", "Write Scenario:"),
        ("  Rule: R\n  Rule: S\n" + GOOD, 2, "This rule has no scenarios", "Write Scenario:"),
    ],
)
def test_what_would_never_run(text: str, line: int, problem: str, fix: str) -> None:
    """The line, the problem and the way out are told."""
    seen = found(text)
    assert seen is not None
    assert seen.line == line
    assert problem in seen.problem
    assert seen.fix.startswith(fix)


@pytest.mark.parametrize(
    "text",
    [
        "  As a user\n  I want this\n  Given that it works, who asks when?\n" + GOOD,
        "  Rules:\n    * be nice\n    * be quick\n" + GOOD,
        "  Reason: it matters\n  Note: it does\n" + GOOD,
        "  Scenario planning matters.\n  Background information is elsewhere.\n" + GOOD,
        "  Scenario: S\n    The first of many.\n    Than others, it is better.\n    Given x\n",
        "  Scenario: later\n    They will write it.\n" + GOOD,
        "  Scenario Outline: S\n    Given <a>\n    Examples:\n    | a |\n    | 1 |\n",
    ],
)
def test_what_is_in_order(text: str) -> None:
    """Prose in a description is prose."""
    assert found(text) is None


def test_another_language() -> None:
    """Its own keywords are the ones that count."""
    text = "# language: de\nFunktionalität: F\n  Szenaro: S\n    Angenommen x\n"
    feature = LeanParser().parse(text, "a.feature")
    assert feature is not None
    seen = overlooked.find(feature, text.splitlines(), SENTENCES.__contains__)
    assert seen is not None
    assert (seen.line, seen.fix) == (3, "Did you mean Szenario:?")
