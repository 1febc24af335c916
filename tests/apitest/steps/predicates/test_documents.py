"""Predicates: documents; tests/trust has the rows for every subject."""

from pathlib import Path

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play


def test_documents_of_doc_strings_and_files(play: Play) -> None:
    """The expected JSON stands in the step, below it, or in a file."""
    file = Path(play.zato.environment_dir, "json", "response", "a.json")
    file.parent.mkdir(parents=True)
    file.write_text('{"a": 1}')
    answers_json(play, {"a": 1})
    play('path "" is JSON equal to that from "a.json"', 'path "" contains data from "a.json"')
    play.step('path "" is JSON', text='{"a": 1}')
    play.step('path "" matches JSON', text='{"a": "[any integer]"}')
    with pytest.raises(CheckFailed, match="differ at /a"):
        play.step('path "" is JSON', text='{"a": 2}')
    with pytest.raises(BadValue, match="not valid JSON"):
        play.step('path "" matches JSON', text="{")


def test_what_is_left_out_is_there(play: Play) -> None:
    """A path to leave out that neither document has is a mistake; elements of lists can be left out as well."""
    answers_json(play, {"a": [1, 2, 3], "b": 1})
    play('path "" is JSON "{"a": [2, 3], "b": 2}" apart from "/b,/a/2,/a/1,/a/0"')
    with pytest.raises(BadValue, match="/x is in neither"):
        play('path "" is JSON "{}" apart from "/x"')
