"""Dates from texts: in a format of Arrow tokens, or in the notation of ISO 8601."""

import re
from datetime import UTC, datetime
from typing import Final

from apitest.expressions import expression

EXAMPLE: Final = datetime(2024, 12, 31, 23, 59, 58, tzinfo=UTC)
_ISO_DATE = expression(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?", re.DOTALL)
_TIMESTAMPS = ("X", "x")
_YEAR = expression("[YWXx]")  # a token that tells the year
_WORDS = expression(r"\[[^\]]*\]")  # of a format, which are not tokens
_LEAP_YEAR = "0004"
_FENCE = "\N{SECTION SIGN}"


def read(text: str, format: str) -> datetime:
    """The moment that a text is in a format of Arrow tokens; the text must hold nothing else.

    Raises:
        ValueError, OverflowError, re.error: it is not; Arrow has no error of its own for each of these.
    """
    import arrow  # here, since it takes long to import

    if format in _TIMESTAMPS:  # Arrow's own patterns of these are tied to the ends of the text
        if text != text.strip():
            raise ValueError("there is white space around it")
        return arrow.get(text, format).datetime
    # Arrow finds a date anywhere in a text. The text is fenced in, so that the date has to be all of it.
    if not _YEAR.search(_WORDS.sub("", format)):
        text, format = f"{_LEAP_YEAR} {text}", f"YYYY {format}"  # else 29 February would be in none
    fenced = f"[{_FENCE}]{format}[{_FENCE}]"
    return arrow.get(f"{_FENCE}{text}{_FENCE}", fenced).datetime


def iso(text: str) -> datetime | None:
    """The moment in ISO 8601 notation that a text is, in UTC where no time zone is told; None where it is none."""
    try:
        moment = datetime.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None
