"""Sentences about the type, the parts, the size and the bounds of a stored value."""

from typing import Any

import pytest

from apitest.errors import CheckFailed
from tests.apitest.steps.playing import Play

TYPES: dict[str, Any] = {
    "string": "Maria",
    "integer": 5,
    "float": 1.5,
    "Boolean": True,
    "list": [],
    "dict": {},
    "UUID4": "8f8a3c1e-5d2b-4c7f-9a66-0f6f5a0b7c11",
}
VALUES: dict[str, Any] = {
    "id": "c232ab00-9414-11ec-b3c8-9f6bdeced846",
    "text": "ORD-0017.pdf",
    "int": 17,
    "digits": "17",
    "day": "2026-02-28",
    "list": ["red", 5],
    "dict": {"a": 1},
}

SENTENCES = [
    ('variable "#id" is a uuid', 'variable "#text" is a uuid'),
    ('variable "#day" is a date "YYYY-MM-DD"', 'variable "#text" is a date "YYYY-MM-DD"'),
    ('variable "#list" contains "red"', 'variable "#list" contains "blue"'),
    ('variable "#list" does not contain "blue"', 'variable "#list" does not contain "red"'),
    ('variable "#text" starts with "ORD"', 'variable "#text" starts with "ord"'),
    ('variable "#text" does not start with "ord"', 'variable "#text" does not start with "ORD"'),
    ('variable "#text" ends with "pdf"', 'variable "#text" ends with "PDF"'),
    ('variable "#text" does not end with "exe"', 'variable "#text" does not end with "pdf"'),
    ('variable "#text" matches "^ORD"', 'variable "#text" matches "^[0-9]"'),
    ('variable "#text" does not match "^[0-9]"', 'variable "#text" does not match "[0-9]"'),
    ('variable "#int" is greater than "16"', 'variable "#int" is greater than "17"'),
    ('variable "#digits" is less than "18"', 'variable "#text" is less than "18"'),
    ('variable "#int" is at least "17"', 'variable "#int" is at least "18"'),
    ('variable "#int" is at most "17"', 'variable "#digits" is at most "16"'),
    ('variable "#int" is between "1" and "17"', 'variable "#int" is between "1" and "16"'),
    ('variable "#list" has "2" elements', 'variable "#dict" has "2" elements'),
    ('variable "#dict" has length "1"', 'variable "#int" has length "1"'),
    ('variable "#dict" has at least "1" elements', 'variable "#dict" has at least "2" elements'),
    ('variable "#dict" has at most "1" elements', 'variable "#dict" has at most "0" elements'),
]


def test_sentences_hold_or_fail(play: Play, subtests: pytest.Subtests) -> None:
    """Each sentence passes where it holds, contracted, too, and fails where it does not."""
    for holds, fails in SENTENCES:
        with subtests.test(holds):
            play.zato.user_ctx.update(VALUES)
            play("Then " + holds, "Then " + holds.replace("does not", "doesn't"))
            for sentence in (fails, fails.replace("does not", "doesn't")):
                with pytest.raises(CheckFailed) as caught:
                    play("Then " + sentence)
                assert caught.value.where.startswith("variable ")


def test_any_value_of_a_type(play: Play, subtests: pytest.Subtests) -> None:
    """A type is that of one of these values and, a UUID being a text, of no other."""
    for kind in list(TYPES):
        with subtests.test(kind):
            play.zato.user_ctx.update(TYPES)
            play(f'Then variable "#{kind}" is any {kind}')
            for other in set(TYPES) - {kind, "UUID4"}:
                with pytest.raises(CheckFailed):
                    play(f'Then variable "#{other}" is any {kind}')


def test_an_integer_in_digits_is_a_text(play: Play) -> None:
    """What kind of value a variable holds is what was stored."""
    play('I store "5" under "n"', 'variable "#n" is any string')
    with pytest.raises(CheckFailed):
        play('variable "#n" is any integer')
