"""Tests of apitest_server.outgoing.pairs."""

import pytest

from apitest_server.outgoing.pairs import pairs


def test_pairs_are_read() -> None:
    """One a line; a value may hold a sign of equality, or nothing."""
    assert pairs("a=1\n\n b = 2=3 \nc=", "a=1") == {"a": "1", "b": "2=3", "c": ""}


@pytest.mark.parametrize("wrong", ["a", "=1", "a=1\nb"])
def test_what_is_not_a_pair(wrong: str) -> None:
    """The error has an example, and the line."""
    with pytest.raises(ValueError, match=r"lines such as `x=y`, and not `(a|=1|b)`"):
        pairs(wrong, "x=y")
