import pytest

from apitest.compat import filters


def test_lists_and_filters_for_sql() -> None:
    """Values are quoted, and a quote in a value ends nothing."""
    assert filters.wrap_into_quotes("a, b'c") == "'a', 'b''c'"
    assert filters.make_dict("a,b", "1") == {"a": ("1",), "b": (None,)}
    built = filters.build_filter("a,b,c", "equal to,less than,greater than", "1,x'y,3", "or")
    assert built == "WHERE a='1' or b<'x''y' or c>'3' "
    assert filters.build_filter("a", "not equal to", "1") == "WHERE a!='1' "


def test_a_comparison_that_does_not_exist() -> None:
    """It is an error, and not left out of the clause."""
    with pytest.raises(KeyError, match="like"):
        filters.build_filter("a", "like", "1")
