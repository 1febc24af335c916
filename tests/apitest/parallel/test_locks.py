"""Locks: what may run beside what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.parallel.locks import Locks
from apitest.parallel.units import Keep

KEEPS = st.builds(Keep, st.booleans(), st.frozensets(st.sampled_from("abc")))


@given(st.lists(st.tuples(KEEPS, st.integers(0, 5))))
def test_what_runs_together_may(steps: list[tuple[Keep, int]]) -> None:
    """Whatever starts and ends, nothing serial runs beside anything, and no two that run share a lock."""
    locks = Locks()
    running: list[Keep] = []
    for keep, ends in steps:
        if locks.admits(keep):
            locks.start(keep)
            running.append(keep)
        for _ in range(min(ends, len(running))):
            locks.end(running.pop(0))
        assert len(running) < 2 or not any(each.serial for each in running)
        held = [name for each in running for name in each.locks]
        assert len(held) == len(set(held))
    while running:
        locks.end(running.pop())
    assert locks.admits(Keep(True, frozenset("abc")))


def test_what_is_not_admitted_may_not_start() -> None:
    """Starting something beside what keeps it from running is an error."""
    locks = Locks()
    locks.start(Keep(False, frozenset("a")))
    assert locks.admits(Keep(False, frozenset("b")))
    with pytest.raises(ValueError, match="may not start beside 1 others"):
        locks.start(Keep(False, frozenset("ab")))
