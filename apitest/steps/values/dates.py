"""Dates and times. Each is written in a format: a label of `date format`, or Arrow tokens."""

from datetime import UTC, datetime, timedelta

from apitest.context import StepContext
from apitest.language import generators
from apitest.steps.values.value import Kind, value


@value("now", of=Kind.DATE, since="1.0")
def now(ctx: StepContext, format: str) -> str:
    """The local time.

    Example:
        now
    """
    return generators.now(datetime.now().astimezone(), ctx.zato.date_format(format))


@value("UTC now", of=Kind.DATE, since="1.0")
def utc_now(ctx: StepContext, format: str) -> str:
    """The time in UTC.

    Example:
        UTC now
    """
    return generators.utcnow(datetime.now(UTC), ctx.zato.date_format(format))


@value('now plus "{span}"', of=Kind.DATE)
def now_plus(ctx: StepContext, span: str, format: str) -> str:
    """A later local time, such as that in "2 days" or in "1 hour 30 minutes".

    Example:
        now plus "2 days"
    """
    return _local(ctx, generators.span(span), format)


@value('now minus "{span}"', of=Kind.DATE)
def now_minus(ctx: StepContext, span: str, format: str) -> str:
    """An earlier local time, such as that "2 days" ago.

    Example:
        now minus "90 minutes"
    """
    return _local(ctx, -generators.span(span), format)


@value('UTC now "{format}" minus one hour', of=Kind.TEXT, since="1.10")
def utc_an_hour_ago(ctx: StepContext, format: str) -> str:
    """The time in UTC of an hour ago, in this format.

    Example:
        UTC now "default" minus one hour
    """
    return generators.utcnow(datetime.now(UTC), ctx.zato.date_format(format), generators.span("-1 hour"))


@value('UTC now plus "{span}"', of=Kind.DATE)
def utc_now_plus(ctx: StepContext, span: str, format: str) -> str:
    """A later time in UTC, such as that in "2 days" or in "1 hour 30 minutes".

    Example:
        UTC now plus "2 days"
    """
    return generators.utcnow(datetime.now(UTC), ctx.zato.date_format(format), generators.span(span))


@value('UTC now minus "{span}"', of=Kind.DATE)
def utc_now_minus(ctx: StepContext, span: str, format: str) -> str:
    """An earlier time in UTC, such as that "2 days" ago.

    Example:
        UTC now minus "90 minutes"
    """
    return generators.utcnow(datetime.now(UTC), ctx.zato.date_format(format), -generators.span(span))


@value('the date "{date}" plus "{span}"', of=Kind.DATE)
def date_plus(ctx: StepContext, date: object, span: str, format: str) -> str:
    """A date that is later than another one, given in the same format or in ISO 8601 notation.

    Example:
        the date "2026-01-31" plus "1 day"
    """
    return generators.moved(str(date), generators.span(span), ctx.zato.date_format(format))


@value('the date "{date}" minus "{span}"', of=Kind.DATE)
def date_minus(ctx: StepContext, date: object, span: str, format: str) -> str:
    """A date that is earlier than another one, given in the same format or in ISO 8601 notation.

    Example:
        the date "2026-01-31" minus "12 hours"
    """
    return generators.moved(str(date), -generators.span(span), ctx.zato.date_format(format))


@value("a random date", of=Kind.DATE, since="1.0")
def a_random_date(ctx: StepContext, format: str) -> str:
    """A random date.

    Example:
        a random date
    """
    return generators.rand_date(ctx.zato.date_format(format), ctx.zato.run.random)


@value('a random date after "{date_start}"', of=Kind.DATE, since="1.0")
def a_random_date_after(ctx: StepContext, date_start: object, format: str) -> str:
    """A random date later than another one of the same format.

    Example:
        a random date after "2026-01-31"
    """
    return generators.date_after(str(date_start), ctx.zato.date_format(format), ctx.zato.run.random)


@value('a random date before "{date_end}"', of=Kind.DATE, since="1.0")
def a_random_date_before(ctx: StepContext, date_end: object, format: str) -> str:
    """A random date earlier than another one of the same format.

    Example:
        a random date before "2026-01-31"
    """
    return generators.date_before(str(date_end), ctx.zato.date_format(format), ctx.zato.run.random)


@value('a random date between "{date_start}" and "{date_end}"', of=Kind.DATE, since="1.0")
def a_random_date_between(ctx: StepContext, date_start: object, date_end: object, format: str) -> str:
    """A random date between two others of the same format.

    Example:
        a random date between "2026-01-01" and "2026-06-30"
    """
    tokens = ctx.zato.date_format(format)
    return generators.date_between(str(date_start), str(date_end), tokens, ctx.zato.run.random)


def _local(ctx: StepContext, later: timedelta, format: str) -> str:
    moment = generators.later_by(datetime.now(UTC), later)
    return generators.now(moment.astimezone(), ctx.zato.date_format(format))
