"""Predicates: lists; tests/trust has the rows for every subject."""

import pytest

from apitest.errors import CheckFailed
from tests.apitest.steps.playing import Play


def test_fields(play: Play) -> None:
    """An element is found by a field's name or path, whether it is a number or a text."""
    play('I store JSON "[{"id": 1, "n": {"s": "x"}}, {"id": "2"}]" under "l"')
    play(
        'variable "l" has an element whose "id" is "1"',
        'variable "l" has an element whose "id" is "2"',
        'variable "l" has an element whose "/n/s" is "x"',
        'variable "l" has no element whose "id" is "3"',
    )
    with pytest.raises(CheckFailed, match='No element must have id "1"'):
        play('variable "l" has no element whose "id" is "1"')
    with pytest.raises(CheckFailed, match="No element has x"):
        play('variable "l" has no element whose "x" is "1"')
