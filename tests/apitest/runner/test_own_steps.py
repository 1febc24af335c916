"""apitest.runner.own_steps: what the project's own steps have to do with an undefined one."""

from collections.abc import Iterator
from typing import Any

import pytest
from behave.api.step_matchers import register_type
from behave.step_registry import StepRegistry

from apitest.language.registry import load
from apitest.runner import failures
from apitest.runner.own_steps import Advice, advice
from apitest.steps import MODULES


def own(context: Any, **named: Any) -> None:
    """A step of a project."""


def refuse(text: str) -> str:
    """A converter of a type, which nobody may call."""
    raise AssertionError(text)


@pytest.fixture
def steps() -> Iterator[dict[str, Any]]:
    register_type(Refusing=refuse)
    registry = StepRegistry()
    for keyword, text in (
        ("given", "a basket of {count:d} apples"),
        ("when", "a basket of {count:d} apples"),
        ("then", 'the basket of "{name}" is full'),
        ("then", "the {thing:Refusing} converter"),
    ):
        registry.add_step_definition(keyword, text, own)
    yield registry.steps


def test_another_keyword(steps: dict[str, Any]) -> None:
    """The step that has the text is named, and what to do."""
    keyword, slip = advice("then", "a basket of 3 apples", steps)
    place, fix = keyword.splitlines()
    assert place.endswith(f"test_own_steps.py:{own.__code__.co_firstlineno} defines it for Given and When only")
    assert fix == "Write Given, or decorate the function with @step, for all keywords"
    assert not slip
    assert advice("given", "the red converter", steps).keyword


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("a basket of three apples", "a basket of {count:d} apples"),
        ('the basket of "Maria" is ful', 'the basket of "{name}" is full'),
    ],
)
def test_a_slip_of_the_pen(steps: dict[str, Any], text: str, pattern: str) -> None:
    """The step that has nearly the text is shown, whatever its keyword, values left aside."""
    keyword, slip = advice("given", text, steps)
    assert not keyword
    assert slip.startswith(f"Nearest is:   {pattern}\nIt is a step of the project's own, ")


def test_nothing_is_alike(steps: dict[str, Any]) -> None:
    """Nothing is said, also where the project has no steps."""
    assert advice("given", "the tide is out", steps) == ("", "")
    assert advice("given", "the tide is out", {}) == ("", "")


def test_what_a_failure_says_of_it() -> None:
    """Another keyword is certain; a sentence so near that it was meant is next, then the project's own, then others."""
    registry = load(MODULES)

    def fix(text: str, own: Advice) -> str:
        return failures.undefined(text, registry, own).fix

    assert fix('path "/a" iss "b"', Advice(keyword="other keyword")) == "other keyword"
    assert fix('path "/a" iss "b"', Advice(slip="own")).startswith(failures.MEANT)
    assert fix('path "/a" is quite "b"', Advice(slip="own")) == "own"
    assert fix("the tide is out", Advice()).startswith("`apitest steps WORD`")
