"""Tests of apitest_server.internal.crud.paging."""

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.internal.crud.paging import Page, page


@given(st.integers(0, 200), st.integers(1, 30))
def test_pages_put_together_are_the_list(total: int, size: int) -> None:
    """Following next_page visits each row once, and prev_page leads back."""
    rows, found, number = list(range(total)), [], 1
    while number:
        here = Page(number, size)
        found += here.cut(rows)
        meta = here.meta(total)
        assert meta["has_prev_page"] == (number > 1)
        assert meta["has_next_page"] == (meta["next_page"] is not None)
        last, number = number, meta["next_page"] or 0
    assert found == rows
    assert last == meta["num_pages"]


def test_without_a_page_it_is_the_whole_list() -> None:
    """One page, however long."""
    assert page({}) == Page()
    assert Page().cut([1, 2]) == [1, 2]
    assert Page().meta(0)["num_pages"] == 1
    assert Page().meta(7)["page_size"] == 7


def test_a_page_has_defaults() -> None:
    """The first one, of fifty."""
    assert page({"paginate": True}) == page({"cur_page": 1}) == page({"page_size": 50}) == Page(1, 50)
