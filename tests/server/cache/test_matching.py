"""Tests of apitest_server.cache.matching."""

import pytest

from apitest_server.cache.matching import KINDS, matcher

KEYS = ["user:1", "user:2", "order:1", "x"]


@pytest.mark.parametrize(
    ("kind", "wanted", "found"),
    [
        ("prefix", "user:", ["user:1", "user:2"]),
        ("suffix", ":1", ["user:1", "order:1"]),
        ("contains", "er:1", ["user:1", "order:1"]),
        ("not_contains", "er", ["x"]),
        ("contains_all", ["er", "1"], ["user:1", "order:1"]),
        ("contains_any", ["us", "x"], ["user:1", "user:2", "x"]),
        ("contains_any", "us", ["user:1", "user:2"]),
        ("regex", r"^\w+:[12]$", ["user:1", "user:2", "order:1"]),
    ],
)
def test_keys_are_found_by_what_they_are_like(kind: str, wanted: str | list[str], found: list[str]) -> None:
    """Each kind finds its keys, in any place for a regular expression without anchors."""
    match = matcher(kind, wanted)
    assert [key for key in KEYS if match(key)] == found


def test_an_expression_that_is_none_is_an_error() -> None:
    """The error says what is wrong with it."""
    with pytest.raises(ValueError, match="not a valid regular expression: unterminated"):
        matcher("regex", "[a")


def test_an_unknown_kind_is_an_error() -> None:
    """The error lists the kinds that there are."""
    with pytest.raises(ValueError, match="there is: " + ", ".join(KINDS)):
        matcher("glob", "*")
