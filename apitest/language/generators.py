"""Random strings, numbers and dates; the clock and the source of randomness are arguments.

Dates are texts in a format of Arrow tokens (``YYYY-MM-DD``). A random date is made as a moment, written in its
format and read back, so that it keeps its bounds at the resolution the format has. Arrow takes long to import, which
is why the functions that need it do so themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.dates import EXAMPLE, iso, read

if TYPE_CHECKING:
    from random import Random

_T = TypeVar("_T")

_SPAN = expression(r"([0-9]+(?:\.[0-9]+)?) ?(weeks?|days?|hours?|minutes?|seconds?)(?![a-z])")
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(2037, 12, 31, 23, 59, 59, tzinfo=UTC)

# Formats without a year, a month or a day repeat themselves: what leaves their bounds in a wide window
# is found in a narrower one.
_WINDOWS = (
    timedelta(days=3652),
    timedelta(days=366),
    timedelta(days=31),
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
    timedelta(seconds=1),
)
_TRIES = 8
# One step of each resolution a format can have; a year and a month in their longest form.
_STEPS = (
    timedelta(microseconds=1),
    timedelta(microseconds=10),
    timedelta(microseconds=100),
    timedelta(milliseconds=1),
    timedelta(milliseconds=10),
    timedelta(milliseconds=100),
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(hours=12),
    timedelta(days=1),
    timedelta(days=7),
    timedelta(days=31),
    timedelta(days=366),
)


def rand_string(random: Random) -> str:
    """A random string of 32 lower-case letters and digits, the first of them a letter."""
    return f"{random.choice('abcdef')}{random.getrandbits(124):031x}"


def rand_int(random: Random, low: int = 0, high: int = 99) -> int:
    """A random integer from ``low`` to ``high``, both included.

    Raises:
        BadValue: ``low`` is greater than ``high``.
    """
    if low > high:
        raise BadValue(f"{low} is greater than {high}: no integer is between them", fix="Write the smaller one first.")
    return random.randint(low, high)


def rand_float(random: Random) -> float:
    """A random float from 0 to 99."""
    return random.uniform(0, 99)


def uuid4(random: Random) -> str:
    """A random UUID of version 4, as text."""
    from uuid import UUID

    return str(UUID(int=random.getrandbits(128), version=4))


def one_of(values: Sequence[_T], random: Random) -> _T:
    """A random element of a list.

    Raises:
        BadValue: the list is empty.
    """
    if not values:
        raise BadValue("The list of values to choose from is empty", fix="Give at least one: a,b,c")
    return random.choice(values)


def now(clock: datetime, format: str) -> str:
    """The moment the clock shows, in its own time zone."""
    return _write(clock, format)


def utcnow(clock: datetime, format: str, later: timedelta = timedelta()) -> str:
    """The moment the clock shows, or one so much later, in UTC.

    Raises:
        BadValue: the calendar ends before.
    """
    return _write(later_by(clock.astimezone(UTC), later), format)


def moved(date: str, by: timedelta, format: str) -> str:
    """A date so much later than another one, in the same format.

    Raises:
        BadValue: ``date`` is not a date of this format, or the calendar ends before.
    """
    return _write(later_by(_given(date, format), by), format)


def span(text: str) -> timedelta:
    """The time that a text such as "2 days" or "-1 hour 30 minutes" tells.

    Raises:
        BadValue: it tells none.
    """
    written = " ".join(str(text).lower().replace(",", " ").split())
    sign, rest = (-1, written[1:]) if written.startswith("-") else (1, written)
    parts = _SPAN.findall(rest)
    if not parts or "".join(f"{number}{unit}" for number, unit in parts) != rest.replace(" ", "").replace("and", ""):
        raise BadValue(
            f'"{text}" is not a time span', fix='Write it like "2 days", "90 minutes" or "1 hour 30 minutes".'
        )
    try:
        return sign * sum((timedelta(**{f"{unit.rstrip('s')}s": float(number)}) for number, unit in parts), timedelta())
    except OverflowError:
        raise BadValue(f'"{text}" is longer than the calendar', fix="Write a shorter time span.") from None


def later_by(moment: datetime, by: timedelta) -> datetime:
    """A moment so much later, or earlier.

    Raises:
        BadValue: the calendar ends before.
    """
    try:
        return moment + by
    except OverflowError:
        raise BadValue(f"No date is {by} from {moment.isoformat()}", fix="Write a shorter time span.") from None


def rand_date(format: str, random: Random) -> str:
    """A random date from 1970 to 2037, which every system can hold."""
    return _write(_between(_EARLIEST, _LATEST, random), format)


def date_after(start: str, format: str, random: Random) -> str:
    """A random date later than ``start``, by ten years at most.

    Raises:
        BadValue: ``start`` is not a date of this format, or the format has no later one.
    """
    return _beyond(start, format, random, 1)


def date_before(end: str, format: str, random: Random) -> str:
    """A random date earlier than ``end``, by ten years at most.

    Raises:
        BadValue: ``end`` is not a date of this format, or the format has no earlier one.
    """
    return _beyond(end, format, random, -1)


def date_between(start: str, end: str, format: str, random: Random) -> str:
    """A random date later than ``start`` and earlier than ``end``; ``start`` where nothing is between.

    Raises:
        BadValue: one of them is not a date of this format, or ``start`` is later than ``end``.
    """
    first, last = _given(start, format), _given(end, format)
    if first > last:
        raise BadValue(
            f"{start} is later than {end}: no date is between them", fix="Write the earlier of the two dates first."
        )
    moments = _inside(first, last, random)
    return _first_that_fits(moments, format, lambda moment: first < moment < last) or _write(first, format)


def _beyond(bound: str, format: str, random: Random, sign: int) -> str:
    """A random date after (``sign`` 1) or before (-1) another."""
    base = _given(bound, format)
    moments = _around(base, random, sign)
    found = _first_that_fits(moments, format, lambda moment: moment > base if sign > 0 else moment < base)
    if found is None:
        raise BadValue(
            f"No date {'later' if sign > 0 else 'earlier'} than {bound} can be written in the format {format}",
            fix="Give another date, or a format that has the year.",
        )
    return found


def _around(base: datetime, random: Random, sign: int) -> Iterator[datetime]:
    """Moments on one side of another: random ones, nearer and nearer, then one at each resolution."""
    for window in _WINDOWS:
        for _ in range(_TRIES):
            yield _moved(base, sign * window * (1 - random.random()))
    for step in _STEPS:
        yield _moved(base, sign * step)


def _inside(first: datetime, last: datetime, random: Random) -> Iterator[datetime]:
    """Moments between two others: random ones, then one at each resolution from either end."""
    for _ in range(_TRIES):
        yield _between(first, last, random)
    for step in _STEPS:
        yield _moved(first, step)


def _between(first: datetime, last: datetime, random: Random) -> datetime:
    return first + (last - first) * random.random()


def _moved(moment: datetime, by: timedelta) -> datetime:
    """A moment later or earlier; the moment itself where the calendar ends before."""
    try:
        return moment + by
    except OverflowError:
        return moment


def _first_that_fits(moments: Iterator[datetime], format: str, fits: Callable[[datetime], bool]) -> str | None:
    """The first of some moments that, written and read again, is within its bounds."""
    for moment in moments:
        text = _write(moment, format)
        try:
            if fits(_read(text, format)):
                return text
        except BadValue:  # such as a year of three digits, which Arrow writes but does not read
            continue
    return None


def _write(moment: datetime, format: str) -> str:
    import arrow

    return arrow.get(moment).format(format)


def _given(text: str, format: str) -> datetime:
    """A date that a person wrote: in the format that dates are made in, or as YYYY-MM-DD with or without a time."""
    try:
        return _read(text, format)
    except BadValue:
        moment = iso(text)
        if moment is None:
            raise
        return moment


def _read(text: str, format: str) -> datetime:
    try:
        return read(text, format)
    except (ValueError, OverflowError, re.error):
        raise BadValue(
            f"{text} is not a date in the format {format}",
            fix=f"Such a date looks like {_write(EXAMPLE, format)}; the format is made of Arrow tokens. "
            "YYYY-MM-DD, with or without a time, will do as well.",
        ) from None
