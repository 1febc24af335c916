from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.errors import BadValue
from apitest.language import lists
from apitest.language.lists import ListItem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1, abc", [("1", False), ("abc", False)]),
        ("", [("", False)]),
        ("a,", [("a", False), ("", False)]),
        ("'it''s', \"a, b\"", [("it's", True), ("a, b", True)]),
        ("[1, 2], 3", [("[1, 2]", False), ("3", False)]),
        ("{'a': ('x', ']')} , b", [("{'a': ('x', ']')}", False), ("b", False)]),
        ("'; DROP TABLE t; --", [("'; DROP TABLE t; --", False)]),
        ("'a' OR '1'='1'", [("'a' OR '1'='1'", False)]),
        ("(a, b", [("(a", False), ("b", False)]),
        ("(a], b", [("(a]", False), ("b", False)]),
        ("[it's], b", [("[it's]", False), ("b", False)]),
        ("O'Brien, x", [("O'Brien", False), ("x", False)]),
    ],
)
def test_commas_outside_quotes_and_brackets_separate(text: str, expected: list[tuple[str, bool]]) -> None:
    """A value in quotes or brackets keeps its commas, unless it is not closed."""
    assert lists.values(text) == [ListItem(*each) for each in expected]


@pytest.mark.parametrize(
    ("given_value", "null"),
    [(ListItem("NULL"), True), (ListItem("null"), True), (ListItem("NULL", True), False), (ListItem(None, True), True)],
)
def test_null_is_no_value_outside_quotes_only(given_value: ListItem, null: bool) -> None:
    """NULL in quotes is a word."""
    assert given_value.is_null is null


@pytest.mark.parametrize("stored", [[1, "a,b", None], (1, "a,b", None)])
def test_a_stored_list_is_taken_value_by_value(stored: Any) -> None:
    """The values of a stored list are exact, whatever they hold."""
    assert lists.values(stored, 3) == [ListItem(1, True), ListItem("a,b", True), ListItem(None, True)]


def test_a_stored_number_is_one_value() -> None:
    """A value that is neither text nor list counts as one."""
    assert lists.values(7, 1) == [ListItem(7, True)]


def test_a_single_column_takes_a_text_with_commas() -> None:
    """Where one value is wanted, commas separate nothing."""
    assert lists.values("Smith, John", 1) == [ListItem("Smith, John", False)]
    assert lists.values([1, 2], 1) == [ListItem([1, 2], True)]


def test_another_number_of_values_is_refused() -> None:
    """Three values do not go into two columns."""
    with pytest.raises(BadValue, match="3 values for 2 columns"):
        lists.values("1, 2, 3", 2)


def test_names_are_stripped_and_never_empty() -> None:
    """Column names come without spaces around them, and none may be missing."""
    assert lists.names(" id , name ") == ["id", "name"]
    assert lists.names(["id"]) == ["id"]
    for nothing in ("", "id,", []):
        with pytest.raises(BadValue, match="names no columns"):
            lists.names(nothing)


@pytest.mark.parametrize(
    ("text", "inner"), [("(1, 2)", "1, 2"), ("[1]", "1"), ("(1) and (2)", "(1) and (2)"), ("1", "1")]
)
def test_brackets_around_a_text_are_taken_away(text: str, inner: str) -> None:
    """Only brackets that belong together and hold all of the text are taken away."""
    assert lists.without_brackets(text) == inner


@given(st.lists(st.text(), min_size=1))
def test_every_text_in_quotes_comes_back_as_it_was(texts: list[str]) -> None:
    """Quoting by doubling the quote loses nothing, whatever the text holds."""
    quoted = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
    assert lists.values(quoted) == [ListItem(text, True) for text in texts]
