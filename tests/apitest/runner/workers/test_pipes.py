"""Objects over pipes."""

import os
import threading
from collections.abc import Iterator

import pytest

from apitest import events
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
    writer = threading.Thread(target=lambda: [pipes.write(pipe[1], pipes.encoded(each)) for each in sent])
    writer.start()
    came: list[object] = []
    while len(came) < len(sent):
        assert inbox.fill()
        came += inbox.messages()
    writer.join()
    assert came == sent


STEP = events.StepFinished("Given", "ł \ud800", 3, "passed", 0.1, None, "text", (("a", "b"), ("1", "2")), "why")
EXCHANGE = events.Exchange("HTTP", "GET /", (("a", "b"),), frames=(events.Frame("sent", "text", "x", 0.1),))


@pytest.mark.parametrize(
    "message",
    [
        STEP,
        STEP._replace(failure=events.Failure("CheckFailed", 1, "it does not", exchange=EXCHANGE)),
        STEP._replace(exchanges=(EXCHANGE,), attempts=(events.Attempt(0.1, 0.2, "no"),)),
        events.ScenarioStarted("a.feature", 3, "ł", ("tag",), 1.5, 2, 1),
        events.ScenarioFinished("a.feature", 3, "s", "passed", 0.1, None),
        events.ScenarioFinished("a.feature", 3, "s", "error", 0.1, events.Failure("CheckFailed", 1, "it does not")),
        events.Notice("x"),
    ],
)
def test_events_come_back_as_they_were(message: events.Event) -> None:
    """Whatever parts they have, of the same types."""
    came = pipes.decoded(pipes.encoded(message))
    assert (came, type(came)) == (message, type(message))
    assert _types(came) == _types(message)


def _types(value: object) -> object:
    return (type(value), [_types(part) for part in value]) if isinstance(value, tuple) else type(value)


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
        pipes.write(writer, pipes.encoded("a"))
    os.close(writer)
