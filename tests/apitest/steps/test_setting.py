"""Values and what can be set to them."""

import pytest

from tests.apitest.steps.playing import Play


def test_a_path_and_a_variable_take_the_same_values(play: Play, subtests: pytest.Subtests) -> None:
    """What can be put into the request can be stored, and has the same type."""
    for value in [
        '"x"',
        'an integer "5"',
        "True",
        "null",
        'a list "a,b"',
        "a random string",
        'a random integer from "3" to "3"',
        "a UUID4",
    ]:
        with subtests.test(value):
            play('request is "{}"', f'path "/a" in request is {value}', f'I store {value} under "a"')
            put, stored = play.zato.request.data_impl["a"], play.zato.user_ctx["a"]
            assert type(put) is type(stored)
            if "random" not in value and "UUID4" not in value:
                assert put == stored


def test_dates_have_a_format(play: Play) -> None:
    """Dates are written in the format that the sentence ends with."""
    play('request is "{}"', 'path "/a" in request is the date "2026-01-31" plus "1 day" "DD.MM.YYYY"')
    assert play.zato.request.data_impl["a"] == "01.02.2026"
