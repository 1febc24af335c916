import pytest

from apitest.errors import BadValue
from apitest.tables.rows import Rows


def test_one_row_of_one_column_is_a_value() -> None:
    """A single value is taken out of its row."""
    assert Rows(("n",), [(7,)]).value() == 7
    assert Rows(("n",), [(7,)]).value_or_rows() == 7


@pytest.mark.parametrize("rows", [Rows(("n",), []), Rows(("n",), [(1,), (2,)]), Rows(("a", "b"), [(1, 2)])])
def test_any_other_result_is_no_value(rows: Rows) -> None:
    """More or fewer rows or columns stay rows, and are an error where one value is needed."""
    assert rows.value_or_rows() == rows.rows
    with pytest.raises(BadValue, match="not one value"):
        rows.value()
