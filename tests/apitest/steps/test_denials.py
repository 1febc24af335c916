"""What must never be so, where the opposite of a predicate has no name."""

import pytest

from apitest.errors import CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play

NEVER = 'never within "0" seconds '


@pytest.fixture
def shop(play: Play) -> Play:
    """A scenario with a response."""
    document = {"n": 5, "text": "5", "word": "abc", "items": [1, 2, 9], "none": [], "flag": True, "null": None}
    answers_json(play, document)
    play.zato.answered(play.zato.response, lambda: play.zato.response)
    return play


@pytest.mark.parametrize(
    "check",
    [
        'path "/n" is "6"',
        'path "/n" is an integer "6"',
        'path "/n" is greater than "5"',
        'path "/n" is at least "6"',
        'path "/n" is between "6" and "7"',
        'path "/word" contains "x"',
        'path "/word" is any integer',
        'path "/lost" exists',
        'path "/items" has "2" elements',
        'path "/items" is sorted in descending order',
        'any item of path "/items" is an integer "3"',
        'each item of path "/items" is less than "9"',
        'each item of path "/items" is between "1" and "8"',
        'no item of path "/items" is an integer "9"',
        'path "/word" is not "abc"',
    ],
)
def test_what_is_not_so(shop: Play, check: str) -> None:
    """A check that does not hold, of something that it could hold of, is never so."""
    shop(f"{NEVER}{check}")


@pytest.mark.parametrize(
    ("check", "problem"),
    [
        ('path "/n" is "5"', "other than"),
        ('path "/text" is "5"', "other than"),
        ('path "/lost" is "5"', "lost"),
        ('path "/lost" is any integer', "lost"),
        ('path "/n" exists', "must not exist"),
        ('path "/text" is between "6" and "7"', "not a number"),
        ('path "/flag" is between "6" and "7"', "not a number"),
        ('path "/text" is greater than "5"', "number"),
        ('path "/n" has "2" elements', "no size"),
        ('path "/n" is between "5" and "7"', "must not be so"),
        ('path "/items" has "3" elements', "must not be so"),
        ('any item of path "/items" is an integer "9"', "must not be so"),
        ('any item of path "/none" is an integer "9"', "no items"),
        ('each item of path "/items" is at most "9"', "None of 3 items"),
        ('each item of path "/items" is between "1" and "9"', "None of 3 items"),
        ('no item of path "/items" is an integer "8"', "None of 3 items"),
    ],
)
def test_what_is_so_or_cannot_be_told(shop: Play, check: str, problem: str) -> None:
    """A check that holds, and one of what is not there or not of its kind, fails what must never be."""
    with pytest.raises(CheckFailed, match=problem):
        shop(f"{NEVER}{check}")
