"""Stored filters, on SQLite."""

import pytest

from apitest.errors import BadValue
from tests.apitest.steps.playing import Play
from tests.apitest.steps.shop import rows

INJECTION = "'; DROP TABLE t; --"


def test_a_filter_of_values_that_look_like_sql(db: Play) -> None:
    """A stored filter compares with what a variable holds."""
    db.zato.user_ctx["bad"] = INJECTION
    db('I insert "1, #{bad}" into "id, name" of SQL table "t", using "db"')
    db('I store filter "id,name" is "less than,=" "5,#{bad}" "and" under "f"')
    db('I update "name" of SQL table "t" set "good" filter by "f", using "db"')
    assert rows(db) == [(1, "good")]


def test_an_unknown_filter_is_told_with_those_that_are_stored(db: Play) -> None:
    """The names of the stored filters help."""
    db('I store filter "id" is "=" "1" "and" under "adults"')
    with pytest.raises(BadValue) as caught:
        db('I delete from SQL table "t" where "adult", using "db"')
    assert "Did you mean the filter adults?" in caught.value.fix


def test_a_filter_fits_together(db: Play) -> None:
    """As many comparisons and values as columns, and words that join them."""
    for sentence, problem in (
        ('I store filter "id,name" is "=" "1" "and" under "f"', "holds 1 values for 2 columns"),
        ('I store filter "id,name" is "=,=,=" "1,2" "and" under "f"', "3 comparisons for 2 columns"),
        ('I store filter "id" is "is like" "1" "and" under "f"', "is not a comparison"),
        ('I store filter "id,name" is "=" "1,2" "nor" under "f"', "joins no conditions"),
    ):
        with pytest.raises(BadValue, match=problem):
            db(sentence)
    assert "f" not in db.zato.user_ctx
