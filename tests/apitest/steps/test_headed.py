"""Tables of names and values."""

from types import SimpleNamespace
from typing import Any

import pytest

from apitest.errors import BadValue
from apitest.steps.headed import pairs
from tests.apitest.steps.playing import Play


def rows(play: Play, *lines: list[str]) -> Any:
    """What a step reads from a table of these lines."""
    table = SimpleNamespace(headings=lines[0], rows=[SimpleNamespace(cells=line) for line in lines[1:]])
    return pairs(SimpleNamespace(zato=play.zato, text=None, table=table))


def test_headings(play: Play, subtests: pytest.Subtests) -> None:
    """What people call the two columns is never sent as a header or parameter."""
    for headings in [
        ["name", "value"],
        ["Name", "Value"],
        ["header", "val"],
        ["headers", "vals"],
        ["Header Name", "Header Value"],
        ["header_name", "header-value"],
        ["field", "content"],
        ["parameter", "values"],
    ]:
        with subtests.test(headings):
            assert rows(play, headings, ["X-A", "1"]) == [("X-A", "1")]


def test_a_table_without_headings(play: Play) -> None:
    """Two columns of anything else are names and values from the first line on."""
    play.zato.user_ctx["n"] = 5
    assert rows(play, ["X-A", "#n"], ["name", "Maria"]) == [("X-A", 5), ("name", "Maria")]
    assert rows(play, ["name", "Maria"]) == [("name", "Maria")]
    assert rows(play, ["value", "name"], ["1", "X-A"]) == [("X-A", "1")]


def test_other_columns_are_refused(play: Play) -> None:
    """A third column, or one only, has no meaning; without a table there is nothing to read."""
    for headings in (["name", "value", "note"], ["name"]):
        with pytest.raises(BadValue, match=f"the columns {', '.join(headings)}"):
            rows(play, headings)
    with pytest.raises(BadValue, match="needs a table"):
        pairs(SimpleNamespace(zato=play.zato, text=None, table=None))
