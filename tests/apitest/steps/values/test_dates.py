"""Values: dates and times."""

from datetime import UTC, datetime, timedelta

import pytest

from apitest.errors import BadValue
from tests.apitest.steps.playing import Play


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [
        ('the date "2026-01-31" plus "1 day"', "YYYY-MM-DD", "2026-02-01"),
        ('the date "2026-01-31" minus "2 weeks"', "DD.MM.", "17.01."),
        ('the date "31.01.2026" plus "36 hours"', "DD.MM.YYYY", "01.02.2026"),
        ('the date "2026-01-31T10:00:00Z" plus "1 hour 30 minutes"', "HH:mm", "11:30"),
    ],
)
def test_time_is_added(play: Play, value: str, format: str, text: str) -> None:
    """A date plus or minus a span is written in the format of the sentence."""
    play(f'I store {value} under "d", format "{format}"')
    assert play.zato.user_ctx["d"] == text


@pytest.mark.parametrize("clock", ["now", "UTC now"])
def test_time_is_added_to_the_clock(play: Play, clock: str) -> None:
    """What the clock shows, local or in UTC, can be so much later or earlier."""
    for sign, name in (("plus", "later"), ("minus", "earlier")):
        play(f'I store {clock} {sign} "36 hours" under "{name}", format "YYYY-MM-DDTHH:mm:ssZZ"')
    later, earlier = (datetime.fromisoformat(play.zato.user_ctx[name]) for name in ("later", "earlier"))
    assert timedelta(hours=72) <= later - earlier + timedelta(seconds=1) <= timedelta(hours=72, seconds=60)
    assert abs(datetime.now(UTC) + timedelta(hours=36) - later) < timedelta(minutes=1)


def test_what_is_not_a_span(play: Play, subtests: pytest.Subtests) -> None:
    """A span that cannot be read, or that no calendar has, is refused."""
    for span in ["", "soon", "5", "1 dy", "1 day ago", "99999999999 days"]:
        with subtests.test(span), pytest.raises(BadValue):
            play(f'I store UTC now plus "{span}" under "d", format "YYYY"')
