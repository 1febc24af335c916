"""How predicates are declared, and parameters that must say something."""

from apitest.checks.mismatch import written
from apitest.errors import BadValue
from apitest.language.grid import Declarations

predicate = Declarations()


def some(value: object, what: str) -> str:
    """The text of a parameter that says nothing where it is empty.

    Raises:
        BadValue: it is empty.
    """
    text = written(value)
    if not text:
        raise BadValue(f"{what} must not be empty: every text has the empty text in it", fix="Write what is meant.")
    return text


def some_of(values: list[object], what: str) -> list[object]:
    """The values of a list that says nothing where it is empty.

    Raises:
        BadValue: it is empty.
    """
    if not any(written(value) for value in values):
        raise BadValue(f"{what} must not be empty", fix="Put commas between the values: a,b,c")
    return values
