"""Objects over pipes."""

import os
import threading
from collections.abc import Iterator

import pytest

from apitest.runner.workers import pipes


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe's two ends."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def test_objects_come_as_they_were_sent(pipe: tuple[int, int]) -> None:
    """Small and large objects come whole and in order, however their bytes come."""
    inbox = pipes.Inbox(pipe[0])
    sent = ["a", {"b": [1, None]}, "x" * 300_000, ()]
    writer = threading.Thread(target=lambda: [pipes.write(pipe[1], pipes.pickled(each)) for each in sent])
    writer.start()
    came: list[object] = []
    while len(came) < len(sent):
        assert inbox.fill()
        came += inbox.messages()
    writer.join()
    assert came == sent


def test_the_end() -> None:
    """When nobody writes any more, that is told; where nobody reads, writing fails."""
    reader, writer = os.pipe()
    inbox = pipes.Inbox(reader)
    os.write(writer, b"\x05\0\0\0ab")
    os.close(writer)
    assert inbox.fill()
    assert inbox.messages() == []
    assert not inbox.fill()
    os.close(reader)
    reader, writer = os.pipe()
    os.close(reader)
    with pytest.raises(BrokenPipeError):
        pipes.write(writer, pipes.pickled("a"))
    os.close(writer)
