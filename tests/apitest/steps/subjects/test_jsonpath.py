"""JSONPaths of the response."""

import pytest

from apitest.errors import CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play


@pytest.fixture
def items(play: Play) -> Play:
    answers_json(play, {"a": [{"n": "x"}, {"n": "y"}], "b": []})
    play.zato.user_ctx.update(index=1, path="$.a[0].n")
    return play


def test_one_value_or_a_list(items: Play) -> None:
    """A path of names and indices is the value; any other is the list of all that it finds."""
    items(
        'JSONPath "$.a[0].n" is "x"',
        'JSONPath "$.a[*].n" is a list "x,y"',
        'JSONPath "$.a[*].n" has "2" elements',
        'JSONPath "$..z" has "0" elements',
        'JSONPath "$.a[#{index}].n" is "y"',
        'JSONPath "#path" is "x"',
    )


def test_negative_checks_look_at_every_value(items: Play) -> None:
    """A check that something is not so fails if it is so for the list or for one of its elements."""
    items('JSONPath "$.a[*].n" is not "z"')
    for said in ('is not "y"', 'does not contain "x"', 'is not one of "y,z"'):
        with pytest.raises(CheckFailed):
            items(f'JSONPath "$.a[*].n" {said}')
    with pytest.raises(CheckFailed, match="finds nothing"):
        items('JSONPath "$..z" is not "x"')
