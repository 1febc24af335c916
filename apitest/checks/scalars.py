"""Checks of numbers, bools and null, and of a value's type."""

import operator as operators
import re
from collections.abc import Callable
from typing import Final

from apitest.checks.mismatch import number_hint, refused, spelt_out, text_of, unequal
from apitest.documents.display import kind, show
from apitest.errors import BadValue, CheckFailed
from apitest.expressions import expression
from apitest.language import literals

_UUID = expression(r"[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}", re.IGNORECASE)
_UUID4 = expression(r"[0-9a-f]{8}(-?)[0-9a-f]{4}\1(4)[0-9a-f]{3}\1[89ab][0-9a-f]{3}\1[0-9a-f]{12}", re.IGNORECASE)
COMPARISONS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operators.lt,
    "less than": operators.lt,
    "<=": operators.le,
    "at most": operators.le,
    "less than or equal to": operators.le,
    ">": operators.gt,
    "greater than": operators.gt,
    ">=": operators.ge,
    "at least": operators.ge,
    "greater than or equal to": operators.ge,
    "==": operators.eq,
    "equal to": operators.eq,
    "!=": operators.ne,
    "not equal to": operators.ne,
}


def is_integer(actual: object, expected: int, where: str) -> None:
    """The value is this integer: not a float such as 1.0, not a string and not a bool."""
    if type(actual) is not int or actual != expected:
        unequal("The integer is not the expected one", where, actual, expected, number_hint(actual, expected))


def is_float(actual: object, expected: float, where: str) -> None:
    """The value is a number equal to this one, 1 to 1.0 as well; strings and bools are not numbers."""
    if type(actual) not in (int, float) or actual != expected:
        unequal("The number is not the expected one", where, actual, expected, number_hint(actual, expected))


def compare(actual: object, operator: str, number: float, where: str) -> None:
    """The value is a number that stands in this relation to ``number``: ``<``, ``at least`` and so on.

    Raises:
        BadValue: the relation is unknown; names those that there are.
    """
    holds = COMPARISONS.get(operator)
    if holds is None:
        raise BadValue(f'"{operator}" is not a comparison', where, f"Use one of: {', '.join(COMPARISONS)}")
    if not isinstance(actual, int | float) or isinstance(actual, bool):
        refused("The value is not a number", where, actual, number_hint(actual, number))
    if not holds(actual, number):
        raise CheckFailed(
            "The number is out of bounds", where, expected=f"{operator} {show(number)}", actual=show(actual)
        )


def is_between(actual: object, low: object, high: object, where: str) -> None:
    """The value is a number from ``low`` to ``high``, both included.

    Raises:
        BadValue: one of them is not a number, or they are the wrong way round.
    """
    first, last = literals.number(low), literals.number(high)
    if first > last:
        raise BadValue(
            f"{low} is greater than {high}: nothing is between them", where, "Write the smaller number first."
        )
    compare(actual, "at least", first, where)
    compare(actual, "at most", last, where)


def is_true(actual: object, where: str) -> None:
    """The value is ``true``."""
    if actual is not True:
        unequal("The value is not true", where, actual, True, spelt_out(actual, "true", "false"))


def is_false(actual: object, where: str) -> None:
    """The value is ``false``."""
    if actual is not False:
        unequal("The value is not false", where, actual, False, spelt_out(actual, "true", "false"))


def is_null(actual: object, where: str) -> None:
    """The value is null."""
    if actual is not None:
        unequal("The value is not null", where, actual, None, spelt_out(actual, "null", "none"))


def is_not_null(actual: object, where: str) -> None:
    """The value is anything but null."""
    if actual is None:
        refused("The value must not be null", where)


def is_any(actual: object, wanted: str, where: str) -> None:
    """The value is of a type: integer, float, number, bool, string, dict, list or UUID4, whatever it is otherwise."""
    if wanted == "UUID4":
        return is_uuid(actual, where, version_4=True)
    if kind(actual) == wanted or (wanted == "number" and kind(actual) in ("integer", "float")):
        return None
    hint = "It is an integer: use `is any integer`." if (wanted, kind(actual)) == ("float", "integer") else ""
    shown = f"{show(actual)} ({kind(actual)})"
    problem = f"The value is not {'an' if wanted[0] in 'aeiou' else 'a'} {wanted}"
    raise CheckFailed(problem, where, hint, expected=f"any {wanted}", actual=shown)


def is_uuid(actual: object, where: str, *, version_4: bool = False) -> None:
    """The value is a string that is a UUID, with or without hyphens, of any version or of version 4."""
    if isinstance(actual, str) and (_UUID4 if version_4 else _UUID).fullmatch(actual):
        return
    hint = ""
    if isinstance(actual, str) and (found := _UUID.fullmatch(actual)):
        hint = f"It is a UUID of version {actual[14 if found[1] else 12]}."
    raise CheckFailed(f"The value is not a UUID{'4' * version_4}", where, hint, actual=show(actual))


def is_crockford(actual: object, checksum: bool, where: str) -> None:
    """The value is a string in Base32 Crockford; with ``checksum``, its last symbol is the right check symbol."""
    from apitest.checks import base32  # here, since hardly a run needs it

    try:
        base32.decode(text_of(actual, where), checksum)
    except ValueError as error:
        with_checksum = " with a check symbol" if checksum else ""
        problem = f"The value is not valid Base32 Crockford{with_checksum}: {error}"
        raise CheckFailed(problem, where, actual=show(actual)) from None
