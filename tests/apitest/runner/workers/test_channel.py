"""A worker's end of its pipes."""

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from apitest import events
from apitest.runner.tasks import Task
from apitest.runner.workers import journal, pipes
from apitest.runner.workers.channel import Channel
from apitest.runner.workers.journal import SIZE, Journal
from apitest.runner.workers.messages import Stop


class Pair:
    """A channel, and what its parent has of it."""

    def __init__(self) -> None:
        tasks, self.tasks = os.pipe()
        self.results, results = os.pipe()
        shared = journal.created()
        self.journal = Journal(shared)
        self.channel = Channel(tasks, results, Journal(shared))
        os.close(shared)
        self.inbox = pipes.Inbox(self.results)
        self.descriptors = [tasks, self.tasks, self.results, results]

    def came(self) -> list[Any]:
        """What the worker has sent since this was asked for last."""
        self.inbox.fill()
        return self.inbox.messages()


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A channel and its parent."""
    made = Pair()
    yield made
    made.journal.close()
    for descriptor in made.descriptors:
        os.close(descriptor)


def test_what_is_sent_at_once(pair: Pair) -> None:
    """The beginning of a scenario goes out at once, with all before it; its end goes with what comes next."""
    started = events.ScenarioStarted("a", 1, "s", ())
    finished = events.ScenarioFinished("a", 1, "s", "passed", 0.1, None)
    feature = events.FeatureStarted("a", 1, "a", ())
    pair.channel.tell(feature)
    pair.channel.tell(started)
    assert pair.came() == [feature, started]
    pair.channel.tell(finished)
    pair.channel.send("done")
    assert pair.came() == [finished, "done"]


def test_tasks_and_the_end(pair: Pair) -> None:
    """Tasks come in order, and nothing once the parent is gone."""
    pipes.write(pair.tasks, pipes.encoded(Task("a")))
    pipes.write(pair.tasks, pipes.encoded(Task("b")))
    assert [pair.channel.receive().file, pair.channel.receive().file] == ["a", "b"]
    os.close(pair.tasks)
    assert pair.channel.receive() is None
    pair.descriptors.remove(pair.tasks)


def test_stopping(pair: Pair) -> None:
    """Whether the parent has said so is found out without waiting, and no task is lost over it."""
    assert not pair.channel.is_stopped()
    pipes.write(pair.tasks, pipes.encoded(Task("a")))
    assert not pair.channel.is_stopped()
    pipes.write(pair.tasks, pipes.encoded(Stop()))
    assert pair.channel.is_stopped()
    assert pair.channel.receive() == Task("a")


def test_an_interruption_tears_no_message(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a message is written is felt when it is complete, and the next one is not held up."""
    write = pipes.write

    def interrupted(descriptor: int, *messages: bytes) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        write(descriptor, *messages)

    monkeypatch.setattr(pipes, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pair.channel.send("whole")
    monkeypatch.undo()
    assert pair.came() == ["whole"]
    pair.channel.send("next")
    assert pair.came() == ["next"]


def test_other_threads_send_as_well(pair: Pair) -> None:
    """A thread of a project's own may tell something."""
    thread = threading.Thread(target=pair.channel.tell, args=(events.Notice("x"),))
    thread.start()
    thread.join()
    assert pair.came() == [events.Notice("x")]


def test_what_the_parent_finds_when_the_worker_has_died(pair: Pair) -> None:
    """Steps that were told since the parent heard last, and the one that runs, whatever came in the middle of it."""
    done = [events.StepFinished("Given", name, 3, "passed", 0.1, None, None, None) for name in ("a", "b")]
    begun = [events.StepStarted("Given", name, 3, None, None, 0.0) for name in ("a", "b")]
    pair.channel.tell(events.ScenarioStarted("a", 1, "s", ()))
    received = len(pair.came())
    pair.channel.tell(begun[0])
    assert pair.journal.unsent(received) == begun[:1]
    pair.channel.tell(done[0])
    assert pair.journal.unsent(received) == done[:1]
    pair.channel.tell(begun[1])
    pair.channel.tell(exchange := events.Exchange("HTTP", "GET /"))
    assert pair.journal.unsent(received) == [done[0], exchange, begun[1]]
    pair.channel.tell(events.Notice("x"))
    received += len(pair.came())
    assert pair.journal.unsent(received) == begun[1:]
    pair.channel.tell(done[1])
    assert pair.journal.unsent(received) == done[1:]


def test_what_has_no_room_is_sent(pair: Pair) -> None:
    """A step that the journal has no room for goes out at once, with all before it."""
    body = "x" * (SIZE // 3)
    step = events.StepFinished("Given", body, 3, "passed", 0.1, None, None, None)
    came: list[Any] = []

    def read() -> None:
        while len(came) < 3:
            came.extend(pair.came())

    reader = threading.Thread(target=read)
    reader.start()
    pair.channel.tell(step)
    pair.channel.tell(step)
    assert pair.journal.unsent(0) == [step, step]
    assert came == []
    pair.channel.tell(step)
    reader.join()
    assert came == [step] * 3
    assert pair.journal.unsent(3) == []
