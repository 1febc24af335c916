"""Tests of apitest_server.service.fixed_width."""

from types import SimpleNamespace

import pytest

from apitest_server.errors import InputError
from apitest_server.service.fixed_width import lines_of, rows_of
from apitest_server.service.old_elements import FixedWidth
from apitest_server.service.simpleio import SimpleIO

FIELDS = (FixedWidth("name", 5), FixedWidth("count", 4, align="right"))


def test_lines_become_rows_and_rows_lines() -> None:
    """Blanks around a field do not belong to it; a line may end before its fields do."""
    rows = rows_of(b"Maria  12\r\nJo\n", FIELDS)
    assert rows == [{"name": "Maria", "count": "12"}, {"name": "Jo", "count": None}]
    assert lines_of(rows, FIELDS) == "Maria  12\nJo       "
    assert lines_of([{"name": "a\nb", "count": 1}], FIELDS) == "a b     1"


@pytest.mark.parametrize(
    ("text", "problem"), [("Maria  12x", "has more than 9 characters in line 1"), (b"\xff", "is not UTF-8")]
)
def test_what_is_no_such_line_is_refused(text: str | bytes, problem: str) -> None:
    """Nothing is dropped without a word."""
    with pytest.raises(InputError, match=problem):
        rows_of(text, FIELDS)


@pytest.mark.parametrize("repeated", [False, True])
def test_a_service_takes_and_returns_lines(repeated: bool) -> None:
    """Where all of its fields have a width; a JSON object is taken, too."""
    io = SimpleIO(SimpleNamespace(input_required=FIELDS, output_required=FIELDS, input_repeated=repeated))
    row = {"name": "Maria", "count": "12"}
    assert io.parse("Maria  12", None) == ([row] if repeated else row)
    assert io.parse(row) == row
    assert io.serialize(row) == "Maria  12"
    assert io.serialize([row, row]) == "Maria  12\nMaria  12"
    with pytest.raises(InputError, match="count` is required"):
        io.parse("Maria", None)
