"""Random strings, numbers and dates."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from uuid import UUID

import arrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apitest.errors import BadValue
from apitest.language import generators
from apitest.language.dates import read
from apitest.language.generators import later_by, moved, rand_int, span

CLOCK = datetime(2024, 5, 3, 1, 30, 0, tzinfo=timezone(timedelta(hours=2)))
FORMATS = [
    "YYYY-MM-DDTHH:mm:ss",
    "YYYY-MM-DD",
    "D.M.YYYY",
    "YYYY-MM",
    "YYYY",
    "MMMM Do, YYYY h:mm A",
    "YYYY-MM-DD HH:mm:ss.SSSZZ",
    "YYYY-DDDD",
    "W",
]
# Formats that do not tell a moment from one a year, a month or a day later.
PARTIAL_FORMATS = ["HH:mm", "MM-DD", "DD", "YYYY DD", "hh:mm", "dddd"]

randoms = st.randoms(use_true_random=False)
moments = st.datetimes(min_value=datetime(1500, 1, 1), max_value=datetime(2900, 1, 1), timezones=st.just(UTC))


def write(moment: datetime, format: str) -> str:
    return arrow.get(moment).format(format)


@given(randoms)
def test_strings(random: Random) -> None:
    """A random string has 32 letters and digits and starts with a letter."""
    assert re.fullmatch("[a-f][0-9a-f]{31}", generators.rand_string(random))


@given(randoms)
def test_numbers(random: Random) -> None:
    """Random integers and floats are of their type and from 0 to 99."""
    integer, number = generators.rand_int(random), generators.rand_float(random)
    assert type(integer) is int
    assert 0 <= integer <= 99
    assert type(number) is float
    assert 0 <= number <= 99


@given(randoms)
def test_uuids(random: Random) -> None:
    """A random UUID is of version 4 and in its usual notation."""
    text = generators.uuid4(random)
    assert UUID(text).version == 4
    assert str(UUID(text)) == text


@given(st.lists(st.integers(), min_size=1), randoms)
def test_choice(values: list[int], random: Random) -> None:
    """One of several values is one of them."""
    assert generators.one_of(values, random) in values


def test_choice_of_nothing() -> None:
    """Nothing can be chosen from an empty list."""
    with pytest.raises(BadValue, match="values to choose from is empty"):
        generators.one_of([], Random(1))


def test_seed_repeats_itself() -> None:
    """The same source of randomness gives the same values, another one others."""
    first, again, other = (generators.rand_string(Random(seed)) for seed in (1, 1, 2))
    assert first == again != other


def test_now() -> None:
    """The clock is written in its own time zone, in UTC, and in UTC an hour earlier."""
    format = "YYYY-MM-DDTHH:mm:ss"
    assert generators.now(CLOCK, format) == "2024-05-03T01:30:00"
    assert generators.utcnow(CLOCK, format) == "2024-05-02T23:30:00"
    assert generators.utcnow(CLOCK, format, generators.span("-1 hour")) == "2024-05-02T22:30:00"


@given(randoms, st.sampled_from(FORMATS))
def test_random_date(random: Random, format: str) -> None:
    """A random date can be read back in its format and is from 1970 to 2037."""
    assert 1970 <= read(generators.rand_date(format, random), format).isocalendar().year <= 2037


@given(moments, randoms, st.sampled_from(FORMATS))
@settings(max_examples=min(40, settings.default.max_examples))  # each reads and writes many dates
def test_date_after(moment: datetime, random: Random, format: str) -> None:
    """A date after another is later than it, read back in its format."""
    start = write(moment, format)
    assert read(generators.date_after(start, format, random), format) > read(start, format)


@given(moments, randoms, st.sampled_from(FORMATS))
@settings(max_examples=min(40, settings.default.max_examples))  # each reads and writes many dates
def test_date_before(moment: datetime, random: Random, format: str) -> None:
    """A date before another is earlier than it, read back in its format."""
    end = write(moment, format)
    assert read(generators.date_before(end, format, random), format) < read(end, format)


@given(moments, randoms, st.sampled_from(PARTIAL_FORMATS))
def test_dates_in_partial_formats(moment: datetime, random: Random, format: str) -> None:
    """Where a format leaves out the year or the day, a date still keeps its bounds, or there is none."""
    base = write(moment, format)
    try:
        assert read(generators.date_after(base, format, random), format) > read(base, format)
    except BadValue as error:
        assert "can be written in the format" in error.problem


@given(moments, moments, randoms, st.sampled_from(FORMATS + PARTIAL_FORMATS))
@settings(max_examples=min(40, settings.default.max_examples))  # each reads and writes many dates
def test_date_between(one: datetime, other: datetime, random: Random, format: str) -> None:
    """A date between two others is never beyond them."""
    start, end = sorted((write(one, format), write(other, format)), key=lambda text: read(text, format))
    found = read(generators.date_between(start, end, format, random), format)
    assert read(start, format) <= found <= read(end, format)


@given(moments, randoms, st.sampled_from([format for format in FORMATS if format != "W"]))
def test_date_between_with_room(moment: datetime, random: Random, format: str) -> None:
    """Where there is room between two dates, neither of them is the result."""
    start, end = write(moment, format), write(moment + timedelta(days=800), format)
    assert read(start, format) < read(generators.date_between(start, end, format, random), format) < read(end, format)


@given(randoms)
def test_date_between_with_room_for_one(random: Random) -> None:
    """Between two days with one day between them is that day, whatever is drawn."""
    assert generators.date_between("2024-02-28", "2024-03-01", "YYYY-MM-DD", random) == "2024-02-29"


@pytest.mark.parametrize("end", ["2024-02-28", "2024-02-29"])
def test_date_between_without_room(end: str) -> None:
    """Between a day and itself, or the next one, is the first of them."""
    assert generators.date_between("2024-02-28", end, "YYYY-MM-DD", Random(1)) == "2024-02-28"


def test_dates_at_the_ends_of_the_calendar() -> None:
    """The first and the last day that can be told have nothing before and after them."""
    assert generators.date_after("9999-12-30", "YYYY-MM-DD", Random(1)) == "9999-12-31"
    assert generators.date_before("0001-01-02", "YYYY-MM-DD", Random(1)) == "0001-01-01"
    with pytest.raises(BadValue, match="No date later than 9999-12-31 can be written in the format YYYY-MM-DD"):
        generators.date_after("9999-12-31", "YYYY-MM-DD", Random(1))
    with pytest.raises(BadValue, match="No date earlier than 0001-01-01"):
        generators.date_before("0001-01-01", "YYYY-MM-DD", Random(1))


def test_last_minute_of_a_day() -> None:
    """A format of hours and minutes has nothing after the last minute, and one minute after the one before."""
    assert generators.date_after("23:58", "HH:mm", Random(1)) == "23:59"
    with pytest.raises(BadValue, match="No date later than 23:59"):
        generators.date_after("23:59", "HH:mm", Random(1))


@pytest.mark.parametrize("text", ["3.5.2024", "2024-13-01", "2023-02-29", "", "tomorrow"])
def test_date_of_another_format(text: str) -> None:
    """A date that is not of its format is named with the format and an example of it."""
    with pytest.raises(BadValue) as caught:
        generators.date_after(text, "YYYY-MM-DD", Random(1))
    assert caught.value.problem == f"{text} is not a date in the format YYYY-MM-DD"
    assert "Such a date looks like 2024-12-31" in caught.value.fix


@pytest.mark.parametrize(
    "bound", ["2015-03-17", "2015-03-17T00:00:00", "2015-03-17 00:00:00Z", "2015-03-17T02:00+02:00"]
)
@pytest.mark.parametrize("format", ["YYYY-MM-DDTHH:mm:ss", "DD.MM.YYYY", "YYYY", "x"])
def test_dates_in_iso_notation(bound: str, format: str) -> None:
    """A date that does not fit the format may be written as YYYY-MM-DD, whatever the format."""
    base = read("17.03.2015", "DD.MM.YYYY")
    assert read(generators.date_before(bound, format, Random(1)), format) < base
    assert read(generators.date_after(bound, format, Random(1)), format) > base


def test_dates_between_two_in_iso_notation() -> None:
    """Where nothing is between them, the earlier one is written in the format."""
    assert generators.date_between("2015-03-17", "2015-03-18", "DD.MM.YYYY", Random(1)) == "17.03.2015"
    assert generators.date_between("2015-03-17", "19.03.2015", "DD.MM.YYYY", Random(1)) == "18.03.2015"


@pytest.mark.parametrize("format", ["YYYY YYYY", "[(]YYYY", "YYY", "Q", "X-x"])
def test_formats_that_cannot_be_read(format: str) -> None:
    """A format that Arrow cannot read dates in is an error and no traceback."""
    with pytest.raises(BadValue):
        generators.date_before("2024 2024", format, Random(1))


def test_dates_that_arrow_cannot_read_back() -> None:
    """A moment whose text cannot be read back, such as a long negative time stamp, is passed over."""
    assert read(generators.date_before("0", "x", Random(1)), "x") < read("0", "x")


def test_time_stamps() -> None:
    """Time stamps in microseconds are dates like others, as far as Arrow reads them."""
    after = generators.date_after("1714700000000000", "x", Random(1))
    assert 1714700000000000 < int(after) < 1714700000000000 + 3652 * 86_400 * 1_000_000


def test_start_after_end() -> None:
    """There is no date between a later and an earlier one."""
    with pytest.raises(BadValue, match="2024-02-02 is later than 2024-02-01"):
        generators.date_between("2024-02-02", "2024-02-01", "YYYY-MM-DD", Random(1))


def test_import_is_cheap() -> None:
    """Importing the generators imports neither Arrow nor the modules for UUIDs."""
    code = "import sys, apitest.language.generators; print({'arrow', 'uuid', 'random'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_bounds_the_wrong_way_round() -> None:
    """No integer is between them."""
    assert rand_int(Random(1), 5, 5) == 5
    with pytest.raises(BadValue, match="6 is greater than 5"):
        rand_int(Random(1), 6, 5)


@pytest.mark.parametrize("text", ["", "soon", "2", "days 2 x", "2 daysx"])
def test_what_is_not_a_time_span(text: str) -> None:
    """With how to write one."""
    with pytest.raises(BadValue, match="is not a time span"):
        span(text)


def test_the_calendar_ends() -> None:
    """A span that is longer than it, and a date that would be outside it, are told."""
    with pytest.raises(BadValue, match="longer than the calendar"):
        span("999999999999 days")
    with pytest.raises(BadValue, match="No date is"):
        later_by(datetime(9999, 12, 31), timedelta(days=1))


def test_a_date_is_moved_in_its_format() -> None:
    """Forwards and back, over the ends of months."""
    assert moved("2026-01-31", span("1 day"), "YYYY-MM-DD") == "2026-02-01"
    assert moved("01.03.2026", span("-1 day"), "DD.MM.YYYY") == "28.02.2026"
