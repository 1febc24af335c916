"""apitest.language.quotes: values in quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.language import quotes
from apitest.language.quotes import escaped, folded, plain, readings


def _values(text: str, skeleton: str) -> tuple[str, ...] | None:
    return next((reading.values for reading in readings(text) if reading.skeleton == skeleton), None)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('a "1" is "2"', ("1", "2")),
        ('a "1" is ""', ("1", "")),
        ('a "1" is "{"b": "c"}"', ("1", '{"b": "c"}')),
        ('a "1" is "{"b": "}"}"', ("1", '{"b": "}"}')),
        ('a "1" is "{"b": "say \\"hi\\""}"', ("1", '{"b": "say \\"hi\\""}')),
        ('a "1" is "[["x"], ("y")]"', ("1", '[["x"], ("y")]')),
        ('a "//i[@id="5"]" is "x"', ('//i[@id="5"]', "x")),
        ('a "1" is "<a b="c">d</a>"', ("1", '<a b="c">d</a>')),
        ('a "1" is "say \\"hi\\""', ("1", 'say "hi"')),
        ('a "1" is "C:\\"', ("1", "C:\\")),
        ('a "1" is "count(//a[b="c" or b="d"]) > 1"', ("1", 'count(//a[b="c" or b="d"]) > 1')),
        ('a "1" is "a < b"', ("1", "a < b")),
        ('a "1" is "smile :{"', ("1", "smile :{")),
    ],
)
def test_values(text: str, values: tuple[str, ...]) -> None:
    """A quote within a value is escaped or within brackets."""
    assert _values(text, 'a "" is ""') == values


@pytest.mark.parametrize(
    "text",
    ['a "1" or "2" is "3"', 'a "1" is "2" # "3"', 'a "1" is "2" "3"', 'a "1" is "say "hi" now"', 'a "1" is "{"b": "c"'],
)
def test_what_is_not_one_value(text: str) -> None:
    """Words between quotes are never part of a value."""
    assert _values(text, 'a "" is ""') is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('is a list "1,2,"3,4""', ('1,2,"3,4"',)),
        ('is a list ""a,b",c"', ('"a,b",c',)),
        ('is json ""Maria""', ('"Maria"',)),
        ('contains ""2""', ('"2"',)),
        ('does not contain ""2""', ('"2"',)),
        ('response is equal to ""Maria""', ('"Maria"',)),
    ],
)
def test_elements_of_a_list_and_json_strings(text: str, values: tuple[str, ...]) -> None:
    """An element of a list, as in CSV, and a string of JSON stand in quotes of their own."""
    assert _values(text, folded(text.partition('"')[0] + '""')) == values


@given(st.text(st.characters(exclude_characters="\\")))
def test_an_escaped_value_is_read_back(value: str) -> None:
    """Whatever a value holds, it comes back as it was."""
    assert _values(f'a "1" is "{escaped(value)}"', 'a "" is ""') == ("1", value)


def test_contractions_and_case() -> None:
    """A skeleton is in small letters and has no contractions; values keep theirs."""
    assert plain('Path "Isn\'t" Isn\'t "X"') == ('path "" is not ""', ("Isn't", "X"))


@pytest.mark.parametrize(
    ("value", "whole"),
    [('["a"]', True), ('{"a": "b"}', True), ("a", True), ('a"b', False), ('["a]', False), ('x["a"b]', False)],
)
def test_quotes_within_brackets(value: str, whole: bool) -> None:
    """A value is whole if all its quotes are; a quote next to a letter ends a value."""
    assert quotes._whole(value) is whole
