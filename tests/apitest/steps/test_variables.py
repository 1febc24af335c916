"""Sentences that store values."""

import base64
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json, answers_xml
from tests.apitest.steps.playing import Play


def stored(play: Play, line: str, text: str | None = None) -> Any:
    play.step(line, text=text)
    return play.zato.user_ctx["x"]


def test_values_are_stored(play: Play, subtests: pytest.Subtests) -> None:
    """A value has the type that is said; a plain one is a text."""
    for words, value in [
        ('"Maria"', "Maria"),
        ('"5"', "5"),
        ('""', ""),
        ('an integer "5"', 5),
        ('JSON "{"a": [1, true]}"', {"a": [1, True]}),
    ]:
        with subtests.test(words):
            assert repr(stored(play, f'Given I store {words} under "x"')) == repr(value)


def test_a_variable_is_stored_with_its_type(play: Play) -> None:
    """The value of another variable keeps its type, and later changes of the one leave the other as it is."""
    play.zato.user_ctx["a"] = {"n": [1]}
    copy = stored(play, 'Given I store "#a" under "x"')
    assert copy == {"n": [1]}
    copy["n"].append(2)
    assert play.zato.user_ctx["a"] == {"n": [1]}


def test_doc_strings_are_stored(play: Play) -> None:
    """A doc string is stored as text or as JSON, its variables replaced."""
    play.zato.user_ctx["n"] = 5
    assert stored(play, 'Given I store text under "x"', text="Dear #{n},\nhello") == "Dear 5,\nhello"
    assert stored(play, 'Given I store JSON under "x"', text='{"n": #{n}}') == {"n": 5}
    with pytest.raises(BadValue, match="doc string"):
        play('I store text under "x"')


def test_random_values_are_stored(play: Play) -> None:
    """Random texts start with a letter; numbers are from 0 to 99; UUIDs are of version 4."""
    assert stored(play, 'Given I store a random string under "x"')[0].isalpha()
    assert type(stored(play, 'Given I store a random integer under "x"')) is int
    assert type(stored(play, 'Given I store a random float under "x"')) is float
    assert UUID(stored(play, 'Given I store a UUID4 under "x"')).version == 4
    assert len(stored(play, 'Given I store a random date under "x", format "YYYY-MM"')) == len("2026-01")


def test_the_time_is_stored(play: Play) -> None:
    """Now and UTC now are stored in a format that has a label."""
    play('date format "precise" "YYYY-MM-DDTHH:mm:ss.SSSSSSZZ"')
    for words in ("now", "UTC now"):
        before = datetime.now(UTC)
        moment = datetime.fromisoformat(stored(play, f'Given I store {words} under "x", format "precise"'))
        assert before <= moment <= datetime.now(UTC)


def test_base64_is_that_of_the_text(play: Play) -> None:
    """Texts are encoded as UTF-8, bytes as they are, documents as JSON."""
    assert base64.b64decode(stored(play, 'Given I encode "Zoë:x" using Base64 under "x"')).decode() == "Zoë:x"
    play.zato.user_ctx.update(raw=b"\x00\xff", n=5)
    assert base64.b64decode(stored(play, 'Given I encode "#raw" using Base64 under "x"')) == b"\x00\xff"
    assert base64.b64decode(stored(play, 'Given I encode "#n" using Base64 under "x"')) == b"5"


def test_values_of_a_json_response_are_stored(play: Play) -> None:
    """A JSON Pointer leads to the value that is stored, with its type."""
    answers_json(play, {"id": 7, "list": [1]})
    assert stored(play, 'Then I store "/id" from response under "x"') == 7
    stored(play, 'Then I store "/list" from response under "x"').append(2)
    assert stored(play, 'Then I store "/list" from response under "x"') == [1]
    with pytest.raises(CheckFailed, match="/idd does not exist"):
        play('I store "/idd" from response under "x"')


def test_a_default_is_stored_where_there_is_nothing(play: Play) -> None:
    """The default stands in for what the response has not, and only then."""
    answers_json(play, {"id": 7, "null": None})
    assert stored(play, 'Then I store "/id" from response under "x", default "none"') == 7
    assert stored(play, 'Then I store "/null" from response under "x", default "none"') is None
    assert stored(play, 'Then I store "/hmm" from response under "x", default "none"') == "none"


def test_values_of_an_xml_response_are_stored(play: Play) -> None:
    """Where the response is XML, the path is an XPath and its text is stored."""
    answers_xml(play, "<a><b>1</b></a>")
    assert stored(play, 'Then I store "//b" from response under "x"') == "1"
    assert stored(play, 'Then I store "//b" from response under "x", default "2"') == "1"
    assert stored(play, 'Then I store "//c" from response under "x", default "2"') == "2"
    with pytest.raises(CheckFailed, match="finds nothing"):
        play('I store "//c" from response under "x"')


def test_an_xpath_looks_into_any_response(play: Play) -> None:
    """XPath says that the response is XML whatever format was expected."""
    answers_xml(play, "<a><b>1</b></a>")
    play.zato.response.format = "JSON"
    assert stored(play, 'Then I store XPath "//b" from response under "x"') == "1"


def test_nothing_is_stored_before_a_response(play: Play) -> None:
    """Without a response the step fails, with a default or without."""
    for rest in ("", ', default "1"'):
        with pytest.raises(CheckFailed, match="no response yet"):
            play(f'I store "/a" from response under "x"{rest}')
