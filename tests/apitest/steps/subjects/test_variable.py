"""Sentences about what a stored value is."""

from typing import Any

import pytest

from apitest.errors import CheckFailed
from tests.apitest.steps.playing import Play

VALUES: dict[str, Any] = {
    "text": "Maria",
    "digits": "5",
    "blank": "",
    "int": 5,
    "float": 1.5,
    "yes": True,
    "no": False,
    "said": "False",
    "null": None,
    "list": ["a", "b"],
    "csv": "a,b",
    "none": [],
    "dict": {"a": 1},
}

SENTENCES = [
    ('variable "#text" is "Maria"', 'variable "#int" is "5"'),
    ('variable "#int" is "#int"', 'variable "#int" is "#digits"'),
    ('variable "#text" is not "Anna"', 'variable "#text" is not "Maria"'),
    ('variable "#text" is a string "Maria"', 'variable "#int" is a string "5"'),
    ('variable "#int" is an integer "5"', 'variable "#int" is an integer "6"'),
    ('variable "#digits" is an integer "5"', 'variable "#text" is an integer "5"'),
    ('variable "#float" is a float "1.50"', 'variable "#float" is a float "1.6"'),
    ('variable "#digits" is a float "5"', 'variable "#text" is a float "5"'),
    ('variable "#list" is a list "a,b"', 'variable "#list" is a list "a"'),
    ('variable "#csv" is a list "a, b"', 'variable "#int" is a list "5"'),
    ('variable "#yes" is True', 'variable "#int" is True'),
    ('variable "#no" is False', 'variable "#yes" is False'),
    ('variable "#said" is False', 'variable "#text" is False'),
    ('variable "#null" is null', 'variable "#blank" is null'),
    ('variable "#blank" is not null', 'variable "#null" is not null'),
    ('variable "#blank" is empty', 'variable "#text" is empty'),
    ('variable "#text" is not empty', 'variable "#blank" is not empty'),
    ('variable "#none" is an empty list', 'variable "#list" is an empty list'),
    ('variable "#list" is not an empty list', 'variable "#none" is not an empty list'),
    ('variable "#dict" is JSON "{"a": 1}"', 'variable "#dict" is JSON "{"a": 2}"'),
    ('variable "#text" is one of "Anna,Maria"', 'variable "#text" is one of "Anna"'),
    ('variable "#text" is not one of "Anna"', 'variable "#text" is not one of "Anna,Maria"'),
]


def test_sentences_hold_or_fail(play: Play, subtests: pytest.Subtests) -> None:
    """Each sentence passes where it holds, contracted, too, and fails where it does not."""
    for holds, fails in SENTENCES:
        with subtests.test(holds):
            play.zato.user_ctx.update(VALUES)
            play("Then " + holds, "Then " + holds.replace("is not", "isn't"))
            for sentence in (fails, fails.replace("is not", "isn't")):
                with pytest.raises(CheckFailed) as caught:
                    play("Then " + sentence)
                assert caught.value.where.startswith("variable ")


def test_what_was_stored_as_digits_can_be_checked_as_a_number(play: Play) -> None:
    """A plain value is stored as text, and its text is read where a number is asked for."""
    play('I store "123" under "n"', 'variable "#n" is an integer "123"', 'variable "#n" is a string "123"')
