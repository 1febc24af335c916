"""Whether a text is a date, and when."""

from datetime import UTC, datetime, timedelta

from apitest import checks
from apitest.checks import dates
from apitest.language import literals
from apitest.steps.predicates.predicate import predicate, some
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import Kind


@predicate('is a date "{format}"', of=Kind.TEXT)
def is_a_date(found: Found, format: str) -> None:
    """Checks that the text is a date in a format: a label of `date format`, or Arrow tokens.

    Example:
        is a date "YYYY-MM-DD"
    """
    dates.is_date(found.value, found.ctx.zato.date_format(some(format, "The format")), found.place)


@predicate("is any date", of=Kind.TEXT)
def is_any_date(found: Found) -> None:
    """Checks that the text is a date in the notation of ISO 8601, with a time or without.

    Example:
        is any date
    """
    dates.moment(found.value, found.place)


@predicate('is a date before "{date}"', of=Kind.TEXT)
def is_a_date_before(found: Found, date: object) -> None:
    """Checks that the text is a date in ISO 8601 notation, earlier than another one; "now" stands for this moment.

    Example:
        is a date before "2030-01-01"
    """
    dates.compare(found.value, "before", _moment(date), found.place)


@predicate('is a date after "{date}"', of=Kind.TEXT)
def is_a_date_after(found: Found, date: object) -> None:
    """Checks that the text is a date in ISO 8601 notation, later than another one; "now" stands for this moment.

    Example:
        is a date after "2020-12-31T23:59:59Z"
    """
    dates.compare(found.value, "after", _moment(date), found.place)


@predicate('is a date within "{seconds}" seconds of "{date}"', of=Kind.TEXT)
def is_a_date_near(found: Found, seconds: object, date: object) -> None:
    """Checks that the text is a date in ISO 8601 notation, not further than this from another one, such as "now".

    Example:
        is a date within "60" seconds of "now"
    """
    span = timedelta(seconds=literals.number(seconds))
    dates.is_near(found.value, span, _moment(date), found.place)


def _moment(date: object) -> datetime:
    """The moment that a sentence gives; without a time zone it is in UTC."""
    return datetime.now(UTC) if date == "now" else dates.given(checks.written(date))
