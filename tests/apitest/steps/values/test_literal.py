"""Values that a sentence gives."""

import pytest

from apitest.errors import BadValue
from tests.apitest.steps.playing import Play


def test_types(play: Play, subtests: pytest.Subtests) -> None:
    """A value has the type that the sentence says."""
    for value, stored in [
        ('"5"', "5"),
        ('"#n"', 5),
        ('a string "#n"', "5"),
        ('an integer "5"', 5),
        ('a float "1.50"', 1.5),
        ('a list "a,b"', ["a", "b"]),
        ('JSON "{"a": [null]}"', {"a": [None]}),
        ('"(1, None)" (with literal_eval)', (1, None)),
        ("True", True),
        ("False", False),
        ("null", None),
    ]:
        with subtests.test(value):
            play.zato.user_ctx["n"] = 5
            play(f'I store {value} under "v"')
            assert play.zato.user_ctx["v"] == stored and type(play.zato.user_ctx["v"]) is type(stored)


def test_doc_strings(play: Play) -> None:
    """Text and JSON may stand below the step, their variables replaced."""
    play.zato.user_ctx.update(flag=True, name='a "b"')
    play.step('I store text under "t"', text="Dear #{name}")
    play.step('I store JSON under "j"', text='{"flag": #{flag}, "name": "#{name}"}')
    assert play.zato.user_ctx["t"] == 'Dear a "b"'
    assert play.zato.user_ctx["j"] == {"flag": True, "name": 'a "b"'}


def test_what_has_another_type(play: Play) -> None:
    """A value that is not of its type is refused."""
    for value in ('an integer "5.0"', 'JSON "{"', '"x y" (with literal_eval)'):
        with pytest.raises(BadValue):
            play(f'I store {value} under "v"')
