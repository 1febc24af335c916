"""Tests of apitest_server.cluster.parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest_server.cluster.parts import Joiner, sender_of, split

LETTERS = st.text(st.characters(codec="ascii", exclude_characters="\n"), max_size=3000)


@given(st.lists(st.tuples(st.sampled_from("abc"), LETTERS), max_size=8), st.integers(60, 4096), st.randoms())
def test_letters_arrive_as_they_were_sent(sent: list[tuple[str, str]], limit: int, random: object) -> None:
    """Whatever lies between the parts of one sender: those of a sender stay in order."""
    waiting = {sender: [] for sender in "abc"}  # type: dict[str, list[str]]
    for number, (sender, letter) in enumerate(sent):
        parts = split(sender, number, letter, limit)
        assert all(len(part) < limit and sender_of(part) == sender for part in parts)
        waiting[sender] += parts
    joiner, came = Joiner(), []
    while senders := [sender for sender in waiting if waiting[sender]]:
        sender = random.choice(senders)  # type: ignore[attr-defined]  # it is a random.Random
        letter = joiner.take(waiting[sender].pop(0))
        if letter is not None:
            came.append((sender, letter))
    assert sorted(came) == sorted(sent)


@given(st.lists(st.text(max_size=40), max_size=20))
def test_noise_is_left_out(parts: list[str]) -> None:
    """A letter that comes after it is whole."""
    joiner = Joiner()
    for part in parts:
        joiner.take(part)
    *first, last = split("sender", 1, "x" * 500, 100)
    assert [joiner.take(part) for part in first] == [None] * len(first)
    assert joiner.take(last) == "x" * 500


def test_a_letter_that_was_not_ended_is_dropped() -> None:
    """By the next one of its sender; what comes of its middle alone is nothing."""
    joiner = Joiner()
    first, second, third = split("s", 1, "x" * 200, 100)
    assert joiner.take(second) is None
    assert joiner.take(first) is None
    assert joiner.take(third) is None
    assert joiner.take(first) is None
    assert [joiner.take(part) for part in split("s", 2, "y" * 200, 100)] == [None, None, "y" * 200]


def test_who_never_ends_a_letter_takes_up_little() -> None:
    """The oldest of those that were begun are dropped."""
    joiner = Joiner()
    for number in range(5000):
        joiner.take(f"{number} 1 0 2 x")
    assert len(joiner._open) <= 1000


def test_a_letter_that_is_too_long_is_refused() -> None:
    """With how long it may be."""
    with pytest.raises(ValueError, match="too many to be sent to other servers"):
        split("s", 1, "x" * 1_000_000, 100)


@pytest.mark.parametrize("place", ["2 2", "-1 2", "0 0", "0 1000000000"])
def test_places_that_there_cannot_be(place: str) -> None:
    """Such a part is left out; what was there before it stays."""
    joiner = Joiner()
    assert joiner.take("a 1 0 2 x") is None
    assert joiner.take(f"b 1 {place} y") is None
    assert joiner.take("a 1 1 2 z") == "xz"
