"""Sentences that set or check many JSON paths at once; tables whose rows are steps."""

import pytest

from apitest.errors import CheckFailed
from tests.apitest.steps.answers import answers_json
from tests.apitest.steps.playing import Play

DOCUMENT = {
    "name": "Maria",
    "visits": 17,
    "active": True,
    "blank": "",
    "orders": [{"id": 1, "total": 2.5}, {"id": 2, "total": 0}],
    "none": [],
}


def checked(play: Play, *rows: list[str], headings: tuple[str, ...] = ("path", "check", "value")) -> None:
    answers_json(play, DOCUMENT)
    play.step("Then paths are", table=[list(headings), *rows])


def test_many_paths_of_the_request_are_set(play: Play) -> None:
    """Each row puts a value of its type into the request; without a type it is a text."""
    play('request is "{"gone": 1}"')
    play.zato.user_ctx["n"] = 5
    rows = [
        ["/a", "", "text"],
        ["/b", "an integer", "17"],
        ["/c", "is a list", "x,y"],
        ["/d", "True", ""],
        ["/e", "null", ""],
        ["/f", "JSON", '{"g": 1}'],
        ["/h", "", ""],
        ["/i", "", "#n"],
        ["/j", "integer", "3"],
        ["/k", 'a random date between "2026-01-01" and "2026-01-03"', "YYYY-MM-DD"],
        ["/gone", "removed", ""],
    ]
    play.step("Given paths in request are", table=[["path", "type", "value"], *rows])
    assert play.zato.request.data_impl == {
        "a": "text",
        "b": 17,
        "c": ["x", "y"],
        "d": True,
        "e": None,
        "f": {"g": 1},
        "h": "",
        "i": 5,
        "j": 3,
        "k": "2026-01-02",
    }


def test_a_table_of_texts_needs_two_columns(play: Play) -> None:
    """The column of types may be left out."""
    play('request is "{}"')
    play.step("Given paths in request are:", table=[["path", "value"], ["/a/b", "1"], ["/a/c", "2"]])
    assert play.zato.request.data_impl == {"a": {"b": "1", "c": "2"}}


def test_many_paths_of_the_response_are_checked(play: Play) -> None:
    """A row holds the words of any sentence about a path, "is" left out or not."""
    play.zato.user_ctx["low"] = 1
    checked(
        play,
        ["/name", "", "Maria"],
        ["/name", "is", "Maria"],
        ["/name", "matches", "^M"],
        ["/name", "isn't", "Anna"],
        ["/name", "any string", ""],
        ["/visits", "is an integer", "17"],
        ["/visits", "integer", "17"],
        ["/visits", 'is between "#low" and', "20"],
        ["/active", "True", ""],
        ["/blank", "empty", ""],
        ["/blank", "", ""],
        ["/gone", "does not exist", ""],
        ["/orders", "has at least", "1"],
        ["/orders", "has length of at most", "9"],
    )


def test_every_element_of_a_list_is_checked(play: Play) -> None:
    """Rows are checked in each element, and a failure names the element."""
    answers_json(play, DOCUMENT)
    headings = ["path", "check", "value"]
    play.step(
        'Then paths in each element of "/orders" are',
        table=[headings, ["/id", "is any integer", ""], ["/total", "is at least", "0"]],
    )
    with pytest.raises(CheckFailed) as caught:
        play.step('Then paths in each element of "/orders" are:', table=[headings, ["/total", "is any float", ""]])
    assert caught.value.where == "path /orders/1/total of the response"
    for path in ("/none", "/name"):
        with pytest.raises(CheckFailed, match="not a list with elements"):
            play.step(f'Then paths in each element of "{path}" are', table=[headings, ["/id", "exists", ""]])
