"""Checks that the sentences need beside those of apitest.checks, in the same form: value first, place last."""

from collections.abc import Callable
from typing import Any

from apitest import checks
from apitest.checks.mismatch import refused, text_of, written
from apitest.documents.display import article, cut, show
from apitest.errors import BadValue, CheckFailed
from apitest.language import literals

_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_EXAMPLE = (2024, 12, 31, 23, 59, 58)


def is_value(actual: Any, expected: Any, where: str) -> None:
    """The value is this text or, where a variable gave something else than text, equal to that."""
    if isinstance(expected, str):
        checks.is_text(actual, expected, where)
    else:
        checks.same(actual, expected, where)


def is_not_value(actual: Any, unwanted: Any, where: str) -> None:
    """The value is anything but this text or, where a variable gave something else, anything not equal to that."""
    if isinstance(unwanted, str):
        checks.is_not_text(actual, unwanted, where)
    else:
        checks.not_same(actual, unwanted, where)


def is_not_null(actual: Any, where: str) -> None:
    """The value is anything but null."""
    if actual is None:
        refused("The value is null, which it is not to be", where)


def does_not_contain(actual: Any, unwanted: Any, where: str) -> None:
    """The value is a list without this element, a dict without these members or a string without this part."""
    if not isinstance(actual, list | dict | str):
        refused(f"{article(actual).capitalize()} contains nothing", where, actual)
    if isinstance(actual, str):
        return checks.does_not_contain_text(actual, written(unwanted), where)
    if _holds(checks.contains, actual, unwanted, where):
        refused(f"The value contains {cut(written(unwanted))}, which it is not to", where, actual)
    return None


def does_not_match(actual: Any, pattern: str, where: str) -> None:
    """No part of the string matches the regular expression; numbers are text here.

    Raises:
        BadValue: the pattern is no regular expression.
    """
    if type(actual) not in (int, float):
        text_of(actual, where)
    if _holds(checks.matches, actual, pattern, where):
        refused(f"The text matches {cut(pattern)}, which it is not to", where, actual)


def is_between(actual: Any, low: Any, high: Any, where: str) -> None:
    """The value is a number from ``low`` to ``high``, both included.

    Raises:
        BadValue: one of them is no number, or they are the wrong way round.
    """
    first, last = literals.number(low), literals.number(high)
    if first > last:
        raise BadValue(f"Nothing is between {low} and {high}", where, "Write the smaller number first.")
    checks.compare(actual, "at least", first, where)
    checks.compare(actual, "at most", last, where)


def length(actual: Any, operator: str, number: Any, where: str) -> None:
    """The number of a list's elements, a dict's keys or a string's characters stands in this relation to another.

    Args:
        actual: the value that is counted.
        operator: one of ``checks.COMPARISONS``.
        number: the number it is compared to, or its text.
        where: the place that a failure names.
    """
    if not isinstance(actual, list | dict | str):
        refused(f"{article(actual).capitalize()} has no length", where, actual)
    if not checks.COMPARISONS[operator](len(actual), literals.integer(number)):
        raise CheckFailed(
            "The length is out of bounds",
            where,
            expected=f"{operator} {number}",
            actual=f"{len(actual)}: {show(actual)}",
        )


def is_date(actual: Any, format: str, where: str) -> None:
    """The value is a string that is a date in this format of Arrow tokens."""
    import re
    from datetime import UTC, datetime

    import arrow  # here, since it takes long to import

    try:
        arrow.get(text_of(actual, where), format)
    except (ValueError, OverflowError, re.error):
        example = arrow.get(datetime(*_EXAMPLE, tzinfo=UTC)).format(format)
        raise CheckFailed(
            f"The text is no date in the format {format}",
            where,
            expected=f'a date such as "{example}"',
            actual=show(actual),
        ) from None


def flag(value: Any, what: str) -> bool:
    """A yes or no, as True and False in any spelling.

    Raises:
        BadValue: it is neither; the error says of what.
    """
    if isinstance(value, bool):
        return value
    known = _FLAGS.get(str(value).strip().casefold())
    if known is None:
        raise BadValue(f"{what} is {cut(str(value))}", fix="Write True or False.")
    return known


def as_integer(value: Any) -> Any:
    """The integer that a text stands for; any other value, and a text that is no integer, as it is."""
    try:
        return literals.integer(value) if isinstance(value, str) else value
    except BadValue:
        return value


def as_number(value: Any) -> Any:
    """The number that a text stands for; any other value, and a text that is no number, as it is."""
    try:
        return literals.number(value) if isinstance(value, str) else value
    except BadValue:
        return value


def as_list(value: Any) -> Any:
    """The list that a text in CSV notation stands for; any other value as it is."""
    return literals.parse_list(value) if isinstance(value, str) else value


def as_bool(value: Any) -> Any:
    """The bool that the text True or False stands for, in any case; any other value as it is."""
    return {"true": True, "false": False}.get(value.casefold(), value) if isinstance(value, str) else value


def _holds(check: Callable[[Any, Any, str], None], actual: Any, expected: Any, where: str) -> bool:
    try:
        check(actual, expected, where)
    except CheckFailed:
        return False
    return True
