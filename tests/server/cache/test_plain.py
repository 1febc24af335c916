"""Tests of apitest_server.cache.plain."""

from collections import OrderedDict
from datetime import date
from enum import IntEnum

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.cache.plain import is_plain

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec="utf-8")) | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


class Colour(IntEnum):
    RED = 1


@given(VALUES)
def test_what_is_plain_comes_out_as_it_was(value: object) -> None:
    """With its types: 1 is not 1.0, and a tuple is not a list."""
    if is_plain(value):
        assert repr(msgspec.json.decode(msgspec.json.encode(value))) == repr(value)


@pytest.mark.parametrize("value", [None, True, 1, -(2**63), 1.5, "ü", [], {"a": [1, {"b": None}]}])
def test_what_json_has_is_plain(value: object) -> None:
    """At any depth that people use."""
    assert is_plain(value)


@pytest.mark.parametrize(
    "value",
    [2**63, float("nan"), (1,), {1: 2}, b"x", {1}, date(2026, 1, 1), OrderedDict(a=1), Colour.RED, object(), [[(1,)]]],
)
def test_what_would_become_something_else_is_not(value: object) -> None:
    """Nor what is nested so deep that nobody means it."""
    assert not is_plain(value)
    nested: object = 1
    for _ in range(100):
        nested = [nested]
    assert not is_plain(nested)
