"""Predicates: sizes; tests/trust has the rows for every subject."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_xml
from tests.apitest.steps.playing import Play


def test_nodes_are_counted(play: Play) -> None:
    """Of an XPath its nodes are counted, none of them as well."""
    answers_xml(play, "<a><b/><b/></a>")
    play('XPath "//b" has "2" elements', 'XPath "//c" has "0" elements', 'XPath "//b" has at most "2" elements')
    with pytest.raises(CheckFailed):
        play('XPath "//c" has at least "1" elements')
    with pytest.raises(BadValue):
        play('XPath "//b" has "two" elements')


def test_a_name_in_a_default_namespace_is_told(play: Play) -> None:
    """An element that only its namespace hides from an XPath may well exist."""
    answers_xml(play, '<a xmlns="urn:x"><password>1</password></a>')
    with pytest.raises(CheckFailed) as caught:
        play('XPath "//password" does not exist')
    assert "write ns:password" in caught.value.fix
    play('XPath "//secret" does not exist')
