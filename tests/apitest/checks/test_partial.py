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


def test_texts_are_compared_as_they_are() -> None:
    """A text that is not a marker has to be there in full, and as a text."""
    for actual in ("y", "X", "x ", "", 5, None, ["x"]):
        with pytest.raises(CheckFailed, match="differs in 1 place\n") as caught:
            matches({"a": actual}, {"a": "x"}, "here")
        assert caught.value.diff[:2] == ("  /a:", '- "x"')
    with pytest.raises(CheckFailed):
        matches({"a": 5}, {"a": "5"}, "here")


def test_what_came_is_told() -> None:
    """A scalar is told with its type, a document as it is, and what is not there as nothing."""
    for actual, told in (
        ({"a": 5}, "+ 5 (an integer)"),
        ({"a": [1]}, "+ [1]"),
        ({"a": {"b": 1}}, '+ {"b": 1}'),
        ({}, "+ nothing"),
    ):
        with pytest.raises(CheckFailed) as caught:
            matches(actual, {"a": "x"}, "here")
        assert caught.value.diff[2] == told


def test_an_unknown_marker_is_told_with_its_place() -> None:
    """Its path is told, and the marker that is like it, or all that there are."""
    for expected, where in (({"a": ["[any integr]"]}, "/a/0"), ("[any integr]", "the document")):
        with pytest.raises(BadValue, match=r"no marker \[any integr\]") as caught:
            matches({}, expected, "here")
        assert (caught.value.where, caught.value.fix) == (
            where,
            "Did you mean [any integer], [any string] or [any number]?",
        )
    with pytest.raises(BadValue) as caught:
        matches({}, "[xyz]", "here")
    assert caught.value.fix.startswith("There are [any], [any integer]")
    assert caught.value.fix.endswith("[ignored], [contains] and [matches REGEX]; [[xyz] is a text.")


def test_at_most_ten_differences_are_told() -> None:
    """A document that differs everywhere does not fill the screen."""
    for count, last in ((15, "  … 5 more"), (11, "  … 1 more"), (10, "+ nothing")):
        with pytest.raises(CheckFailed, match=f"differs in {count} places") as caught:
            matches({}, {str(number): number for number in range(count)}, "here")
        assert caught.value.diff[-1] == last


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ([], {"a": 1}),
        ({"a": 1}, {"a": {"b": 1}}),
        ({}, []),
        ({"a": "x"}, {"a": ["x"]}),
        ({}, {"a": "[any date]"}),
        ({"a": 5}, {"a": "[any date]"}),
        ({"a": "soon"}, {"a": "[any date]"}),
        ({"a": "abc"}, {"a": "[matches ^b]"}),
    ],
)
def test_what_is_of_another_shape_or_missing_is_told(actual: Any, expected: Any) -> None:
    """A dict or a list that is something else, a member that is not there, and a value that its marker refuses."""
    with pytest.raises(CheckFailed):
        matches(actual, expected, "here")


@pytest.mark.parametrize(
    ("actual", "expected"), [("2026-01-31", "[any date]"), ("abc", "[matches ^a.c$]"), ("[x]", "[[x]")]
)
def test_markers_that_hold(actual: Any, expected: Any) -> None:
    """A date, a match, and a text that only begins like a marker."""
    matches({"a": actual, "b": 1}, {"a": expected}, "here")
