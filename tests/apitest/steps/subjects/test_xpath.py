"""Sentences about what an XPath finds in the XML of the response."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json, answers_xml
from tests.apitest.steps.playing import Play

DOCUMENT = """<?xml version="1.0"?>
<root xmlns:c="urn:cust"><c:name id="7">Maria</c:name><code>0</code><total>29.90</total><blank/>
<items><item>a</item><item>b</item></items></root>"""

SENTENCES = [
    ('XPath "//c:name" is "Maria"', 'XPath "//c:name" is "Anna"'),
    ('XPath "//c:name/@id" is "7"', 'XPath "//c:name/@id" is "8"'),
    ('XPath "//code" is "0"', 'XPath "//code" is "1"'),
    ('XPath "//c:name" is not "Anna"', 'XPath "//c:name" is not "Maria"'),
    ('XPath "//code" is an integer "0"', 'XPath "//code" is an integer "1"'),
    ('XPath "//code" is an integer "0"', 'XPath "//c:name" is an integer "0"'),
    ('XPath "//total" is a float "29.9"', 'XPath "//total" is a float "29.8"'),
    ('XPath "//total" is a float "29.9"', 'XPath "//blank" is a float "0"'),
    ('XPath "//blank" is empty', 'XPath "//code" is empty'),
    ('XPath "//code" is not empty', 'XPath "//blank" is not empty'),
    ('XPath "//code" is one of "0,1"', 'XPath "//code" is one of "1,2"'),
    ('XPath "//code" is not one of "1,2"', 'XPath "//code" is not one of "0,1"'),
    ('XPath "//item" exists', 'XPath "//nothing" exists'),
    ('XPath "//item" exists', "XPath \"//item = 'c'\" exists"),
    ('XPath "//nothing" does not exist', 'XPath "//item" does not exist'),
    ('XPath "//item" has "2" elements', 'XPath "//item" has "3" elements'),
    ('XPath "//nothing" has "0" elements', 'XPath "//item" has "0" elements'),
    ('XPath "//item" has at least "2" elements', 'XPath "//item" has at least "3" elements'),
    ('XPath "//item" has at most "2" elements', 'XPath "//item" has at most "1" elements'),
]


def test_sentences_hold_or_fail(play: Play, subtests: pytest.Subtests) -> None:
    """Each sentence passes where it holds, contracted, too, and fails where it does not."""
    for holds, fails in SENTENCES:
        with subtests.test(holds):
            answers_xml(play, DOCUMENT)
            play('namespace prefix "c" of "urn:cust"')
            for old, new in (("", ""), ("is not", "isn't"), ("does not", "doesn't")):
                play("Then " + holds.replace(old, new))
                with pytest.raises(CheckFailed):
                    play("Then " + fails.replace(old, new))


def test_something_has_to_be_found(play: Play, subtests: pytest.Subtests) -> None:
    """An XPath that finds nothing fails whatever is said of its text."""
    for sentence in ['is "x"', 'is not "x"', "is not empty", 'is not one of "x"', "is empty"]:
        with subtests.test(sentence):
            answers_xml(play, DOCUMENT)
            with pytest.raises(CheckFailed, match="finds nothing"):
                play(f'Then XPath "//nothing" {sentence}')


def test_a_failure_tells_what_and_where(play: Play) -> None:
    """A failure names the XPath, what was expected and what came."""
    answers_xml(play, DOCUMENT)
    with pytest.raises(CheckFailed) as caught:
        play('XPath "//code" is an integer "1"')
    assert caught.value.where == "XPath //code of the response"
    assert (caught.value.expected, caught.value.actual) == ("1", "0")


def test_prefixes_have_to_be_declared(play: Play) -> None:
    """A prefix that was not declared is the test's fault."""
    answers_xml(play, DOCUMENT)
    with pytest.raises(BadValue, match="not declared"):
        play('XPath "//c:name" is "Maria"')


def test_the_response_has_to_be_xml(play: Play) -> None:
    """A response that is not XML fails and says so."""
    answers_json(play, {})
    with pytest.raises(CheckFailed, match="not valid XML"):
        play('XPath "//a" exists')


def test_many_xpaths_are_checked(play: Play) -> None:
    """Each row is checked, and all mismatches are reported together."""
    answers_xml(play, DOCUMENT)
    headings = ["XPath", "check", "value"]
    play.step("Then XPaths are", table=[headings, ["//code", "is an integer", "0"], ["//item[1]", "", "a"]])
    with pytest.raises(CheckFailed, match="2 of 2 checks"):
        play.step("Then XPaths are:", table=[headings, ["//code", "", "1"], ["//item", "does not exist", ""]])


def test_a_name_in_a_default_namespace_is_never_counted_as_nothing(play: Play) -> None:
    """Where a name has a namespace that the XPath leaves out, no check of how many passes, and no default is stored."""
    answers_xml(play, '<r xmlns="urn:d"><a>1</a></r>')
    for line in (
        *('XPath "//a" has "0" elements', 'XPath "//a" has at most "5" elements'),
        'I store XPath "//a" under "x", default "none"',
    ):
        with pytest.raises(CheckFailed) as caught:
            play(line)
        assert 'namespace prefix "ns" of "urn:d"' in caught.value.fix
    play('XPath "//b" has "0" elements', 'XPath "//b" has at most "0" elements')
    play('I store XPath "//b" under "x", default "none"')
    assert play.zato.user_ctx["x"] == "none"
