"""Random orders that a seed repeats."""

from hypothesis import given
from hypothesis import strategies as st

from apitest.parallel import order


@given(st.lists(st.text()), st.integers(), st.text())
def test_an_order_is_repeated(items: list[str], seed: int, place: str) -> None:
    """The same seed and place give the same order of the same items."""
    assert order.shuffled(items, seed, place) == order.shuffled(items, seed, place)
    assert sorted(order.shuffled(items, seed, place)) == sorted(items)


def test_seeds_and_places_give_other_orders() -> None:
    """Among many items, another seed or another place is another order."""
    items = list(range(50))
    orders = [order.shuffled(items, 1), order.shuffled(items, 2), order.shuffled(items, 1, "a"), items]
    assert len({tuple(each) for each in orders}) == 4


@given(st.lists(st.text()), st.integers())
def test_files_come_in_the_same_order_everywhere(names: list[str], seed: int) -> None:
    """The order of files does not depend on the order in which a machine lists them."""
    assert order.by_file(names, seed) == order.by_file([*reversed(names), *names], seed)
    assert sorted(order.by_file(names, seed)) == sorted(set(names))
