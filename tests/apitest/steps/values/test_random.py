"""Sentences that put made-up values into the JSON of the request."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from apitest.errors import BadValue
from tests.apitest.steps.playing import Play

DAYS = "YYYY-MM-DD"


def made(play: Play, words: str, wording: str = "path") -> Any:
    play('request is "{}"', f'{wording} "/a" in request {words}')
    return play.zato.request.data_impl["a"]


@pytest.mark.parametrize("wording", ["path", "JSON Pointer"])
def test_random_values_have_their_types(play: Play, wording: str) -> None:
    """Random texts start with a letter; integers and floats are from 0 to 99; UUIDs are of version 4."""
    text = made(play, "is a random string", wording)
    assert isinstance(text, str)
    assert text[0].isalpha()
    assert type(made(play, "is a random integer", wording)) is int
    assert 0 <= made(play, "is a random float", wording) <= 99
    assert UUID(made(play, "is a UUID4", wording)).version == UUID(made(play, "is a UUID", wording)).version == 4
    assert made(play, 'is one of "a, b"', wording) in ("a", "b")


def test_values_repeat_with_the_seed(play: Play) -> None:
    """The run's own source of randomness is used, so that a seed repeats a run."""
    play.run.random.seed(5)
    first = [made(play, "is a random string"), made(play, "is a random integer"), made(play, "is a UUID4")]
    play.run.random.seed(5)
    assert [made(play, words) for words in ("is a random string", "is a random integer", "is a UUID4")] == first


def test_the_time_is_that_of_the_clock(play: Play) -> None:
    """Now, UTC now and an hour before it lie between the moments before and after the step."""
    play('date format "precise" "YYYY-MM-DDTHH:mm:ss.SSSSSSZZ"')
    for words, ago in (
        ('is now "precise"', timedelta()),
        ('is UTC now "precise"', timedelta()),
        ('is UTC now "precise" minus one hour', timedelta(hours=1)),
    ):
        before = datetime.now(UTC)
        moment = datetime.fromisoformat(made(play, words))
        assert before <= moment + ago <= datetime.now(UTC)


def test_a_format_is_a_label_or_itself(play: Play) -> None:
    """Every project knows the label default; other formats are labelled or written out."""
    assert datetime.fromisoformat(made(play, 'is UTC now "default"')).tzinfo is None
    play('date format "year" "YYYY"')
    assert made(play, 'is UTC now "year"') == made(play, 'is UTC now "YYYY"')


@pytest.mark.parametrize("wording", ["path", "JSON Pointer"])
def test_random_dates_keep_their_bounds(play: Play, wording: str) -> None:
    """Dates are made after, before and between others of their format."""
    assert len(made(play, f'is a random date "{DAYS}"', wording)) == len("2026-01-01")
    assert made(play, f'is a random date after "2026-01-31" "{DAYS}"', wording) > "2026-01-31"
    assert made(play, f'is a random date before "2026-01-31" "{DAYS}"', wording) < "2026-01-31"
    between = made(play, f'is a random date between "2026-01-01" and "2026-01-03" "{DAYS}"', wording)
    assert between == "2026-01-02"


def test_a_bound_that_is_no_date_is_told(play: Play) -> None:
    """A bound has to be a date of the format."""
    with pytest.raises(BadValue, match="not a date"):
        made(play, f'is a random date after "tomorrow" "{DAYS}"')
