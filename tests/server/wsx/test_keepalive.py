"""Tests of apitest_server.wsx.keepalive."""

from hypothesis import given
from hypothesis import strategies as st

from apitest_server.wsx.keepalive import KeepAlive


def test_a_ping_is_sent_each_interval() -> None:
    """And not before."""
    alive = KeepAlive(30, 5, 100)
    assert alive.due == 130
    assert not alive.tick(129.9)
    assert alive.tick(130)
    assert not alive.tick(131)
    assert alive.due == 160


@given(st.integers(1, 20))
def test_so_many_unanswered_pings_are_the_end(most: int) -> None:
    """Exactly so many are sent; then nobody is there, and no other is."""
    alive = KeepAlive(1, most, 0)
    sent = [alive.tick(now) for now in range(1, most + 3)]
    assert sent == [True] * most + [False, False]
    assert alive.is_over


@given(st.lists(st.booleans(), max_size=40))
def test_an_answer_starts_the_count_anew(answered: list[bool]) -> None:
    """It is over as soon as three in a row are not answered, however many were before."""
    alive, in_a_row = KeepAlive(1, 3, 0), 0
    for now, is_answered in enumerate(answered, 1):
        assert alive.tick(now) == (in_a_row < 3)
        if in_a_row == 3:
            break
        in_a_row = 0 if is_answered else in_a_row + 1
        if is_answered:
            alive.pong()


def test_pings_whose_answers_would_not_be_read_do_not_count() -> None:
    """Where nothing was read for a while, as many may be missed afterwards as ever."""
    alive = KeepAlive(1, 2, 0)
    assert [alive.tick(now, is_heard=False) for now in range(1, 10)] == [True] * 9
    assert [alive.tick(10), alive.tick(11)] == [True, False]
    assert alive.is_over
