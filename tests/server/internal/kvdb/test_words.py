"""Tests of apitest_server.internal.kvdb._words."""

import pytest

from apitest_server.internal.kvdb._words import LONGEST, Label, Value, shown, space


def test_names_are_letters_digits_and_underscores() -> None:
    """At least one of them."""
    assert Label("a").parse("CRM_2") == "CRM_2"
    for wrong in ("", "a-b", "ä", "x" * 101, "a\n"):
        with pytest.raises(ValueError, match="letters A to Z"):
            Label("a").parse(wrong)


def test_values_are_anything_but_nothing() -> None:
    """Numbers are taken as texts."""
    assert [Value("a").parse(value) for value in ("ä b", 5)] == ["ä b", "5"]
    for wrong in ("", "x" * (LONGEST + 1)):
        with pytest.raises(ValueError, match="characters"):
            Value("a").parse(wrong)


def test_words_are_told_apart_by_where_they_end() -> None:
    """Though they are the same when written one behind the other."""
    one, two = {"a": "x", "b": "yz"}, {"a": "xy", "b": "z"}
    assert space("k", one, ("a", "b")) != space("k", two, ("a", "b"))
    assert len(space("kvdb.data-dict.translation", one, ("a", "b"))) <= 200


def test_a_name_is_one_line() -> None:
    """That does not become too long, and shows what cannot be printed."""
    assert shown("a", "b\n c\0") == "a, b c?"
    assert len(shown("x" * 500)) == 200
