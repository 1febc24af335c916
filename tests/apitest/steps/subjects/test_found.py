"""What a subject found."""

from typing import Any

import pytest

from apitest.errors import CheckFailed
from apitest.steps.subjects.found import Found

CTX: Any = object()


def test_the_first_value_and_each() -> None:
    """A positive check looks at the first value, a negative one at each; the first is what is counted."""
    found = Found(CTX, "here", ["a", "b"])
    assert (found.value, found.each, found.counted) == ("a", ["a", "b"], "a")
    assert Found(CTX, "here", ["a"], counted=["a", "b"]).counted == ["a", "b"]


def test_nothing() -> None:
    """Where there is nothing, either fails, with the reason of the subject if it has one."""
    for look in ("value", "each"):
        with pytest.raises(CheckFailed, match="There is nothing"):
            getattr(Found(CTX, "here", []), look)
        with pytest.raises(CheckFailed, match="no cookie"):
            getattr(Found(CTX, "here", [], absent=lambda: CheckFailed("no cookie")), look)


def test_a_part_reads_as_the_whole_does() -> None:
    """An item of a subject has a place of its own, and is read from text if the whole is."""
    part = Found(CTX, "here", ["1"], is_text=True).part("1", "item 0 of here")
    assert (part.value, part.place, part.is_text) == ("1", "item 0 of here", True)
