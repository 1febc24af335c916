"""Tests of apitest_server.cache.stamps."""

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.cache.stamps import Stamps


def test_the_later_change_counts() -> None:
    """Of two with the same number, that of the server with the larger ID; one that comes twice counts once."""
    stamps = Stamps("b")
    assert stamps.made(("c", "k")) == 1
    assert not stamps.is_latest(("c", "k"), (1, "a"))
    assert stamps.is_latest(("c", "k"), (1, "z"))
    assert not stamps.is_latest(("c", "k"), (1, "z"))
    assert stamps.is_latest(("c", "other"), (1, "a"))
    assert stamps.made(("c", "k")) == 2


def test_a_change_of_a_whole_cache_is_one_of_each_entry() -> None:
    """What was made before it does not count any more."""
    stamps = Stamps("b")
    assert stamps.is_latest(("c", None), (7, "a"))
    assert not stamps.is_latest(("c", "k"), (6, "z"))
    assert stamps.is_latest(("d", "k"), (6, "z"))
    assert stamps.made(("c", "k")) == 8


def test_only_the_last_ones_are_kept_in_mind() -> None:
    """However many there are."""
    stamps = Stamps("b", most=3)
    for number in range(10):
        stamps.made(("c", f"{number}"))
    assert len(stamps._latest) == 3


@given(st.permutations(range(6)), st.permutations(range(6)))
def test_all_servers_keep_the_same(first: list[int], second: list[int]) -> None:
    """In whatever order changes arrive."""
    changes = [((number // 2 + 1, "ab"[number % 2]), number) for number in range(6)]
    kept = []
    for order in (first, second):
        stamps, last = Stamps("own"), None
        for index in order:
            stamp, value = changes[index]
            if stamps.is_latest(("c", "k"), stamp):
                last = value
        kept.append(last)
    assert kept == [5, 5]
