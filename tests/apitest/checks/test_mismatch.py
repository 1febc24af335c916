"""apitest.checks.mismatch: how failures are told."""

from typing import Any

import pytest

from apitest.checks import mismatch
from apitest.errors import CheckFailed


def test_unequal_shows_both_values() -> None:
    """Both values are shown so that their difference can be seen."""
    with pytest.raises(CheckFailed) as caught:
        mismatch.unequal("They differ", "here", 1, "1", "Do this.")
    assert str(caught.value).splitlines() == [
        "They differ",
        '  expected  "1" (string)',
        "  actual    1 (integer)",
        "  where: here",
        "  fix: Do this.",
    ]


@pytest.mark.parametrize(("args", "actual"), [((), ""), ((None,), "null")])
def test_refused(args: tuple[Any, ...], actual: str) -> None:
    """The value that came is shown if it is given, null included."""
    with pytest.raises(CheckFailed) as caught:
        mismatch.refused("No", "here", *args)
    assert caught.value.actual == actual


def test_text_of() -> None:
    """A string passes through, anything else is refused with its type."""
    assert mismatch.text_of("x", "here") == "x"
    with pytest.raises(CheckFailed, match="The value is null, not a string"):
        mismatch.text_of(None, "here")


@pytest.mark.parametrize(
    ("value", "text"), [("a", "a"), (1, "1"), (1.0, "1.0"), (True, "true"), (None, "null"), ([1], "[1]")]
)
def test_written(value: Any, text: str) -> None:
    """A string is itself and anything else is written as JSON."""
    assert mismatch.written(value) == text


def test_listed() -> None:
    """Choices stand on one line, each as JSON."""
    assert mismatch.listed(["a", 1]) == '"a", 1'
    assert len(mismatch.listed(["choice"] * 100).partition("…")[0]) == 400


@pytest.mark.parametrize(
    ("actual", "expected", "hint"),
    [
        ("a ", "a", "They differ in white space at the ends only."),
        ("a  b", "a b", "They differ in white space only."),
        ("A", "a", "They differ in case only."),
        ("a", "b", ""),
        (1, "1", 'It is a number: use `is an integer "1"`.'),
        (1, "2", ""),
        (None, "2", "It is null: use `is null`."),
    ],
)
def test_text_hint(actual: Any, expected: str, hint: str) -> None:
    """The hint names the sentence that fits the type, or what is easily overlooked."""
    assert mismatch.text_hint(actual, expected) == hint


@pytest.mark.parametrize(
    ("actual", "expected", "hint"),
    [
        ("1", 1, 'It is a string: use `is "1"`.'),
        ("2", 1, "It is a string."),
        (True, 1, "It is a bool: use `is True` or `is False`."),
        (1.0, 1, 'A number with a decimal point is a float: use `is a float "1"`.'),
        (0.1 + 0.2, 0.3, "The difference is 5.55e-17, as binary fractions have it."),
        (0.1, 10**400, ""),
        (0.1, 0.2, ""),
        (2, 1, ""),
    ],
)
def test_number_hint(actual: Any, expected: float, hint: str) -> None:
    """The hint names the sentence that fits the type, or how small the difference is."""
    assert mismatch.number_hint(actual, expected) == hint


def test_case_hint_and_spelt_out() -> None:
    """A text found in another case and a bool or null spelt out are pointed out, and nothing else is."""
    assert mismatch.case_hint("abc", "B") == "It does in another case."
    assert mismatch.case_hint("abc", "x") == ""
    assert mismatch.spelt_out("TRUE", "true") == 'It is a string: use `is "TRUE"`.'
    assert mismatch.spelt_out("yes", "true") == mismatch.spelt_out(1, "true") == ""
