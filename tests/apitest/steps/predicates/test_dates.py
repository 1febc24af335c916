"""Predicates: dates; tests/trust has the rows for every subject."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.playing import Play


def test_now(play: Play) -> None:
    """The word now is this moment, and a label stands for a format."""
    play('I store UTC now under "t", format "YYYY-MM-DDTHH:mm:ssZZ"', 'date format "day" "DD.MM.YYYY"')
    play('variable "t" is a date within "60" seconds of "now"', 'variable "t" is a date after "2020-01-01"')
    play('I store "31.01.2026" under "d"', 'variable "d" is a date "day"')
    with pytest.raises(CheckFailed, match="not before"):
        play('variable "t" is a date before "2020-01-01"')


def test_what_is_not_a_date(play: Play) -> None:
    """A date of the sentence that is none is the test's mistake, whatever came."""
    play('I store "x" under "t"')
    for said in ('before "soon"', 'after "soon"', 'within "5" seconds of "soon"', 'within "soon" seconds of "now"'):
        with pytest.raises(BadValue):
            play(f'variable "t" is a date {said}')
