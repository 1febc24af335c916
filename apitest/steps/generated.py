"""Values that a step makes up, by the run's source of randomness, the clock and the labels of formats."""

from datetime import UTC, datetime
from typing import Any

from apitest.context import StepContext
from apitest.language import generators, literals


def string(ctx: StepContext) -> str:
    """A random text that starts with a letter."""
    return generators.rand_string(ctx.zato.run.random)


def integer(ctx: StepContext) -> int:
    """A random integer from 0 to 99."""
    return generators.rand_int(ctx.zato.run.random)


def floating(ctx: StepContext) -> float:
    """A random float from 0 to 99."""
    return generators.rand_float(ctx.zato.run.random)


def uuid(ctx: StepContext) -> str:
    """A random UUID of version 4."""
    return generators.uuid4(ctx.zato.run.random)


def choice(ctx: StepContext, choices: Any) -> Any:
    """One element of a list in CSV notation, chosen at random.

    Raises:
        BadValue: there is none, or the list is malformed.
    """
    return generators.one_of(literals.parse_list(choices), ctx.zato.run.random)


def now(ctx: StepContext, format: str) -> str:
    """The local time in a format, or in the one that a label stands for."""
    return generators.now(datetime.now().astimezone(), ctx.zato.date_format(format))


def utc_now(ctx: StepContext, format: str) -> str:
    """The time in UTC, likewise."""
    return generators.utcnow(datetime.now(UTC), ctx.zato.date_format(format))


def utc_an_hour_ago(ctx: StepContext, format: str) -> str:
    """The time in UTC of an hour ago, likewise."""
    return generators.utcnow_minus_hour(datetime.now(UTC), ctx.zato.date_format(format))


def date(ctx: StepContext, format: str) -> str:
    """A random date, likewise."""
    return generators.rand_date(ctx.zato.date_format(format), ctx.zato.run.random)


def date_after(ctx: StepContext, start: Any, format: str) -> str:
    """A random date later than another one of the same format.

    Raises:
        BadValue: ``start`` is no date of this format.
    """
    return generators.date_after(str(start), ctx.zato.date_format(format), ctx.zato.run.random)


def date_before(ctx: StepContext, end: Any, format: str) -> str:
    """A random date earlier than another one of the same format.

    Raises:
        BadValue: ``end`` is no date of this format.
    """
    return generators.date_before(str(end), ctx.zato.date_format(format), ctx.zato.run.random)


def date_between(ctx: StepContext, start: Any, end: Any, format: str) -> str:
    """A random date between two others of the same format.

    Raises:
        BadValue: one of them is no date of this format, or they are the wrong way round.
    """
    tokens = ctx.zato.date_format(format)
    return generators.date_between(str(start), str(end), tokens, ctx.zato.run.random)
