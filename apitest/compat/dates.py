"""Dates as texts: now, and random ones near others, which may be written in any usual way."""

import operator
from collections.abc import Callable
from datetime import datetime, timedelta

from apitest.compat import running
from apitest.language import generators

_DAYS = 100_000


def now(format: str) -> str:
    """Now, in the local time zone; the format is made of Arrow tokens."""
    return generators.now(datetime.now().astimezone(), format)


def utcnow(format: str) -> str:
    """Now, in UTC."""
    return generators.utcnow(datetime.now().astimezone(), format)


def utcnow_minus_hour(format: str) -> str:
    """An hour ago, in UTC."""
    return generators.utcnow(datetime.now().astimezone(), format, generators.span("-1 hour"))


def date_after(base_date: str | datetime, format: str, limit: int = _DAYS, needs_parse: bool = True) -> str:
    """A random date up to ``limit`` days after another."""
    return date_after_before(base_date, format, operator.add, limit, needs_parse)


def date_before(base_date: str | datetime, format: str, limit: int = _DAYS, needs_parse: bool = True) -> str:
    """A random date up to ``limit`` days before another."""
    return date_after_before(base_date, format, operator.sub, limit, needs_parse)


def date_between(start_date: str, end_date: str, format: str) -> str:
    """A random date between two others, whichever is the earlier."""
    start, end = sorted((_parsed(start_date), _parsed(end_date)))
    return _written(start + (end - start) * running.random().random(), format)


def date_after_before(
    base_date: str | datetime,
    format: str,
    direction: Callable[[datetime, timedelta], datetime],
    limit: float,
    needs_parse: bool = True,
) -> str:
    """A random date so many days at most in a direction, ``operator.add`` or ``operator.sub``, from another.

    Args:
        base_date: a text, or a datetime that needs no parsing.
        format: of the result.
        direction: into the future or the past.
        limit: the most days; the calendar may end before.
        needs_parse: whether ``base_date`` is a text.
    """
    base = base_date if isinstance(base_date, datetime) and not needs_parse else _parsed(base_date)
    days = running.random().randint(1, max(1, int(abs(limit))))
    try:
        return _written(direction(base, timedelta(days=days)), format)
    except OverflowError:
        return _written(base, format)


def _parsed(text: object) -> datetime:
    from dateutil.parser import parse

    moment: datetime = parse(str(text))
    return moment


def _written(moment: datetime, format: str) -> str:
    import arrow

    return arrow.get(moment).format(format)
