"""Data tables whose rows are steps."""

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
