"""Parameters that must say something."""

import pytest

from apitest.errors import BadValue
from apitest.steps.predicates.predicate import some, some_of


def test_some() -> None:
    """A text is taken as it is, a value of another type as it is written; an empty one is refused."""
    assert (some("x", "The part"), some(5, "The part")) == ("x", "5")
    with pytest.raises(BadValue, match="The part must not be empty"):
        some("", "The part")


def test_some_of() -> None:
    """A list with a value is taken; one without any is refused."""
    assert some_of(["", "a"], "The list") == ["", "a"]
    for empty in ([], [""]):
        with pytest.raises(BadValue, match="The list must not be empty"):
            some_of(empty, "The list")
