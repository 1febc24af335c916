"""apitest.language.dates: dates from texts."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from apitest.language.dates import iso, read


def test_a_text_is_read_in_its_format_as_a_whole() -> None:
    """Nothing may stand around a date, not even in a format with words of its own."""
    assert read("31.01.2026", "DD.MM.YYYY") == datetime(2026, 1, 31, tzinfo=UTC)
    assert read("on 2026", "[on] YYYY") == datetime(2026, 1, 1, tzinfo=UTC)
    for text in ("x 31.01.2026", "31.01.2026 x", "31.01.2026\n", ""):
        with pytest.raises((ValueError, re.error)):
            read(text, "DD.MM.YYYY")


def test_29_february_is_read_without_a_year() -> None:
    """A format without a year has all days that any year has."""
    assert read("02-29", "MM-DD").strftime("%m-%d") == "02-29"
    assert read("on 29 Feb", "[on] D MMM") < read("on 1 Mar", "[on] D MMM")
    with pytest.raises(ValueError):
        read("02-30", "MM-DD")


def test_time_stamps_are_read() -> None:
    """Seconds and milliseconds since 1970 are read; white space around them is not."""
    assert read("1714700000", "X") == datetime(2024, 5, 3, 1, 33, 20, tzinfo=UTC)
    with pytest.raises(ValueError):
        read("1714700000\n", "X")


def test_iso_notation() -> None:
    """ISO 8601 needs year, month and day; a zone that is not told is UTC."""
    assert iso("2026-01-31") == datetime(2026, 1, 31, tzinfo=UTC)
    assert iso("2026-01-31T10:00:00+02:00") == datetime(2026, 1, 31, 10, tzinfo=timezone(timedelta(hours=2)))
    assert [iso(text) for text in ("2026", "20260131", "2026-02-30", "2026-01-31 x", "2026-01-31\n", "x")] == [None] * 6
