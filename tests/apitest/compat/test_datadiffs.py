import pytest

from apitest.compat import datadiffs
from apitest.errors import CheckFailed


def test_equal_values_and_how_others_differ() -> None:
    """Equal ones pass; others fail with a diff."""
    datadiffs.assert_equals([1, (2,)], [1, (2,)])
    with pytest.raises(CheckFailed) as failed:
        datadiffs.assert_equals({"a": 1}, {"a": 2}, "the answer")
    assert failed.value.diff
    assert "2" in datadiffs.diff({"a": 1}, {"a": 2})
