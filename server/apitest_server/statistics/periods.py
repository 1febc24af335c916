"""PURE  Stretches of time, in UTC: a period has a number, and starts and ends at a moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """A kind of stretch.

    Attributes:
        name: ``minute``, ``hour`` …
        number: of the period that a moment belongs to; the next one's is higher by 1.
        start: when the period of a number begins.
        kept: how many of them are kept, 0 for those that are made of others when they are asked for.
    """

    name: str
    number: Callable[[datetime], int]
    start: Callable[[int], datetime]
    kept: int


def _every(
    length: timedelta, offset: timedelta = timedelta()
) -> tuple[Callable[[datetime], int], Callable[[int], datetime]]:
    first = _EPOCH + offset
    return lambda moment: (moment - first) // length, lambda number: first + number * length


def _month(number: int) -> datetime:
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)


PERIODS = {
    period.name: period
    for period in (
        Period("minute", *_every(timedelta(minutes=1)), kept=120),
        Period("hour", *_every(timedelta(hours=1)), kept=14 * 24),
        Period("day", *_every(timedelta(days=1)), kept=400),
        Period("week", *_every(timedelta(days=7), timedelta(days=4)), kept=0),  # The first Monday was the 5th
        Period("month", lambda moment: moment.year * 12 + moment.month - 1, _month, kept=60),
        Period("year", lambda moment: moment.year, lambda number: datetime(number, 1, 1, tzinfo=UTC), kept=30),
    )
}


def period(name: str) -> Period:
    """A period by its name.

    Raises:
        ValueError: there is none; lists those that there are.
    """
    try:
        return PERIODS[name]
    except KeyError:
        raise ValueError(f"There is no period `{name}`; there is: {', '.join(PERIODS)}") from None


def around(kind: Period, moment: datetime) -> tuple[datetime, datetime]:
    """When the period begins that a moment belongs to, and when the next one does."""
    number = kind.number(moment)
    return kind.start(number), kind.start(number + 1)
