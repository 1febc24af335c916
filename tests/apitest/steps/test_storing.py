"""What is stored of a subject."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play


def test_values_parts_and_defaults(play: Play) -> None:
    """A value keeps its type, a part is text, and a default stands for what is not there."""
    answers_json(play, {"n": 5, "t": "order 17 of 20", "l": [1]})
    play(
        'I store path "/n" under "n"',
        'I store path "/t" matching "[0-9]+" under "first"',
        'I store path "/t" matching "of ([0-9]+)" under "last"',
        'I store path "/x" under "x", default "none"',
        'I store path "/l" under "l"',
    )
    stored = play.zato.user_ctx
    assert [stored[name] for name in ("n", "first", "last", "x", "l")] == [5, "17", "20", "none", [1]]


def test_what_cannot_be_stored(play: Play) -> None:
    """What is not there, and what does not match, fails; a pattern that says nothing is refused."""
    answers_json(play, {"t": "x"})
    for line in ('I store path "/x" under "a"', 'I store path "/t" matching "[0-9]" under "a"'):
        with pytest.raises(CheckFailed):
            play(line)
    with pytest.raises(BadValue):
        play('I store path "/t" matching "" under "a"')
