"""Sentences about what a value in the JSON of the response holds."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play

DOCUMENT = {
    "text": "ORD-0017.pdf",
    "int": 17,
    "float": 1.5,
    "list": ["red", 5, {"a": "a", "b": "b"}],
    "dict": {"a": 1, "b": 2},
    "none": [],
    "no": False,
}

SENTENCES = [
    ('path "/list" contains "{"a":"a", "b":"b"}"', 'path "/list" contains "{"a":"a"}"'),
    ('path "/list" contains "red"', 'path "/list" contains "blue"'),
    ('path "/list" contains "5"', 'path "/list" contains "6"'),
    ('path "/dict" contains "{"b": 2}"', 'path "/dict" contains "{"b": 3}"'),
    ('path "/text" contains "0017"', 'path "/text" contains "0018"'),
    ('path "/list" does not contain "blue"', 'path "/list" does not contain "red"'),
    ('path "/dict" does not contain "{"b": 3}"', 'path "/dict" does not contain "{"b": 2}"'),
    ('path "/text" does not contain "0018"', 'path "/text" does not contain "0017"'),
    ('path "/none" does not contain "1"', 'path "/int" does not contain "1"'),
    ('path "/text" starts with "ORD"', 'path "/text" starts with "ord"'),
    ('path "/text" does not start with "ord"', 'path "/text" does not start with "ORD"'),
    ('path "/text" starts with any of "RET,ORD"', 'path "/text" starts with any of "RET,RD"'),
    ('path "/text" ends with ".pdf"', 'path "/text" ends with ".PDF"'),
    ('path "/text" does not end with ".exe"', 'path "/text" does not end with ".pdf"'),
    ('path "/text" matches "^ORD-[0-9]+"', 'path "/text" matches "^[0-9]"'),
    ('path "/int" matches "^17$"', 'path "/no" matches "false"'),
    ('path "/text" does not match "^[0-9]"', 'path "/text" does not match "[0-9]"'),
    ('path "/int" does not match "18"', 'path "/no" does not match "x"'),
    ('path "/int" is greater than "16.9"', 'path "/int" is greater than "17"'),
    ('path "/int" is less than "17.1"', 'path "/int" is less than "17"'),
    ('path "/int" is at least "17"', 'path "/int" is at least "18"'),
    ('path "/int" is at most "17"', 'path "/int" is at most "16"'),
    ('path "/int" is between "17" and "18"', 'path "/int" is between "18" and "19"'),
    ('path "/float" is between "1.5" and "1.5"', 'path "/float" is between "1" and "1.4"'),
    ('path "/list" has "3" elements', 'path "/list" has "2" elements'),
    ('path "/dict" has length "2"', 'path "/text" has length "2"'),
    ('path "/list" has at least "3" elements', 'path "/list" has at least "4" elements'),
    ('path "/list" has at most "3" elements', 'path "/list" has at most "2" elements'),
    ('path "/none" has at most "0" elements', 'path "/int" has at most "20" elements'),
]


def test_sentences_hold_or_fail(play: Play, subtests: pytest.Subtests) -> None:
    """Each sentence passes where it holds, contracted, too, and fails where it does not."""
    for holds, fails in SENTENCES:
        with subtests.test(holds):
            answers_json(play, DOCUMENT)
            play("Then " + holds, "Then " + holds.replace("does not", "doesn't"))
            for sentence in (fails, fails.replace("does not", "doesn't")):
                with pytest.raises(CheckFailed) as caught:
                    play("Then " + sentence)
                assert caught.value.where.startswith("path /")


def test_data_may_come_from_a_file(play: Play) -> None:
    """The JSON of a file in json/response is looked for in a value."""
    folder = play.run.project.features / "json/response"
    folder.mkdir(parents=True)
    (folder / "one.json").write_text('{"a": "a", "b": "b"}')
    (folder / "two.json").write_text('["red", "blue"]')
    answers_json(play, DOCUMENT)
    play('path "/list" contains data from "one.json"', 'JSON Pointer "/list" contains data from "one.json"')
    with pytest.raises(CheckFailed):
        play('path "/list" contains data from "two.json"')


def test_numbers_in_a_sentence_have_to_be_numbers(play: Play) -> None:
    """A bound or a count that is not a number, or bounds the wrong way round, are the test's fault."""
    answers_json(play, DOCUMENT)
    for wrong in (
        'is greater than "many"',
        'has "1.5" elements',
        'has at least "x" elements',
        'is between "2" and "1"',
        'matches "("',
        'does not match "("',
    ):
        with pytest.raises(BadValue):
            play(f'path "/text" {wrong}')


def test_variables_keep_their_type_in_contains(play: Play) -> None:
    """A list may be searched for the value of a variable, whatever its type."""
    answers_json(play, DOCUMENT)
    play.zato.user_ctx.update(five=5, part={"a": "a", "b": "b"}, digits=17)
    play('path "/list" contains "#five"', 'path "/list" contains "#part"', 'path "/text" contains "#digits"')
    with pytest.raises(CheckFailed):
        play('path "/list" does not contain "#part"')
    with pytest.raises(CheckFailed):
        play('path "/text" does not contain "#digits"')
