"""Each, any and none of the items."""

import pytest

from apitest.errors import CheckFailed
from tests.apitest.steps.answers import answers_json, answers_xml
from tests.apitest.steps.playing import Play


def test_all_items_that_fail_are_told(play: Play) -> None:
    """Of several items that fail each is told, up to five; of one, its own failure."""
    answers_json(play, {"l": [1, "2", 3], "m": list(range(9)), "o": [{"id": 1}]})
    with pytest.raises(CheckFailed) as caught:
        play('each item of path "/l" is any integer')
    assert caught.value.where == "item 1 of path /l of the response"
    with pytest.raises(CheckFailed) as caught:
        play('each item of path "/m" is greater than "6"')
    assert caught.value.problem == "7 of 9 items fail"
    assert caught.value.diff[-1] == "  … 2 more"
    play('each item of path "/o" contains "{"id": 1}"', 'any item of path "/l" is "2"', 'no item of path "/l" is "5"')


def test_no_items(play: Play) -> None:
    """A list without items fails each of the three, and so does what is not a list."""
    answers_json(play, {"l": [], "s": "x"})
    for how in ("each", "any", "no"):
        with pytest.raises(CheckFailed, match="There are no items"):
            play(f'{how} item of path "/l" is "x"')
        with pytest.raises(CheckFailed, match="not a list"):
            play(f'{how} item of path "/s" is "x"')


def test_nodes_of_an_xpath_are_items(play: Play) -> None:
    """What is said of each item of an XPath is said of each node."""
    answers_xml(play, "<a><b>1</b><b>2</b></a>")
    play('each item of XPath "//b" is at least "1"', 'any item of XPath "//b" is an integer "2"')
    with pytest.raises(CheckFailed):
        play('no item of XPath "//b" is "2"')
