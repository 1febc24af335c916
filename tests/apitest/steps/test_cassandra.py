"""Sentences about CQL that never reach a node; features/databases shows the others on one."""

import pytest

from apitest.errors import BadValue
from tests.apitest.steps.playing import Play


@pytest.mark.parametrize(
    "sentence",
    [
        'CQL "SELECT 1" is executed, using "nothing"',
        'I delete from Cassandra table "t" where "id = 1", using "nothing"',
        'I delete from Cassandra table "t" where "id", using "nothing"',
    ],
)
def test_mistakes(play: Play, sentence: str) -> None:
    """A connection that was never opened, and a condition that is not one, are mistakes in the test's text."""
    with pytest.raises(BadValue):
        play(sentence)
