"""Sentences of grids that were searched for, told together."""

import re

import pytest

from apitest.commands import steps
from apitest.language.registry import load
from apitest.steps import MODULES

REGISTRY = load(MODULES)


def rendered(word: str, *, where: bool = False) -> str:
    return steps.render(REGISTRY, word, where=where)


@pytest.mark.parametrize("where", [False, True])
def test_what_can_be_said_of_much(where: bool) -> None:
    """A predicate is told once, with all subjects; each has its place in the code on a line of its own."""
    shown = rendered("is a date before", where=where)
    assert shown.count("Checks that the text is a date") == 1
    assert shown.count('… is a date before "{date}"') == 1
    assert 'header "{header}" …' in shown and 'path "{path}" …' in shown
    places = re.findall(r"apitest/steps/subjects/\w+\.py:[0-9]+$", shown, re.MULTILINE)
    assert (len(places) > 20) is where
    assert ("apitest/steps/predicates/dates.py:" in shown) is where


@pytest.mark.parametrize("where", [False, True])
def test_all_that_can_be_said_of_something(where: bool) -> None:
    """A subject is told once, with all predicates, and so is what can be stored of it."""
    shown = rendered("of cookie", where=where)
    assert shown.count('attribute "{attribute}" of cookie "{cookie}" …\n') == 2  # checked, stored
    assert 'starts with "{value}"' in shown and 'under "{name}"' in shown
    assert ("apitest/steps/subjects/cookie.py:" in shown) is where
    assert "is an integer" in shown


def test_one_cell() -> None:
    """What is found alone, and what is in no grid, is told as it is."""
    for word in ('XPath "{xpath}" in request is a random string', "the URL is invoked"):
        shown = rendered(word)
        assert word in shown and "…" not in shown and shown.endswith("\n1 sentence\n")


def test_other_forms_are_not_gathered() -> None:
    """Programs that read JSON get each sentence by itself."""
    assert steps.render(REGISTRY, "is a date before", "json").count('"sentence"') > 20
