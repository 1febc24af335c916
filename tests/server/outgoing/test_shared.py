"""Tests of apitest_server.outgoing.shared."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from apitest_server.errors import ServiceUnavailable
from apitest_server.outgoing.shared import Shared

WAIT = 60


class Remote:
    """A server whose clients are numbers."""

    def __init__(self) -> None:
        self.is_up = True
        self.asked = self.tries = 0
        self.lost: set[int] = set()
        self.closed: list[int] = []
        self.may_answer = Event()
        self.may_answer.set()
        self.is_asked = Event()
        self.shared: Shared[int] = Shared("Orders", self.open, lambda one: one in self.lost, self.close)

    def open(self) -> int:
        self.tries += 1
        self.is_asked.set()
        assert self.may_answer.wait(WAIT)
        if not self.is_up:
            raise ServiceUnavailable(f"refused at try {self.tries}")
        return self.tries

    def close(self, one: int) -> None:
        self.closed.append(one)
        raise OSError("it was closed already")

    def used(self) -> int:
        with self.shared.use() as one:
            return one


@pytest.fixture
def remote() -> Iterator[Remote]:
    made = Remote()
    yield made
    made.shared.close()


def test_all_have_the_same_one(remote: Remote) -> None:
    """It is opened with the first use, and closed with the connection."""
    assert remote.tries == 0
    with remote.shared.use() as one, remote.shared.use() as other:
        assert (one, other, remote.shared.handed_out()) == (1, 1, 1)
    assert (remote.used(), remote.closed) == (1, [])
    remote.shared.close()
    assert remote.closed == [1]


def test_who_is_at_work_with_it_keeps_it(remote: Remote) -> None:
    """It is closed when the last one has ended; who begins later has one that is closed after that use."""
    with remote.shared.use() as one:
        with remote.shared.use():
            remote.shared.close()
            assert (one, remote.closed) == (1, [])
        assert remote.closed == []
    assert remote.closed == [1]
    assert (remote.used(), remote.closed) == (2, [1, 2])
    with pytest.raises(ServiceUnavailable, match="`Orders` was changed or deleted meanwhile; get the connection anew"):
        remote.shared.handed_out()


def test_one_that_is_lost_is_replaced(remote: Remote) -> None:
    """With the next use; it is closed once nobody is at work with it any longer."""
    with remote.shared.use() as one:
        remote.lost.add(one)
        assert (one, remote.used(), remote.closed) == (1, 2, [])
    assert remote.closed == [1]
    remote.lost.add(2)
    assert (remote.used(), remote.closed) == (3, [1, 2])


def test_nobody_waits_for_a_try_of_their_own(remote: Remote) -> None:
    """Who comes while one is tried is told what became of that; who comes later has it tried again."""
    remote.is_up = False
    remote.may_answer.clear()
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(remote.used)
        assert remote.is_asked.wait(WAIT)
        others = [pool.submit(remote.used) for _ in range(3)]
        remote.may_answer.set()
        problems = {str(each.exception(WAIT)) for each in (first, *others)}
    assert remote.tries < 4 or len(problems) == 4  # Who was slow to come has had a try of their own
    assert problems == {f"refused at try {number + 1}" for number in range(remote.tries)}
    remote.is_up = True
    assert remote.used() == remote.tries
