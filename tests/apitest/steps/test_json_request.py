"""Sentences that put values into the JSON of the request."""

from typing import Any

import pytest

from apitest.errors import BadValue
from apitest.steps.json_request import set_pointer
from tests.apitest.steps.playing import Play


def request(play: Play, *lines: str) -> Any:
    play('request is "{}"', *lines)
    return play.zato.request.data_impl


def test_values_have_the_type_that_is_said(play: Play, subtests: pytest.Subtests) -> None:
    """What a sentence puts into the request has exactly its type, in either wording."""
    for words, value in [
        ('is "5"', "5"),
        ('is ""', ""),
        ('is a string "5"', "5"),
        ("is \"[1, 'a', None]\" (with literal_eval)", [1, "a", None]),
        ('is an integer "7"', 7),
        ('is a float "7.5"', 7.5),
        ("is True", True),
        ("is False", False),
        ("is null", None),
        ('is a list "1,2,"3,4""', ["1", "2", "3,4"]),
        ('is JSON "{"a": [1, null]}"', {"a": [1, None]}),
    ]:
        with subtests.test(words):
            for wording in ("path", "JSON Pointer"):
                document = request(play, f'{wording} "/a/b" in request {words}')
                assert repr(document) == repr({"a": {"b": value}})


def test_lists_are_appended_to(play: Play) -> None:
    """A pointer that ends with a hyphen appends to a list."""
    play('request is "{"a": [1]}"', 'path "/a/-" in request is "x"', 'path "/a/0" in request is an integer "2"')
    assert play.zato.request.data_impl == {"a": [2, "x"]}


def test_the_empty_pointer_is_the_whole_request(play: Play) -> None:
    """The whole request can be replaced."""
    assert request(play, 'path "" in request is a list "a,b"') == ["a", "b"]


def test_json_may_stand_in_a_doc_string(play: Play) -> None:
    """The JSON below the step is put into the request."""
    play('request is "{}"')
    play.zato.user_ctx["n"] = 1
    play.step('Given path "/a" in request is JSON', text='{"n": #{n}}')
    assert play.zato.request.data_impl == {"a": {"n": 1}}
    with pytest.raises(BadValue, match="doc string"):
        play.step('Given path "/a" in request is JSON')


def test_variables_keep_their_type(play: Play) -> None:
    """A variable's value is put in as it is, and a later change of the request does not change the variable."""
    play.zato.user_ctx.update(n=5, d={"a": [1]})
    document = request(play, 'path "/n" in request is "#n"', 'path "/d" in request is "#d"')
    play('path "/d/a/0" in request is "changed"', 'path "/s" in request is a string "#n"')
    assert document == {"n": 5, "d": {"a": ["changed"]}, "s": "5"}
    assert play.zato.user_ctx["d"] == {"a": [1]}


def test_parts_can_be_removed(play: Play) -> None:
    """A key and a list's element can be taken out; what is not there, and the whole, cannot."""
    play('request is "{"a": {"b": 1}, "l": [1, 2]}"')
    play('path "/a/b" in request is removed', 'JSON Pointer "/l/0" in request is removed')
    assert play.zato.request.data_impl == {"a": {}, "l": [2]}
    with pytest.raises(BadValue, match="/a/b does not exist"):
        play('path "/a/b" in request is removed')
    with pytest.raises(BadValue, match="whole request"):
        play('path "" in request is removed')


def test_a_request_is_needed(play: Play) -> None:
    """Without a JSON request the step says what to put before it."""
    with pytest.raises(BadValue, match="none yet") as caught:
        play('path "/a" in request is "1"')
    assert "request" in caught.value.fix


@pytest.mark.parametrize("path", ["a", "/a/b", "/l/5"])
def test_a_pointer_has_to_lead_somewhere(play: Play, path: str) -> None:
    """A malformed pointer, or one through a text or past the end of a list, is told."""
    play('request is "{"a": "text", "l": []}"')
    with pytest.raises(BadValue):
        play(f'path "{path}" in request is "1"')


def test_a_projects_own_step_can_set_a_pointer(play: Play) -> None:
    """set_pointer puts a value of any type into the request."""
    play('request is "{}"')

    class Context:
        zato = play.zato
        text = None
        table = None

    set_pointer(Context(), "/a", 1.5)
    assert play.zato.request.data_impl == {"a": 1.5}
