"""What is read from text."""

from typing import Any

import pytest

from apitest.steps.predicates.reading import as_bool, as_integer, as_list, as_number
from apitest.steps.subjects.found import Found

CTX: Any = object()


def test_reading(subtests: pytest.Subtests) -> None:
    """A text is read where the subject has nothing but text, and stays what it is everywhere else."""
    for read, text, value in [
        (as_integer, "17", 17),
        (as_integer, "17.0", "17.0"),
        (as_integer, "x", "x"),
        (as_number, "1.50", 1.5),
        (as_number, "x", "x"),
        (as_list, "a, b", ["a", "b"]),
        (as_bool, "TRUE", True),
        (as_bool, "no", "no"),
    ]:
        with subtests.test(read.__name__):
            assert read(Found(CTX, "", [text], is_text=True)) == value
            assert read(Found(CTX, "", [text])) == text
