"""What is read from text."""

from typing import Any

import pytest

from apitest.steps.predicates.reading import as_bool, as_integer, as_list, as_number
from apitest.steps.subjects.found import Found

CTX: Any = object()


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (as_integer, "17", 17),
        (as_integer, "17.0", "17.0"),
        (as_integer, "x", "x"),
        (as_number, "1.50", 1.5),
        (as_number, "x", "x"),
        (as_list, "a, b", ["a", "b"]),
        (as_bool, "TRUE", True),
        (as_bool, "no", "no"),
    ],
)
def test_reading(read: Any, text: str, value: Any) -> None:
    """A text is read where the subject has nothing but text, and stays what it is everywhere else."""
    assert read(Found(CTX, "", [text], is_text=True)) == value
    assert read(Found(CTX, "", [text])) == text
