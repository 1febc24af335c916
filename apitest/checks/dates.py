"""Checks of dates: their format, and when they are."""

import re
from datetime import UTC, datetime, timedelta

from apitest.checks.mismatch import text_of
from apitest.documents.display import show
from apitest.errors import BadValue, CheckFailed
from apitest.language.dates import EXAMPLE, iso, read

_ISO = "such as 2024-12-31, 2024-12-31T23:59:58 or 2024-12-31T23:59:58Z"


def is_date(actual: object, format: str, where: str) -> None:
    """The value is a string that is a date in this format of Arrow tokens, and nothing else."""
    text = text_of(actual, where)
    try:
        read(text, format)
    except (ValueError, OverflowError, re.error):
        import arrow  # here, since it takes long to import

        example = arrow.get(EXAMPLE).format(format)
        raise CheckFailed(
            f"The text is not a date in the format {format}",
            where,
            expected=f'a date such as "{example}"',
            actual=show(actual),
        ) from None


def moment(actual: object, where: str) -> datetime:
    """The moment that a string in ISO 8601 notation is; one without a time zone is in UTC.

    Raises:
        CheckFailed: it is not such a string.
    """
    found = iso(text_of(actual, where))
    if found is None:
        raise CheckFailed("The text is not a date in ISO 8601 notation", where, expected=_ISO, actual=show(actual))
    return found


def given(text: str) -> datetime:
    """The moment that a sentence gives in ISO 8601 notation.

    Raises:
        BadValue: it is not in that notation.
    """
    found = iso(text)
    if found is None:
        raise BadValue(f'"{text}" is not a date in ISO 8601 notation', fix=f"Write a date {_ISO}")
    return found


def compare(actual: object, relation: str, other: datetime, where: str) -> None:
    """The value is a date "before" or "after" another one; the same moment is neither."""
    found = moment(actual, where)
    if not (found < other if relation == "before" else found > other):
        raise CheckFailed(
            f"The date is not {relation} the other one",
            where,
            expected=f"{relation} {_shown(other)}",
            actual=show(actual),
        )


def is_near(actual: object, span: timedelta, other: datetime, where: str) -> None:
    """The value is a date not further than ``span`` from another one.

    Raises:
        BadValue: the span is negative.
    """
    if span < timedelta():
        raise BadValue("The number of seconds must be 0 or more", where)
    distance = abs(moment(actual, where) - other)
    if distance > span:
        raise CheckFailed(
            "The date is too far from the other one",
            where,
            expected=f"within {span.total_seconds():g} seconds of {_shown(other)}",
            actual=f"{show(actual)}, {distance.total_seconds():,.0f} seconds from it",
        )


def _shown(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
