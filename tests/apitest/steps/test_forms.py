"""Sentences that fill in a form."""

from typing import Any

import pytest

from apitest.errors import BadValue
from tests.apitest.steps.playing import Play
from tests.apitest.web import WebServer


@pytest.fixture
def post(play: Play, web: WebServer) -> Any:
    def post(*lines: str) -> Any:
        play(*lines, f'address "{web.address}"', 'REST method "POST"', "the URL is invoked")
        return play.zato.response.json()

    return post


def test_fields_are_sent(post: Any) -> None:
    """Fields are sent URL-encoded; one given twice is sent twice; both wordings mean the same."""
    echo = post('format "FORM"', 'form field "a" is "1"', 'request param "a" is "x&y"', 'form field "b" is ""')
    assert echo["body"] == "a=1&a=x%26y&b="
    assert echo["headers"]["content-type"] == "application/x-www-form-urlencoded"


def test_fields_from_a_table(play: Play, post: Any) -> None:
    """A row of a table is a field."""
    play.step("form fields", table=[["name", "value"], ["a", "1"], ["b", "2"], ["a", "3"]])
    assert post()["body"] == "a=1&a=3&b=2"


def test_form_is_a_form_without_saying_so(play: Play, post: Any) -> None:
    """A form field makes the request a form; what format the response has is not touched."""
    post('form field "a" is "1"')
    assert (play.zato.request.format, play.zato.request.response_format) == ("FORM", "JSON")


def test_list_becomes_fields(play: Play, post: Any) -> None:
    """A stored list is a field for each of its elements."""
    play.zato.user_ctx["ids"] = [1, 2]
    assert post('form field "id" is "#ids"', 'form field "id" is "3"')["body"] == "id=1&id=2&id=3"


def test_files_are_uploaded(play: Play, post: Any) -> None:
    """Files come from form/request; two of one name are both sent."""
    directory = play.run.project.features / "form" / "request"
    directory.mkdir(parents=True)
    (directory / "a.txt").write_text("first")
    (directory / "b.txt").write_text("second")
    echo = post('request file "f" is "a.txt"', 'request file "f" is "b.txt"', 'form field "n" is "1"')
    assert echo["headers"]["content-type"].startswith("multipart/form-data")
    assert 'name="f"; filename="a.txt"' in echo["body"]
    assert 'name="f"; filename="b.txt"' in echo["body"]
    assert "second" in echo["body"]


def test_missing_file_is_told_at_once(play: Play) -> None:
    """A file that is not there is refused by the step that names it."""
    with pytest.raises(BadValue, match="no request file"):
        play('request file "f" is "a.txt"')


def test_form_is_cleaned_up(post: Any) -> None:
    """After a clean-up the form is empty; the format stays."""
    echo = post('form field "a" is "1"', "form is cleaned up")
    assert echo["body"] == ""
