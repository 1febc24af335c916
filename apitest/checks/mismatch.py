"""How a check that does not hold is told: the two values, and what a person may have overlooked."""

import math
from collections.abc import Sequence
from typing import Final, NoReturn

from apitest.documents.display import article, in_full, kind, pair, show
from apitest.errors import CheckFailed
from apitest.language.shortening import cut

NOTHING: Final = object()  # stands for no value at all; no JSON value is this object
_HINTS = {
    "integer": 'It is a number: use `is an integer "{}"`.',
    "float": 'It is a number: use `is a float "{}"`.',
    "bool": "It is a bool: use `is True` or `is False`.",
    "null": "It is null: use `is null`.",
    "list": 'It is a list: use `is a list "..."` or `is JSON "..."`.',
    "dict": 'It is a dict: use `is JSON "..."`.',
}


def unequal(problem: str, where: str, actual: object, expected: object, fix: str = "") -> NoReturn:
    """Fails with both values, shown so that their difference can be seen."""
    shown_expected, shown_actual = pair(expected, actual)
    raise CheckFailed(problem, where, fix, expected=shown_expected, actual=shown_actual)


def refused(problem: str, where: str, actual: object = NOTHING, fix: str = "") -> NoReturn:
    """Fails with what came, if it is given, and no counterpart."""
    raise CheckFailed(problem, where, fix, actual="" if actual is NOTHING else show(actual))


def text_of(actual: object, where: str) -> str:
    """The value, which has to be a string."""
    if not isinstance(actual, str):
        refused(f"The value is {article(actual)}, not a string", where, actual)
    return actual


def written(value: object) -> str:
    """A scalar as JSON writes it, a string as it is."""
    if isinstance(value, str):
        return value
    return str(value) if type(value) is int else in_full(value)


def listed(choices: Sequence[object]) -> str:
    """Choices on one line."""
    return cut(", ".join(map(show, choices)), 400)


def alike(one: object, other: object) -> bool:
    """Whether a string differs from another text in case only."""
    return isinstance(one, str) and one.casefold() == written(other).casefold()


def text_hint(actual: object, expected: str) -> str:
    """What to say where a value is not the string that was expected."""
    if isinstance(actual, str):
        return _white_space_hint(actual, expected) or ("They differ in case only." if alike(actual, expected) else "")
    if isinstance(actual, int | float) and written(actual).casefold() != expected.casefold():
        return ""
    return _HINTS.get(kind(actual), "").format(expected)


def _white_space_hint(actual: str, expected: str) -> str:
    if actual.strip() == expected.strip():
        return "They differ in white space at the ends only."
    return "They differ in white space only." if actual.split() == expected.split() else ""


def case_hint(actual: str, part: str) -> str:
    """What to say where a text would be found in another case."""
    return "It does in another case." if part.casefold() in actual.casefold() else ""


def number_hint(actual: object, expected: float) -> str:
    """What to say where a value is not the number that was expected."""
    if isinstance(actual, str):
        return f'It is a string: use `is "{expected}"`.' if actual == written(expected) else "It is a string."
    if isinstance(actual, bool):
        return _HINTS["bool"]
    if isinstance(actual, float) and actual == expected:
        return f'A number with a decimal point is a float: use `is a float "{expected}"`.'
    if isinstance(actual, float) and isinstance(expected, float) and math.isclose(actual, expected, rel_tol=1e-12):
        return f"The difference is {abs(actual - expected):.3g}, as binary fractions have it."
    return ""


def spelt_out(actual: object, *words: str) -> str:
    """What to say where a string spells ``true``, ``false`` or ``null`` out."""
    if isinstance(actual, str) and actual.casefold() in words:
        return f'It is a string: use `is "{actual}"`.'
    return ""
