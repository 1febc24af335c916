"""Sentences about a value in the JSON of the response."""

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play

DOCUMENT = {
    "text": "Maria",
    "digits": "5",
    "blank": "",
    "int": 5,
    "zero": 0,
    "float": 1.5,
    "whole": 5.0,
    "yes": True,
    "no": False,
    "null": None,
    "list": ["a", "b"],
    "none": [],
    "dict": {"b": [1, 2.0], "a": "x"},
    "void": {},
    "a/b~c": "escaped",
}

# A sentence that holds, and the same sentence about another path or value, where it fails.
SENTENCES = [
    ('path "/text" is "Maria"', 'path "/text" is "maria"'),
    ('path "/digits" is "5"', 'path "/int" is "5"'),
    ('path "/a~1b~0c" is "escaped"', 'path "/a~1b~0c" is ""'),
    ('path "/text" is not "maria"', 'path "/text" is not "Maria"'),
    ('path "/text" is a string "Maria"', 'path "/int" is a string "5"'),
    ('path "/int" is not a string "5"', 'path "/digits" is not a string "5"'),
    ("path \"/list\" is \"['a', 'b']\" (with literal_eval)", 'path "/list" is "[\'b\']" (with literal_eval)'),
    ('path "/null" is "None" (with literal_eval)', 'path "/zero" is "None" (with literal_eval)'),
    ('path "/int" is an integer "5"', 'path "/whole" is an integer "5"'),
    ('path "/zero" is an integer "0"', 'path "/no" is an integer "0"'),
    ('path "/int" is an integer "5"', 'path "/digits" is an integer "5"'),
    ('path "/float" is a float "1.50"', 'path "/float" is a float "1.51"'),
    ('path "/yes" is True', 'path "/no" is True'),
    ('path "/no" is False', 'path "/zero" is False'),
    ('path "/null" is null', 'path "/blank" is null'),
    ('path "/blank" is not null', 'path "/null" is not null'),
    ('path "/list" is a list "a,b"', 'path "/list" is a list "b,a"'),
    ('path "/blank" is empty', 'path "/text" is empty'),
    ('path "/blank" is empty', 'path "/null" is empty'),
    ('path "/text" is not empty', 'path "/blank" is not empty'),
    ('path "/zero" is not empty', 'path "/null" is not empty'),
    ('path "/none" is an empty list', 'path "/void" is an empty list'),
    ('path "/list" is not an empty list', 'path "/none" is not an empty list'),
    ('path "/void" is an empty dict', 'path "/dict" is an empty dict'),
    ('path "/dict" is JSON "{"a": "x", "b": [1, 2]}"', 'path "/dict" is JSON "{"a": "x", "b": [2, 1]}"'),
    ('path "/text" is JSON ""Maria""', 'path "/text" is JSON "5"'),
    ('path "/text" is one of "Anna,Maria"', 'path "/text" is one of "Anna,Mar"'),
    ('path "/text" is not one of "Anna,Mar"', 'path "/text" is not one of "Anna,Maria"'),
    ('path "/null" exists', 'path "/nul" exists'),
    ('path "/nul" does not exist', 'path "/null" does not exist'),
    ('path "/list/1" exists', 'path "/list/2" exists'),
]


def test_sentences_hold_or_fail(play: Play, subtests: pytest.Subtests) -> None:
    """Each sentence passes where it holds, in all its wordings, and fails where it does not."""
    for holds, fails in SENTENCES:
        with subtests.test(holds):
            answers_json(play, DOCUMENT)
            for old in ("path", "JSON Pointer"):
                play("Then " + holds.replace("path", old, 1))
                with pytest.raises(CheckFailed):
                    play("Then " + fails.replace("path", old, 1))


def test_negative_sentences_can_be_contracted(play: Play, subtests: pytest.Subtests) -> None:
    """Every negative sentence means the same with isn't or doesn't."""
    for holds, fails in [pair for pair in SENTENCES if " not " in pair[0]]:
        with subtests.test(holds):
            answers_json(play, DOCUMENT)
            play("Then " + holds.replace("is not", "isn't").replace("does not", "doesn't"))
            with pytest.raises(CheckFailed):
                play("Then " + fails.replace("is not", "isn't").replace("does not", "doesn't"))


def test_a_negative_sentence_needs_the_path(play: Play, subtests: pytest.Subtests) -> None:
    """A path that does not exist does not count as a value of another kind: the sentence fails."""
    for sentence in [
        'is not "x"',
        "is not null",
        "is not empty",
        'is not one of "a"',
        'is not a string "x"',
        "is not an empty list",
    ]:
        with subtests.test(sentence):
            answers_json(play, DOCUMENT)
            with pytest.raises(CheckFailed, match="/txt does not exist"):
                play(f'Then path "/txt" {sentence}')


def test_a_failure_tells_what_and_where(play: Play) -> None:
    """A failure names the path, what was expected and what came, with the types where only they differ."""
    answers_json(play, DOCUMENT)
    with pytest.raises(CheckFailed) as caught:
        play('Then path "/int" is "5"')
    assert caught.value.where == "path /int of the response"
    assert (caught.value.expected, caught.value.actual) == ('"5" (string)', "5 (integer)")


def test_documents_that_differ_are_shown_as_a_diff(play: Play) -> None:
    """A dict that is not the expected one is told member by member."""
    answers_json(play, DOCUMENT)
    with pytest.raises(CheckFailed) as caught:
        play('Then path "/dict" is JSON "{"a": "y", "b": [1, 2]}"')
    assert any(line.startswith("-") and '"y"' in line for line in caught.value.diff)


def test_a_variable_is_compared_with_its_type(play: Play) -> None:
    """What ``#name`` holds, be it a number or a dict, is compared as it is."""
    answers_json(play, DOCUMENT)
    play.zato.user_ctx.update(n=5, d={"a": "x", "b": [1, 2]}, t="Maria", l=["a", "b"])
    play('path "/int" is "#n"', 'path "/dict" is "#d"', 'path "/text" is "#t"', 'path "/list" is a list "#l"')
    play('path "/int" is an integer "#n"', 'path "/dict" is JSON "#d"')
    with pytest.raises(CheckFailed):
        play('path "/digits" is "#n"')
    with pytest.raises(CheckFailed):
        play('path "/int" is not "#n"')


def test_a_negative_check_refuses_every_reading(play: Play) -> None:
    """What is not to be neither is it as a text, as a number of another notation, nor as Python writes it."""
    answers_json(play, DOCUMENT)
    play.zato.user_ctx.update(n=5, yes=True)
    for line in (
        *('path "/digits" is not "#n"', 'path "/whole" is not "5"', 'path "/int" is not "5.0"'),
        *('path "/yes" is not "True"', 'path "/null" is not "None"', 'path "/none" is not "[]"'),
        *('path "/int" is not one of "4,5.0"', 'path "/yes" is not one of "#yes"', 'path "/dict" is not "#{d}"'),
        *('path "/list" does not contain "["a"]"', 'path "/list" does not contain "["b", "a"]"'),
    ):
        play.zato.user_ctx["d"] = DOCUMENT["dict"]
        with pytest.raises(CheckFailed):
            play(line)
    play('path "/digits" is not "5.0"', 'path "/int" is not "05"', 'path "/list" does not contain "[]"')


def test_json_may_stand_in_a_doc_string(play: Play) -> None:
    """The JSON below the step is compared, its variables replaced; without it the step says what is missing."""
    answers_json(play, DOCUMENT)
    play.zato.user_ctx["x"] = "x"
    play.step('Then path "/dict" is JSON', text='{"a": "#{x}",\n "b": [1, 2]}')
    with pytest.raises(CheckFailed):
        play.step('Then path "/dict" is JSON', text="{}")
    with pytest.raises(BadValue, match="doc string"):
        play.step('Then path "/dict" is JSON')


def test_json_may_stand_in_a_file(play: Play) -> None:
    """The JSON of a file in json/response is compared; a missing file is a mistake that is told."""
    folder = play.run.project.features / "json/response"
    folder.mkdir(parents=True)
    (folder / "dict.json").write_text('{"a": "x", "b": [1, 2]}')
    answers_json(play, DOCUMENT)
    play('Then path "/dict" is JSON equal to that from "dict.json"')
    with pytest.raises(CheckFailed):
        play('Then JSON Pointer "/void" is JSON equal to that from "dict.json"')
    with pytest.raises(BadValue, match=r"dict\.json"):
        play('Then path "/dict" is JSON equal to that from "dikt.json"')


def test_a_mistake_in_the_sentence_is_no_failed_check(play: Play, subtests: pytest.Subtests) -> None:
    """A malformed pointer, number, JSON or literal is the test's fault, not the system's."""
    for sentence in [
        '"text" is "x"',
        '"/int" is an integer "five"',
        '"/int" is JSON "{"',
        '"/list" is "f()" (with literal_eval)',
    ]:
        with subtests.test(sentence):
            answers_json(play, DOCUMENT)
            with pytest.raises(BadValue):
                play(f"Then path {sentence}")


def test_nothing_can_be_checked_before_a_response(play: Play) -> None:
    """Without a response the sentence fails and says what to put before it."""
    with pytest.raises(CheckFailed, match="no response yet"):
        play('Then path "/a" exists')


def test_the_empty_path_is_the_whole_response(play: Play) -> None:
    """A response that is not a dict can be checked, too."""
    answers_json(play, "text")
    play('path "" is "text"', 'path "" exists')
