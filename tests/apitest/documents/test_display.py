"""apitest.documents.display: values as messages have them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.documents.display import article, kind, narrow, pair, show, visible


@pytest.mark.parametrize(
    ("value", "name", "with_article"),
    [
        (True, "bool", "a bool"),
        (1, "integer", "an integer"),
        (1.0, "float", "a float"),
        ("", "string", "a string"),
        ([], "list", "a list"),
        ((), "list", "a list"),
        ({}, "dict", "a dict"),
        (None, "null", "null"),
        (1j, "complex", "a complex"),
    ],
)
def test_kind(value: Any, name: str, with_article: str) -> None:
    """Types go by the names that sentences use; a type that JSON has not goes by Python's name."""
    assert (kind(value), article(value)) == (name, with_article)


def test_kind_of_a_subclass() -> None:
    """A value of a derived class is of the kind of its base."""
    assert kind(type("Text", (str,), {})("x")) == "string"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"),
        (True, "true"),
        ("é\n", '"é\\n"'),
        ({"a": [1, 2.5]}, '{"a": [1, 2.5]}'),
        (float("nan"), "NaN"),
        ("\x1b[2J\u202e\x9b", '"\\u001b[2J\\u202e\\u009b"'),
        ({1, 2}, '"{1, 2}"'),
        ({(1, 2): 3}, "{(1, 2): 3}"),
    ],
)
def test_show(value: Any, shown: str) -> None:
    """A value is shown as JSON where it can be, and never with a character that could move the cursor."""
    assert show(value) == shown


def test_show_cuts_long_values() -> None:
    """A long value is cut and its full length is told."""
    assert show("x" * 3000, limit=5) == '"xxxx… (3,002 characters)'


def test_deep_and_circular_values() -> None:
    """A value nested too deeply and a circle are shown in some form, without an error."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert show(deep) == "a list nested too deeply to be shown"
    circle: list[Any] = []
    circle.append(circle)
    assert show(circle) == "[[...]]"


@given(st.text())
def test_visible_text_is_printable(text: str) -> None:
    """Whatever the text holds, every character of its visible form is printable."""
    assert visible(text).isprintable()


@pytest.mark.parametrize(
    ("expected", "actual", "shown"),
    [
        ("1", 1, ('"1" (string)', "1 (integer)")),
        (1, 1.0, ("1 (integer)", "1.0 (float)")),
        (None, "null", ("null", '"null" (string)')),
        ("a", "b", ('"a"', '"b"')),
        ("\u00e9", "e\u0301", ('"\\u00e9"', '"e\\u0301"')),
        ("a b", "a\u00a0b", ('"a b"', '"a\\u00a0b"')),
    ],
)
def test_pair(expected: Any, actual: Any, shown: tuple[str, str]) -> None:
    """Two values that look alike are shown with what makes them differ."""
    assert pair(expected, actual) == shown


def test_pair_of_long_texts() -> None:
    """Two long texts are cut so that the place of their first difference is in sight."""
    one, other = pair("x" * 500 + "abc", "x" * 500 + "abd")
    assert one == "…" + "x" * 28 + 'abc"'
    assert other == "…" + "x" * 28 + 'abd"'


def test_narrow_keeps_early_differences() -> None:
    """Two long texts that differ at once are cut at their ends."""
    assert narrow("a" * 20, "b", limit=10) == ("a" * 10 + "… (20 characters)", "b")
