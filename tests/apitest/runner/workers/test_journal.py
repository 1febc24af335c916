"""What a worker has not sent yet, as its parent finds it."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitest.runner.workers import memory
from apitest.runner.workers.journal import Journal
from apitest.runner.workers.memory import JOURNAL as SIZE
from apitest.runner.workers.pipes import encoded


class Shared:
    """A journal that is written, and the same one as it is read elsewhere."""

    def __init__(self) -> None:
        descriptor = memory.created()
        self.written, self.read = (Journal(memory.of_journal(descriptor)) for _ in range(2))
        os.close(descriptor)

    def close(self) -> None:
        """Lets go of both."""
        self.written.close()
        self.read.close()


@pytest.fixture
def shared() -> Iterator[Shared]:
    """A journal and its reader."""
    made = Shared()
    yield made
    made.close()


def test_what_was_not_received(shared: Shared) -> None:
    """A reader finds what is kept, without what it has received, and nothing that was sent before."""
    assert shared.read.unsent(0) == []
    for number in range(3):
        assert shared.written.keep(number, encoded(f"message {number}"))
    assert shared.read.unsent(0) == ["message 0", "message 1", "message 2"]
    assert shared.read.unsent(2) == ["message 2"]
    assert shared.read.unsent(3) == []
    shared.written.clear()
    assert shared.written.keep(3, encoded("m"))
    assert shared.read.unsent(3) == ["m"]


def test_a_mark_gives_way(shared: Shared) -> None:
    """A mark is found last, and what is kept next takes its place."""
    shared.written.keep(0, encoded("first"))
    shared.written.mark(1, [encoded("a step that is longer than what comes of it"), encoded("an exchange")])
    assert shared.read.unsent(0) == ["first", "a step that is longer than what comes of it", "an exchange"]
    shared.written.keep(1, encoded("second"))
    assert shared.read.unsent(0) == ["first", "second"]
    shared.written.mark(2, [encoded("a step")])
    shared.written.mark(2, [])
    assert shared.read.unsent(0) == ["first", "second"]


def test_a_gap(shared: Shared) -> None:
    """Nothing is made up: where messages are missing before what is kept, or within it, the reader stops."""
    shared.written.keep(4, encoded("four"))
    assert shared.read.unsent(3) == []
    shared.written.keep(6, encoded("six"))
    assert shared.read.unsent(4) == ["four"]


def test_there_is_an_end_of_room(shared: Shared) -> None:
    """What has no room is not kept, what was kept stays, and a smaller one still fits."""
    large = encoded("x" * (SIZE // 2))
    assert shared.written.keep(0, large)
    assert not shared.written.keep(1, large)
    assert not shared.written.mark(1, [encoded("small"), large])
    assert shared.written.keep(1, encoded("small"))
    assert shared.read.unsent(0) == ["x" * (SIZE // 2), "small"]


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_torn_record(at: int, change: int) -> None:
    """Whatever byte of a record was not written, the records before it are found, and nothing of it."""
    shared = Shared()
    shared.written.keep(0, encoded("first"))
    begin = shared.written._end
    shared.written.keep(1, encoded("second" * 40))
    shared.written._memory[begin + at] ^= change
    assert shared.read.unsent(0) == ["first"]
    shared.close()
