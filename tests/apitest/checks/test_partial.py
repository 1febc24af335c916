"""apitest.checks.partial: partial documents and their markers."""

from typing import Any

import pytest

from apitest.checks.partial import matches
from apitest.errors import BadValue, CheckFailed


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ({"a": 1, "b": 2}, {"a": 1}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1.0}}),
        ([1, {"a": 1, "b": 2}], [1, {"a": 1}]),
        ([3, 1, 2], ["[contains]", 1, 3]),
        ([{"a": 1, "b": 1}, {"a": 1}], ["[contains]", {"a": 1}, {"b": 1}]),
        ({"a": None}, {"a": "[any]", "b": "[ignored]"}),
        ({"a": "[any]"}, {"a": "[[any]"}),
    ],
)
def test_matching(actual: Any, expected: Any) -> None:
    """Members that are not expected do not matter, at any depth; markers stand for what may vary."""
    matches(actual, expected, "here")


def test_each_difference_is_told_with_its_path() -> None:
    """Every path that differs is told, with what was expected and what came."""
    expected = {"a": 1, "b": {"c/d": "[any integer]"}, "e": [1], "f": "x"}
    with pytest.raises(CheckFailed) as caught:
        matches({"a": True, "b": {"c/d": "5"}, "e": [1, 2], "f": "x"}, expected, "here")
    assert caught.value.problem == "The document differs in 3 places"
    assert [line for line in caught.value.diff if line.startswith("  ")] == ["  /a:", "  /b/c~1d:", "  /e:"]
    assert '+ "5" (a string)' in caught.value.diff


def test_an_element_stands_for_one_expected_one_only() -> None:
    """Two expected elements need two elements, even where the first that fits is wanted by another."""
    matches([{"a": 1}, {"a": 1, "b": 1}], ["[contains]", {"a": 1, "b": 1}, {"a": 1}], "here")
    with pytest.raises(CheckFailed):
        matches([{"a": 1, "b": 1}], ["[contains]", {"a": 1}, {"b": 1}], "here")


@pytest.mark.parametrize("marker", ["[any thing]", "[matches (]", "[]"])
def test_unknown_markers_are_refused(marker: str) -> None:
    """A marker that is unknown is the test's mistake, whatever came."""
    with pytest.raises(BadValue):
        matches({}, {"a": [marker]}, "here")


def test_at_most_ten_differences_are_told() -> None:
    """A document that differs everywhere does not fill the screen."""
    with pytest.raises(CheckFailed) as caught:
        matches({}, {str(number): number for number in range(15)}, "here")
    assert caught.value.diff[-1] == "  … 5 more"
