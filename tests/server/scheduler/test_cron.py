"""Tests of apitest_server.scheduler.cron."""

import re

import pytest

from apitest_server.scheduler.cron import for_apscheduler, written_out


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ("0", "sun"),
        ("1", "mon"),
        ("7", "sun"),
        ("1-5", "mon,tue,wed,thu,fri"),
        ("5-7", "sun,fri,sat"),
        ("fri-sun", "sun,fri,sat"),
        ("0-0", "sun"),
        ("SUN,3", "sun,wed"),
        ("*/2", "sun,tue,thu,sat"),
        ("2/3", "tue,fri"),
        ("1-6/2", "mon,wed,fri"),
        ("*", "*"),
    ],
)
def test_a_week_of_crontab_begins_with_sunday(given: str, days: str) -> None:
    """Numbers, names, ranges, lists and steps."""
    assert for_apscheduler(f"0 9 * * {given}") == (f"0 9 * * {days}",)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("8", "`8` is not a weekday"),
        ("monday", "`monday` is not a weekday"),
        ("1-", "`1-` is not a weekday"),
        ("5-1", "`5-1` is not a range of weekdays"),
        ("*/0", "`*/0` is not a range of weekdays"),
    ],
)
def test_what_is_not_a_weekday_is_refused(given: str, problem: str) -> None:
    """With the part that is wrong."""
    with pytest.raises(ValueError, match=re.escape(problem)):
        for_apscheduler(f"0 9 * * {given}")


def test_short_definitions_are_written_out() -> None:
    """All others stay as they are."""
    assert written_out(" @hourly ") == "0 * * * *"
    assert for_apscheduler("@Weekly") == ("0 0 * * sun",)
    assert written_out("*/5 * * * 1") == "*/5 * * * 1"
    assert for_apscheduler("every day") == ("every day",)
    with pytest.raises(ValueError, match="`@often` is not one of @yearly"):
        written_out("@often")


def test_days_and_weekdays_together_are_either_of_them() -> None:
    """As crontab has it, where a field that begins with a star counts as every day."""
    assert for_apscheduler("0 9 1,15 6 1") == ("0 9 1,15 6 *", "0 9 * 6 mon")
    assert for_apscheduler("0 9 */2 * 1") == ("0 9 */2 * mon",)
    assert for_apscheduler("0 9 1 * *") == ("0 9 1 * *",)
