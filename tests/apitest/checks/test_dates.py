"""apitest.checks.dates: formats, and when dates are."""

from datetime import UTC, datetime, timedelta

import pytest

from apitest.checks import dates
from apitest.checks.dates import moment
from apitest.errors import BadValue, CheckFailed

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_a_date_is_all_of_its_text() -> None:
    """A date in a format has nothing around it; the failure shows what one looks like."""
    dates.is_date("31.01.2026", "DD.MM.YYYY", "here")
    for text in ("31.01.2026 ", " 31.01.2026", "31.01.2026\n", "on 31.01.2026", "2026-01-31"):
        with pytest.raises(CheckFailed) as caught:
            dates.is_date(text, "DD.MM.YYYY", "here")
        assert (caught.value.where, caught.value.expected) == ("here", 'a date such as "31.12.2024"')


def test_time_stamps() -> None:
    """A time stamp is a date in Arrow's formats of them."""
    dates.is_date("1714700000", "X", "here")
    with pytest.raises(CheckFailed):
        dates.is_date("1714700000\n", "X", "here")


def test_before_and_after() -> None:
    """A date is before or after another one, and the same moment is neither, whatever its time zone."""
    dates.compare("2026-01-31T11:59:59Z", "before", NOON, "here")
    dates.compare("2026-01-31T12:00:01Z", "after", NOON, "here")
    for relation in ("before", "after"):
        with pytest.raises(CheckFailed, match=f"not {relation} the other one"):
            dates.compare("2026-01-31T13:00:00+01:00", relation, NOON, "here")


def test_near() -> None:
    """A date at the very end of the span is near, the next second is not; a negative span is refused."""
    dates.is_near("2026-01-31T12:01:00Z", timedelta(minutes=1), NOON, "here")
    dates.is_near("2026-01-31T12:00:00Z", timedelta(), NOON, "here")
    with pytest.raises(CheckFailed) as caught:
        dates.is_near("2026-01-31T11:58:59Z", timedelta(minutes=1), NOON, "here")
    assert caught.value.actual == '"2026-01-31T11:58:59Z", 61 seconds from it'
    with pytest.raises(BadValue):
        dates.is_near("2026-01-31", timedelta(seconds=-1), NOON, "here")


def test_dates_of_sentences_are_in_iso_notation() -> None:
    """What a sentence gives is a date in ISO 8601 notation, in UTC where no zone is told."""
    assert dates.given("2026-01-31T12:00:00") == NOON
    with pytest.raises(BadValue, match=r"31\.01\.2026"):
        dates.given("31.01.2026")


@pytest.mark.parametrize("text", ["soon", "2026-13-01", ""])
def test_what_is_not_a_date_is_told(text: str) -> None:
    """With the notation that is expected."""
    with pytest.raises(CheckFailed, match="is not a date in ISO 8601 notation"):
        moment(text, "here")
