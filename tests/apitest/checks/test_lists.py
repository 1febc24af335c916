"""apitest.checks.lists: order and uniqueness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.checks.lists import is_sorted, is_unique
from apitest.errors import CheckFailed


@given(st.lists(st.integers() | st.floats(allow_nan=False)))
def test_what_was_sorted_is_sorted(items: list[float]) -> None:
    """A sorted list is in its order, and backwards in descending order."""
    is_sorted(sorted(items), "here")
    is_sorted(sorted(items, reverse=True), "here", descending=True)


def test_the_place_is_told() -> None:
    """The first two elements that are out of order are named; by a field, its values are."""
    with pytest.raises(CheckFailed) as caught:
        is_sorted([1, 3, 2], "here")
    assert caught.value.problem == "The list is not in ascending order: elements 1 and 2"
    assert caught.value.actual == "3, then 2"
    with pytest.raises(CheckFailed, match="elements 0 and 1"):
        is_sorted([{"n": {"id": 1}}, {"n": {"id": 2}}], "here", field="/n/id", descending=True)


def test_equal_elements_are_in_order() -> None:
    """Elements that are equal may follow each other, whichever the order."""
    for items in (["a", "a", "b"], [1, 1.0, 2], []):
        is_sorted(items, "here")
        is_sorted(items[::-1], "here", descending=True)


def test_long_elements_are_cut() -> None:
    """Of the two elements, as much is shown as fits in a line."""
    with pytest.raises(CheckFailed) as caught:
        is_sorted(["b" * 200, "a" * 200], "here")
    assert [len(shown.partition("…")[0]) for shown in caught.value.actual.split(", then ")] == [80, 80]


@pytest.mark.parametrize("items", [[1, "a"], [None, None], [True, False], [[1], [2]]])
def test_what_has_no_order(items: list[object]) -> None:
    """Values of different types, and those without an order, are not sorted."""
    with pytest.raises(CheckFailed, match="have no order"):
        is_sorted(items, "here")


def test_unique() -> None:
    """No element comes twice; 1 and 1.0 are the same, 1 and true are not."""
    is_unique([1, "1", True, None, [1], {"a": 1}], "here")
    with pytest.raises(CheckFailed, match="Elements 0 and 2"):
        is_unique([1, 2, 1.0], "here")
    with pytest.raises(CheckFailed, match="not a list"):
        is_unique("aa", "here")
