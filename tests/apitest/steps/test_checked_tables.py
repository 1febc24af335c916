"""Sentences that set or check many JSON paths at once; tables whose rows are steps."""

import pytest

from apitest.errors import BadValue, CheckFailed
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


def test_all_mismatches_are_reported_together(play: Play) -> None:
    """Every row that fails is told, with its path, what was expected and what came."""
    with pytest.raises(CheckFailed) as caught:
        checked(
            play, ["/name", "", "Anna"], ["/visits", "an integer", "17"], ["/visits", "", "17"], ["/nam", "exists", ""]
        )
    assert caught.value.problem == "3 of 4 checks failed"
    assert caught.value.where == "rows 1, 3, 4 of the table"
    told = "\n".join(caught.value.diff)
    assert '  /name: The text is not the expected one\n- "Anna"\n+ "Maria"' in told
    assert "/nam: /nam does not exist" in told
    assert "Did you mean /name?" in told


def test_a_single_mismatch_is_told_like_that_of_a_single_step(play: Play) -> None:
    """One failing row gives the failure of the step that it stands for."""
    with pytest.raises(CheckFailed, match="The text is not the expected one") as caught:
        checked(play, ["/name", "", "Anna"], ["/visits", "an integer", "17"])
    assert caught.value.where == "path /name of the response"


@pytest.mark.parametrize(
    ("rows", "problem", "where"),
    [
        ([["/name", "is nice", ""]], 'Undefined step: path "/name" is nice', "row 1 of the table"),
        ([["/name", "is True", "x"]], 'Undefined step: path "/name" is True "x"', "row 1 of the table"),
        ([["/name", "", "Maria"], ["/visits", "integer", "x"]], '"x" is not an integer', "row 2 of the table"),
        ([], "This step needs a table with rows", ""),
    ],
)
def test_a_mistake_in_a_row_is_told_with_its_number(
    play: Play, rows: list[list[str]], problem: str, where: str
) -> None:
    """Words of no sentence, values of the wrong form and a table without rows are the test's fault."""
    with pytest.raises(BadValue) as caught:
        checked(play, *rows)
    assert (caught.value.problem, caught.value.where) == (problem, where)


def test_near_words_are_suggested(play: Play) -> None:
    """Words that are nearly those of a sentence lead to it."""
    with pytest.raises(BadValue) as caught:
        checked(play, ["/name", "is an integr", "1"])
    assert caught.value.fix == 'Did you mean path "/name" is an integer "1"?'


@pytest.mark.parametrize(
    ("headings", "problem", "fix"),
    [
        (("path", "chek", "value"), 'The table has an unknown column "chek"', "Did you mean check?"),
        (("path", "zzz", "value"), 'The table has an unknown column "zzz"', "The columns are | path | check | value |"),
        (("check", "type", "value"), 'The table has no column "path"', "Write | path | check | value |"),
    ],
)
def test_headings_are_checked(play: Play, headings: tuple[str, ...], problem: str, fix: str) -> None:
    """A heading that is missing or unknown is told, with those that there are."""
    with pytest.raises(BadValue) as caught:
        checked(play, ["/name", "is", "Maria"], headings=headings)
    assert (caught.value.problem, caught.value.fix) == (problem, fix)


def test_a_table_is_needed(play: Play) -> None:
    """Without a table the step shows one."""
    answers_json(play, DOCUMENT)
    with pytest.raises(BadValue, match="needs a table"):
        play("Then paths are")


def test_a_table_without_values_holds_checks_only(play: Play) -> None:
    """The column of values may be left out, too."""
    checked(play, ["/name", "exists"], ["/visits", "any integer"], headings=("path", "check"))


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
