from datetime import datetime

import pytest

from apitest.compat import dates


@pytest.mark.parametrize("base", ["2030-05-01", "1 May 2030", "2030-05-01T00:00:00"])
def test_random_dates_are_on_their_side(base: str) -> None:
    """Whatever way a date is written in, later ones are later and earlier ones are earlier."""
    assert dates.date_after(base, "YYYY-MM-DD") > "2030-05-01"
    assert "2030-05-01" < dates.date_after(base, "YYYY-MM-DD", limit=3) <= "2030-05-04"
    assert "2030-04-28" <= dates.date_before(base, "YYYY-MM-DD", 3) < "2030-05-01"
    assert dates.date_before(datetime(2030, 5, 1), "YYYY-MM-DD", needs_parse=False) < "2030-05-01"


def test_dates_between_others() -> None:
    """Whichever of the two comes first."""
    for start, end in (("2030-01-01", "2030-02-01"), ("2030-02-01", "2030-01-01")):
        assert "2030-01-01" <= dates.date_between(start, end, "YYYY-MM-DD") <= "2030-02-01"


def test_a_date_beyond_the_calendar_is_the_date_itself() -> None:
    """There is no year 10000."""
    assert dates.date_after("9999-12-31", "YYYY-MM-DD") == "9999-12-31"


def test_now_in_three_ways() -> None:
    """Local time, UTC, and UTC an hour ago."""
    read = datetime.fromisoformat
    before, after = dates.utcnow_minus_hour("YYYY-MM-DDTHH:mm:ssZZ"), dates.utcnow("YYYY-MM-DDTHH:mm:ssZZ")
    assert 3600 <= (read(after) - read(before)).total_seconds() < 3630
    assert abs((read(dates.now("YYYY-MM-DDTHH:mm:ssZZ")) - read(after)).total_seconds()) < 30
